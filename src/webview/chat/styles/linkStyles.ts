import { css } from "lit";

/** Links in and below an answer: underlined, as colour alone would not tell them apart. */
export const linkStyles = css`
  a {
    color: var(--vscode-textLink-foreground);
    text-decoration: underline;
    text-underline-offset: 2px;
    cursor: pointer;
  }
  a:hover {
    color: var(--vscode-textLink-activeForeground);
  }
`;
