import { css } from "lit";

/** The composer: one box with chips, text and a row of buttons, like the native chat input. */
export const composerStyles = css`
  :host {
    padding: 4px 12px 12px;
  }
  .box {
    max-width: 876px;
    margin: 0 auto;
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, var(--vscode-widget-border, transparent)));
    border-radius: 6px;
    background: var(--vscode-input-background);
  }
  .box:has(textarea:focus-visible) {
    border-color: var(--vscode-focusBorder);
  }
  .chips {
    padding: 6px 6px 0;
  }
  .chip .icon-button {
    width: 18px;
    height: 18px;
    margin-inline-end: -4px;
  }
  .chip .icon-button::before {
    font-size: 12px;
  }
  textarea {
    display: block;
    width: 100%;
    min-height: 34px;
    max-height: 40vh;
    padding: 8px 10px 4px;
    border: 0;
    outline: 0;
    resize: none;
    field-sizing: content;
    background: transparent;
    color: var(--vscode-input-foreground);
    font: inherit;
    line-height: 1.45;
  }
  /* The box around it shows the focus. */
  textarea:focus-visible {
    outline: 0;
  }
  textarea::placeholder {
    color: var(--vscode-input-placeholderForeground);
    opacity: 1;
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
  .toolbar {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 2px 5px 5px;
  }
  waybill-spend {
    flex: 1;
    min-width: 0;
  }
`;
