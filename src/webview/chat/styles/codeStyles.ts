import { css } from "lit";

/** Code in an answer or an attachment. The token colours are set per kind of theme in media/chat.css. */
export const codeStyles = css`
  code,
  pre {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: var(--vscode-editor-font-size, 12px);
  }
  :not(pre) > code {
    padding: 1px 3px;
    border-radius: 4px;
    background: var(--vscode-textPreformat-background);
    color: var(--vscode-textPreformat-foreground);
    font-size: 0.92em;
  }
  pre {
    margin: 0;
    padding: 8px 10px;
    overflow-x: auto;
    line-height: 1.4;
    tab-size: 4;
    color: var(--vscode-editor-foreground);
  }
  .code-block {
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 5px;
    background: var(--vscode-editor-background, var(--vscode-textCodeBlock-background));
  }
  .code-header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 1px 3px 1px 10px;
    border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    color: var(--vscode-descriptionForeground);
    font-size: 0.85em;
    direction: ltr;
  }
  .hljs-keyword,
  .hljs-literal,
  .hljs-selector-tag,
  .hljs-name,
  .hljs-section,
  .hljs-meta .hljs-keyword {
    color: var(--waybill-token-keyword);
  }
  .hljs-string,
  .hljs-regexp,
  .hljs-char,
  .hljs-code {
    color: var(--waybill-token-string);
  }
  .hljs-number,
  .hljs-symbol {
    color: var(--waybill-token-number);
  }
  .hljs-comment,
  .hljs-quote,
  .hljs-meta {
    color: var(--waybill-token-comment);
  }
  .hljs-title,
  .hljs-selector-class,
  .hljs-selector-id {
    color: var(--waybill-token-function);
  }
  .hljs-type,
  .hljs-built_in,
  .hljs-title.class_ {
    color: var(--waybill-token-type);
  }
  .hljs-variable,
  .hljs-attr,
  .hljs-attribute,
  .hljs-property,
  .hljs-params,
  .hljs-template-variable {
    color: var(--waybill-token-variable);
  }
  .hljs-addition {
    color: var(--waybill-token-added);
  }
  .hljs-deletion {
    color: var(--waybill-token-deleted);
  }
  .hljs-emphasis {
    font-style: italic;
  }
  .hljs-strong {
    font-weight: 600;
  }
`;
