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
  .price.impossible {
    color: var(--vscode-errorForeground);
  }
`;
