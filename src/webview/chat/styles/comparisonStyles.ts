import { css } from "lit";

/** Columns of at least 280 px; where fewer fit, the answers stand one below the other. */
export const comparisonStyles = css`
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr));
    gap: 12px;
  }
  section:focus {
    outline: none;
  }
  .column {
    display: flex;
    flex-direction: column;
    min-width: 0;
    padding: 0 10px 10px;
    border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, var(--vscode-panel-border, transparent)));
    border-radius: 4px;
  }
  /* Whose answer it is can be seen all the way down. */
  .name {
    position: sticky;
    top: 0;
    z-index: 1;
    margin: 0 -10px 4px;
    padding: 6px 10px;
    border-radius: 4px;
    background: var(--vscode-sideBar-background, var(--vscode-editor-background));
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  waybill-answer {
    flex: 1;
  }
  .use {
    align-self: flex-start;
    margin-top: 8px;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 12px;
  }
  .foot:not(:has(*)) {
    display: none;
  }
  .total {
    color: var(--vscode-descriptionForeground);
    font-variant-numeric: tabular-nums;
  }
`;
