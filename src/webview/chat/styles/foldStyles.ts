import { css } from "lit";

/** A part of an answer that is folded until it is asked for. */
export const foldStyles = css`
  details {
    color: var(--vscode-descriptionForeground);
  }
  details > summary {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    padding-inline-end: 6px;
    border-radius: 4px;
  }
  details > summary:hover {
    color: var(--vscode-foreground);
    background: var(--vscode-toolbar-hoverBackground);
  }
  details > summary .icon {
    display: inline-flex;
  }
`;
