import { css } from "lit";

/** The mark of a sign that cannot be seen. The sign itself stays inside, where it turns nothing around. */
export const hiddenSignStyles = css`
  .hidden-sign {
    unicode-bidi: isolate;
    font-size: 0;
  }
  .hidden-sign::before {
    content: attr(data-sign);
    padding: 0 2px;
    border: 1px solid var(--vscode-editorWarning-foreground, currentColor);
    border-radius: 2px;
    color: var(--vscode-editorWarning-foreground, currentColor);
    font: 10px var(--vscode-editor-font-family, monospace);
    direction: ltr;
  }
`;
