import { css } from "lit";

/** The table of rules: columns where there is room for them, else one card a row. */
export const ruleTableStyles = css`
  :host {
    container-type: inline-size;
  }
  table {
    table-layout: fixed;
  }
  col.task {
    width: 118px;
  }
  col.models {
    width: auto;
  }
  col.choice {
    width: 122px;
  }
  col.pin {
    width: 156px;
  }
  col.number {
    width: 90px;
  }
  .model {
    font-weight: 600;
  }
  .line {
    display: block;
  }
  .caption {
    display: none;
    color: var(--vscode-descriptionForeground);
    font-size: 0.9em;
  }
  .field .note {
    display: block;
    font-size: 0.85em;
  }
  .tightened {
    color: var(--vscode-foreground);
    font-style: italic;
  }
  .message td {
    border-inline-start: 3px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    background: var(--vscode-textBlockQuote-background, transparent);
  }
  .message.refused td {
    border-inline-start-color: var(--vscode-errorForeground);
  }
  .message .content {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }
  code {
    font-family: var(--vscode-editor-font-family, monospace);
    overflow-wrap: anywhere;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    text-decoration: underline;
    cursor: pointer;
  }
  @container (width < 1140px) {
    thead,
    colgroup {
      display: none;
    }
    table,
    tbody {
      display: block;
    }
    tr {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(132px, 1fr));
      gap: 6px 10px;
      padding: 10px 6px;
      border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    }
    tr.message {
      display: block;
      padding: 0;
    }
    tbody th,
    td {
      display: block;
      padding: 0;
      border: 0;
    }
    .message td {
      padding: 6px 10px;
    }
    tbody th,
    .wide {
      grid-column: 1 / -1;
    }
    tbody th {
      font-size: 1.1em;
    }
    .caption {
      display: block;
    }
    .none {
      display: none;
    }
  }
`;
