import { css } from "lit";

/** The row below the field: what is chosen and spent at its start, buttons at its end. It breaks before anything overlaps. */
export const barStyles = css`
  .icon-fold::before {
    content: "\\eaf5" / "";
  }
  .bar {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 6px;
    padding: 2px 5px 5px;
  }
  .facts {
    flex: 1 1 auto;
    min-width: 0;
    display: flex;
    align-items: center;
    gap: 6px;
  }
  /* A very narrow view, or a zoom of 200 %. */
  @media (max-width: 220px) {
    .facts {
      flex-wrap: wrap;
    }
  }
  .buttons {
    display: flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: auto;
  }
  .choice {
    display: inline-flex;
    flex-direction: row-reverse;
    align-items: center;
    gap: 2px;
    flex: 0 1 auto;
    min-width: 48px;
    max-width: 100%;
    height: 22px;
    padding: 0 4px 0 6px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 4px;
    background: none;
    color: var(--vscode-descriptionForeground);
    font-size: 0.9em;
    cursor: pointer;
  }
  .choice:hover {
    color: var(--vscode-foreground);
    background: var(--vscode-toolbar-hoverBackground);
  }
  .choice.icon::before {
    font-size: 12px;
  }
  .choice .label {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .window {
    flex: none;
    width: 32px;
    padding: 8px 0;
    color: var(--vscode-descriptionForeground);
  }
  .window meter,
  .window meter::-webkit-meter-bar {
    height: 4px;
  }
  /* It gives way first: the model's name says more than the end of a sentence that the hover has whole. */
  waybill-spend {
    flex: 0 1000 auto;
    min-width: 60px;
  }
`;
