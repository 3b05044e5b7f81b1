import { css } from "lit";

/** The field and the list of what can complete it. The list spans the box that the field is in. */
export const questionStyles = css`
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
  ul {
    position: absolute;
    bottom: calc(100% + 4px);
    inset-inline: -1px;
    z-index: 2;
    max-height: min(45vh, 300px);
    margin: 0;
    padding: 3px;
    overflow-y: auto;
    list-style: none;
    border: 1px solid
      var(--vscode-editorSuggestWidget-border, var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)));
    border-radius: 5px;
    background: var(--vscode-editorSuggestWidget-background, var(--vscode-editorWidget-background));
    color: var(--vscode-editorSuggestWidget-foreground, var(--vscode-foreground));
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
  }
  li {
    display: flex;
    align-items: baseline;
    gap: 8px;
    min-height: 22px;
    padding: 1px 6px;
    border-radius: 3px;
    cursor: pointer;
  }
  li.icon::before {
    align-self: center;
    color: var(--vscode-icon-foreground);
  }
  li:hover {
    background: var(--vscode-list-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  li[aria-selected="true"] {
    background: var(--vscode-editorSuggestWidget-selectedBackground, var(--vscode-list-activeSelectionBackground));
    color: var(--vscode-editorSuggestWidget-selectedForeground, var(--vscode-list-activeSelectionForeground));
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  li[aria-selected="true"]::before {
    color: var(--vscode-editorSuggestWidget-selectedIconForeground, inherit);
  }
  .label {
    flex: 0 1 auto;
    min-width: 40%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .label.short {
    flex: none;
    min-width: 78px;
  }
  .detail {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 0.9em;
    color: var(--vscode-descriptionForeground);
  }
  li[aria-selected="true"] .detail {
    color: inherit;
  }
`;
