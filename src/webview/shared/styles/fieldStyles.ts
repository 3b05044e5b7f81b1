import { css } from "lit";

/** Native fields in the colours of the editor's. */
export const fieldStyles = css`
  .input {
    width: 100%;
    min-height: 24px;
    padding: 2px 4px;
    border: 1px solid
      var(--vscode-settings-textInputBorder, var(--vscode-input-border, var(--vscode-widget-border, transparent)));
    border-radius: 2px;
    background: var(--vscode-input-background);
    color: var(--vscode-input-foreground);
    font: inherit;
  }
  select.input {
    border-color: var(--vscode-dropdown-border, var(--vscode-widget-border, transparent));
    background: var(--vscode-dropdown-background);
    color: var(--vscode-dropdown-foreground);
  }
  .input::placeholder {
    color: var(--vscode-descriptionForeground);
    opacity: 1;
  }
  .input:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .input.inherits {
    color: var(--vscode-descriptionForeground);
  }
  .input:disabled {
    border-style: dashed;
    cursor: not-allowed;
  }
  .input[aria-invalid="true"] {
    border-color: var(--vscode-inputValidation-errorBorder, var(--vscode-errorForeground));
  }
  .note {
    color: var(--vscode-descriptionForeground);
    font-size: 0.9em;
  }
`;
