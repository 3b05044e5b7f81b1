import { css } from "lit";

/**
 * The line above a code block. Its buttons appear with the pointer or the keyboard, and always where nothing can hover; in a
 * narrow panel all but Copy are in a menu.
 */
export const codeBlockStyles = css`
  .code-block {
    container-type: inline-size;
  }
  .code-header {
    position: relative;
    gap: 2px;
    min-height: 26px;
  }
  .code-language {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .code-actions {
    display: flex;
    gap: 2px;
    opacity: 0;
  }
  .code-block:hover .code-actions,
  .code-block:focus-within .code-actions {
    opacity: 1;
  }
  @media (hover: none) {
    .code-actions {
      opacity: 1;
    }
  }
  .is-growing .code-actions,
  .is-growing .code-more,
  .code-more {
    display: none;
  }
  .code-button {
    position: relative;
  }
  .code-words {
    position: absolute;
    top: calc(100% + 4px);
    inset-inline-end: 0;
    z-index: 2;
    padding: 2px 6px;
    border: 1px solid var(--vscode-editorHoverWidget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    background: var(--vscode-editorHoverWidget-background);
    color: var(--vscode-editorHoverWidget-foreground);
    white-space: nowrap;
    pointer-events: none;
    visibility: hidden;
  }
  .code-button:hover .code-words,
  .code-button:focus-visible .code-words {
    visibility: visible;
    transition: visibility 0s 300ms;
  }
  @container (max-width: 300px) {
    .code-block:not(.is-growing) .code-more {
      display: inline-flex;
    }
    .code-actions {
      display: none;
    }
    .is-open .code-actions {
      display: grid;
      gap: 0;
      position: absolute;
      top: 100%;
      inset-inline-end: 2px;
      z-index: 3;
      padding: 4px;
      opacity: 1;
      border: 1px solid var(--vscode-menu-border, var(--vscode-contrastBorder, transparent));
      border-radius: 5px;
      background: var(--vscode-menu-background);
      color: var(--vscode-menu-foreground);
      box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
    }
    .code-actions .code-button {
      width: auto;
      padding: 3px 8px 3px 6px;
      gap: 6px;
      justify-content: flex-start;
      color: inherit;
    }
    .code-actions .code-words {
      position: static;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      visibility: visible;
    }
    .code-actions .code-button:hover,
    .code-actions .code-button:focus-visible {
      background: var(--vscode-menu-selectionBackground);
      color: var(--vscode-menu-selectionForeground);
    }
  }
`;
