import { css } from "lit";

/** The page as a whole. */
export const spendingStyles = css`
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    max-width: 1200px;
    padding: 12px 20px 32px;
  }
  h1 {
    margin: 0;
    font-size: 1.5em;
    font-weight: 500;
  }
  p {
    margin: 0;
    color: var(--vscode-descriptionForeground);
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
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
