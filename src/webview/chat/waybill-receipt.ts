import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { AnswerView, WaybillView } from "../../protocol/chatMessages.ts";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { bannerStyles } from "../shared/styles/bannerStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import "./waybill-task.ts";

/** The waybill of an answer: one line that unfolds to everything that is known. */
class WaybillReceipt extends GuardedElement {
  static override properties: PropertyDeclarations = {
    waybill: { attribute: false },
    messageId: { attribute: false },
    correctedTask: { attribute: false },
    hasRoute: { attribute: false },
  };
  static override styles = [
    baseStyles,
    iconStyles,
    bannerStyles,
    css`
      :host {
        font-size: 0.9em;
        color: var(--vscode-descriptionForeground);
      }
      .banner {
        margin-bottom: 4px;
      }
      summary {
        display: inline-flex;
        align-items: flex-start;
        max-width: 100%;
        padding-block: 1px;
        min-height: 22px;
        padding-inline-end: 6px;
        border-radius: 4px;
        white-space: nowrap;
      }
      summary:hover {
        color: var(--vscode-foreground);
        background: var(--vscode-toolbar-hoverBackground);
      }
      .part:not(:last-child)::after {
        content: "·";
        margin: 0 4px;
      }
      .icon {
        display: inline-flex;
        flex: none;
        margin-top: 1px;
      }
      .parts {
        min-width: 0;
        display: flex;
        flex-wrap: wrap;
      }
      .part {
        max-width: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .source {
        font-style: italic;
      }
      .unfolded {
        margin: 4px 0 0;
        padding: 8px 10px;
        border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, var(--vscode-input-border)));
        border-radius: 5px;
        overflow-wrap: anywhere;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(70px, max-content) minmax(0, 1fr);
        gap: 2px 12px;
        margin: 0;
      }
      dd {
        margin: 0;
        color: var(--vscode-foreground);
        font-variant-numeric: tabular-nums;
      }
      h3 {
        margin: 10px 0 4px;
        font-size: 1em;
        font-weight: 600;
        color: var(--vscode-foreground);
      }
      ol {
        margin: 0;
        padding-inline-start: 20px;
      }
      .link {
        margin-top: 6px;
        padding: 0;
        border: 0;
        background: none;
        color: var(--vscode-textLink-foreground);
        text-align: start;
        text-decoration: underline;
        cursor: pointer;
      }
    `,
  ];

  declare waybill: WaybillView | undefined;
  /** The answer that the waybill is of. */
  declare messageId: string | undefined;
  declare correctedTask: AnswerView["correctedTask"];
  /** Whether the decision behind the answer can be shown as a table. */
  declare hasRoute: boolean;

  protected override render() {
    const { waybill } = this;
    if (waybill === undefined) return nothing;
    return html`
      ${
        waybill.alarm === undefined
          ? nothing
          : html`<div class="banner warning" role="note">
              <span class="icon icon-warning"></span><span class="sentence" dir="auto">${waybill.alarm}</span>
            </div>`
      }
      <details>
        <summary>${renderLine(waybill)}</summary>
        <div class="unfolded">${this.renderRows(waybill)} ${renderReasons(waybill)} ${this.renderLink()}</div>
      </details>
    `;
  }

  private renderRows(waybill: WaybillView) {
    return html`<dl>
      ${waybill.rows.map(
        ({ label, value }) =>
          html`<dt>${label}</dt>
            <dd dir="auto">${label === "Task" ? this.renderTask(value) : value}</dd>`,
      )}
    </dl>`;
  }

  private renderTask(taskType: string) {
    return html`<waybill-task
      .taskType=${taskType}
      .correctedTask=${this.correctedTask}
      .messageId=${this.messageId}
    ></waybill-task>`;
  }

  private renderLink() {
    const { messageId } = this;
    if (messageId === undefined || !this.hasRoute) return nothing;
    const show = (): void => requestFromChat(this, { type: "show-route", messageId });
    return html`<button type="button" class="link" @click=${show}>Show the table as of then</button>`;
  }
}

/** `billed` is the ordinary case and goes without saying; `unknown` is what the cost itself says then. */
function sourceWord(waybill: WaybillView): string {
  switch (waybill.costSource) {
    case "billed":
    case "unknown":
      return "";
    case "reconciled":
    case "estimated":
      return waybill.costSource;
  }
}

function renderLine(waybill: WaybillView) {
  const word = sourceWord(waybill);
  return html`<span class="icon icon-chevron-right"></span><span class="visually-hidden">Waybill: </span>
    <span class="parts">
      <span class="part">${waybill.model}</span>
      ${waybill.provider === undefined ? nothing : html`<span class="part">${waybill.provider}</span>`}
      <span class="part">${waybill.cost}${word === "" ? nothing : html` <em class="source">${word}</em>`}</span>
      <span class="part">${waybill.tokens}</span>
      <span class="part">${waybill.time}</span>
    </span>`;
}

function renderReasons(waybill: WaybillView) {
  if (waybill.reasons.length === 0) return nothing;
  return html`<h3>Why this model?</h3>
    <ol>
      ${waybill.reasons.map((reason) => html`<li dir="auto">${reason}</li>`)}
    </ol>`;
}

customElements.define("waybill-receipt", WaybillReceipt);
