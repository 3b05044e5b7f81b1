import { css } from "lit";

/** The room between messages is `GAP_PX` of `rowsNear.ts`. */
export const messageListStyles = css`
  :host {
    position: relative;
    min-height: 0;
  }
  .scroller {
    height: 100%;
    overflow-y: auto;
    overflow-x: hidden;
  }
  /* Whoever reads further up stays at the line, which the browser sees to; at the end it would hold back what follows. */
  .scroller.following {
    overflow-anchor: none;
  }
  .messages {
    max-width: 900px;
    margin: 0 auto;
    padding: 12px 12px 16px;
  }
  .messages.wide {
    max-width: 1600px;
  }
  waybill-comparison {
    margin-top: 14px;
  }
  .rows {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
  }
  .latest {
    position: absolute;
    inset-inline-end: 16px;
    bottom: 8px;
    width: 26px;
    height: 26px;
    border-radius: 13px;
    border-color: var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
    background: var(--vscode-editorWidget-background, var(--vscode-sideBar-background));
    box-shadow: 0 2px 6px var(--vscode-widget-shadow, transparent);
  }
  .latest:hover {
    background: var(--vscode-editorWidget-background, var(--vscode-sideBar-background));
    color: var(--vscode-foreground);
    border-color: var(--vscode-focusBorder);
  }
`;
