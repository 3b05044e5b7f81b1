import { css } from "lit";

/** Markdown of an answer. */
export const markdownStyles = css`
  .markdown {
    overflow-wrap: anywhere;
  }
  .markdown > :first-child {
    margin-top: 0;
  }
  .markdown > :last-child {
    margin-bottom: 0;
  }
  .plain {
    white-space: pre-wrap;
  }
  p,
  ul,
  ol,
  blockquote,
  .table-box,
  .math,
  .code-block {
    margin: 0 0 10px;
  }
  p,
  li,
  td,
  th,
  h3,
  h4,
  h5,
  h6 {
    unicode-bidi: plaintext;
    text-align: start;
  }
  h3,
  h4,
  h5,
  h6 {
    margin: 14px 0 6px;
    font-size: 1em;
    font-weight: 600;
    line-height: 1.3;
  }
  h3 {
    font-size: 1.3em;
  }
  h4 {
    font-size: 1.15em;
  }
  ul,
  ol {
    padding-inline-start: 22px;
  }
  li > ul,
  li > ol {
    margin-bottom: 0;
  }
  li > p {
    margin-bottom: 4px;
  }
  blockquote {
    padding: 2px 10px;
    border-inline-start: 3px solid var(--vscode-textBlockQuote-border);
    background: var(--vscode-textBlockQuote-background);
  }
  blockquote > :last-child {
    margin-bottom: 0;
  }
  hr {
    border: 0;
    border-top: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, currentColor));
    margin: 12px 0;
  }
  .table-box {
    max-width: 100%;
    overflow-x: auto;
  }
  table {
    border-collapse: collapse;
    overflow-wrap: normal;
  }
  th,
  td {
    padding: 3px 8px;
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, var(--vscode-input-border)));
  }
  th {
    font-weight: 600;
  }
  pre.math {
    padding: 2px 10px;
    border-inline-start: 3px solid var(--vscode-textBlockQuote-border);
  }
  code.math {
    padding: 0;
    background: none;
    color: inherit;
  }
  .name-link > code {
    padding: 0;
    background: none;
    color: inherit;
  }
  .task-item {
    list-style: none;
    position: relative;
  }
  .task-box {
    position: absolute;
    inset-inline-start: -20px;
    top: 0.2em;
    width: 14px;
    height: 14px;
    border: 1px solid var(--vscode-checkbox-border, currentColor);
    border-radius: 3px;
    background: var(--vscode-checkbox-background);
    color: var(--vscode-checkbox-foreground);
  }
  .task-done::before {
    content: "\\eab2" / "";
    position: absolute;
    font: normal normal normal 12px/1 codicon;
  }
  .align-center {
    text-align: center;
  }
  .align-right {
    text-align: right;
  }
`;
