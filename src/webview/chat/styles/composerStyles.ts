import { css } from "lit";

/** The composer as a whole: one box with chips, text and a row of buttons, like the native chat input. */
export const composerStyles = css`
  :host {
    padding: 4px 12px 12px;
  }
  .price {
    padding: 2px 10px 0;
    font-size: 0.9em;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
    color: var(--vscode-descriptionForeground);
  }
  /* The error colour is too faint for small text on the box of some themes. */
  .price.impossible {
    margin-inline-start: 10px;
    padding-inline-start: 6px;
    border-inline-start: 2px solid var(--vscode-errorForeground);
    color: var(--vscode-foreground);
  }
`;
