import { css } from "lit";

/** A view in an editor tab as a whole. */
export const tabStyles = css`
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
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
  }
`;
