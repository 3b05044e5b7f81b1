import { css } from "lit";

/** The sheet of keys and commands, as the editor's own dialogs look. */
export const helpStyles = css`
  dialog {
    width: min(460px, calc(100vw - 24px));
    max-height: calc(100vh - 24px);
    padding: 0;
    overflow-y: auto;
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 6px;
    background: var(--vscode-editorWidget-background);
    color: var(--vscode-editorWidget-foreground, var(--vscode-foreground));
    box-shadow: 0 4px 16px var(--vscode-widget-shadow, transparent);
  }
  dialog::backdrop {
    background: color-mix(in srgb, var(--vscode-editor-background, Canvas) 55%, transparent);
  }
  .sheet {
    padding: 10px 14px 14px;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
  }
  h2 {
    margin: 0;
    font-size: 1.15em;
    font-weight: 600;
  }
  h3 {
    margin: 12px 0 4px;
    font-size: 1em;
    font-weight: 600;
  }
  p {
    margin: 8px 0 0;
    color: var(--vscode-descriptionForeground);
  }
  dl {
    display: grid;
    grid-template-columns: 92px minmax(0, 1fr);
    gap: 3px 12px;
    margin: 0;
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  kbd,
  code {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.92em;
    white-space: nowrap;
  }
  kbd {
    padding: 0 4px;
    border: 1px solid var(--vscode-keybindingLabel-border, var(--vscode-contrastBorder, transparent));
    border-radius: 3px;
    background: var(--vscode-keybindingLabel-background);
    color: var(--vscode-keybindingLabel-foreground, inherit);
  }
`;
