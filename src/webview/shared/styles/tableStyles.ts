import { css } from "lit";

/** Tables as both parts of the view draw them. */
export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  caption {
    text-align: start;
  }
  th,
  td {
    padding: 5px 8px 5px 6px;
    border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  thead th {
    color: var(--vscode-descriptionForeground);
    font-weight: 600;
    overflow-wrap: normal;
    vertical-align: bottom;
  }
  tbody th {
    font-weight: 600;
  }
  tbody tr:hover {
    background: color-mix(in srgb, var(--vscode-list-hoverBackground, transparent) 50%, transparent);
  }
  .id,
  .note {
    color: var(--vscode-descriptionForeground);
    font-size: 0.9em;
    font-weight: normal;
  }
  .id {
    display: block;
  }
`;
