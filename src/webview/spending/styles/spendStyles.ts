import { css } from "lit";

/** Figures that are links, and tables that become cards where there is no room for columns. */
export const spendStyles = css`
  :host {
    container-type: inline-size;
  }
  h2 {
    margin: 0 0 4px;
    font-size: 1.1em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--vscode-textLink-foreground);
    text-align: inherit;
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, currentColor 45%, transparent);
    text-underline-offset: 2px;
    cursor: pointer;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration-color: currentColor;
  }
  .number {
    text-align: end;
  }
  td.number,
  thead th.number {
    width: 1%;
    white-space: nowrap;
  }
  .caption {
    display: none;
    color: var(--vscode-descriptionForeground);
    font-size: 0.9em;
  }
  @container (width < 640px) {
    thead {
      display: none;
    }
    table,
    tbody {
      display: block;
    }
    tr {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(104px, 1fr));
      gap: 2px 12px;
      padding: 8px 2px;
      border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    }
    tbody th,
    td,
    td.number {
      display: block;
      width: auto;
      padding: 0;
      border: 0;
      text-align: start;
      white-space: normal;
    }
    tbody th {
      grid-column: 1 / -1;
    }
    .caption {
      display: block;
    }
  }
`;
