import { css } from "lit";

/** What the view of spending has besides `tabStyles`. */
export const spendingStyles = css`
  main {
    gap: 16px;
    max-width: 1200px;
  }
  .buttons {
    align-items: center;
    gap: 6px 12px;
  }
  .dimension {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-top: 8px;
  }
  .dimension .input {
    width: auto;
    min-height: 26px;
  }
`;
