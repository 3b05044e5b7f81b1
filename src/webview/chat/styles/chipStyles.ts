import { css } from "lit";

/** Chips of attachments. */
export const chipStyles = css`
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    min-width: 0;
  }
  .chips > * {
    min-width: 0;
    max-width: 100%;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-width: 0;
    max-width: 100%;
    height: 22px;
    padding: 0 6px;
    border: 1px solid
      var(
        --vscode-chat-requestBorder,
        var(--vscode-widget-border, var(--vscode-contrastBorder, var(--vscode-input-border)))
      );
    border-radius: 4px;
    color: var(--vscode-foreground);
    font-size: 0.9em;
  }
  .chip.icon::before {
    font-size: 14px;
    color: var(--vscode-icon-foreground);
  }
  .label {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
