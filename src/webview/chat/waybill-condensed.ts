import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { AnswerView } from "../../protocol/chatMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import { requestFromChat } from "./chatRequest.ts";
import "./waybill-markdown.ts";
import "./waybill-receipt.ts";

/** The summary that is sent instead of the messages above it: one line that unfolds. */
class WaybillCondensed extends GuardedElement {
  static override properties: PropertyDeclarations = {
    summary: { attribute: false },
    isBusy: { attribute: false },
  };
  static override styles = [
    baseStyles,
    iconStyles,
    css`
      .row {
        position: relative;
        border-block: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, currentColor));
        padding-block: 4px;
        color: var(--vscode-descriptionForeground);
      }
      details {
        padding-block: 2px;
      }
      /* The button stands beside the line only: what unfolds is as wide as an answer. */
      summary {
        display: flex;
        align-items: center;
        gap: 2px;
        padding-inline-end: 28px;
      }
      .delete {
        position: absolute;
        inset-block-start: 4px;
        inset-inline-end: 0;
      }
      summary .icon {
        display: inline-flex;
      }
      .line {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .body {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
        padding-block: 6px;
        color: var(--vscode-foreground);
      }
    `,
  ];

  declare summary: AnswerView | undefined;
  /** An answer of the chat is under way. */
  declare isBusy: boolean;

  constructor() {
    super();
    this.isBusy = false;
  }

  protected override render() {
    if (this.summary === undefined) return nothing;
    const { id, text, condenses, waybill } = this.summary;
    const line = [`Condensed ${condenses} messages`, ...(waybill === undefined ? [] : [waybill.cost])].join(" · ");
    return html`<div class="row">
      <details>
        <summary title="Questions below carry this summary instead of the messages above">
          <span class="icon icon-chevron-right"></span><span class="line">${line}</span>
        </summary>
        <div class="body">
          <waybill-markdown .text=${text} .isFinished=${true} .messageId=${id}></waybill-markdown>
          ${
            waybill === undefined
              ? nothing
              : html`<waybill-receipt .waybill=${waybill} .messageId=${id} .hasRoute=${false}></waybill-receipt>`
          }
        </div>
      </details>
      <button
        type="button"
        class="delete icon-button icon icon-trash"
        aria-label="Delete the summary"
        title="Delete the summary: the messages above are sent whole again"
        ?disabled=${this.isBusy}
        @click=${this.onDelete}
      ></button>
    </div>`;
  }

  private readonly onDelete = (): void => {
    if (this.summary !== undefined) requestFromChat(this, { type: "delete-message", messageId: this.summary.id });
  };
}

customElements.define("waybill-condensed", WaybillCondensed);
