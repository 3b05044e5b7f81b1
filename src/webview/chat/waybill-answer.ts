import { css, html, nothing, type PropertyDeclarations } from "lit";
import { keyed } from "lit/directives/keyed.js";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import type { AnswerView, StrongerView, WaybillView } from "../../protocol/chatMessages.ts";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import { foldStyles } from "./styles/foldStyles.ts";
import "./waybill-answer-copy.ts";
import "./waybill-apply-all.ts";
import "./waybill-markdown.ts";
import "./waybill-message-bar.ts";
import "./waybill-problem.ts";
import "./waybill-receipt.ts";
import "./waybill-sources.ts";

/** An answer from its first sign of life to its waybill. What came of it stays, also when it fails. */
class WaybillAnswer extends GuardedElement {
  static override properties: PropertyDeclarations = {
    answer: { attribute: false },
    isBusy: { attribute: false },
    isCompared: { attribute: false },
  };
  static override styles = [
    baseStyles,
    iconStyles,
    foldStyles,
    css`
      article {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
      }
      .status {
        display: flex;
        align-items: center;
        gap: 8px;
        color: var(--vscode-descriptionForeground);
      }
      .pulse {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--vscode-progressBar-background, currentColor);
        animation: pulse 1.6s ease-in-out infinite;
        flex: none;
      }
      @keyframes pulse {
        50% {
          opacity: 0.25;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .pulse {
          animation: none;
        }
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 8px;
      }
      /* Icons stay together where they do not fit beside the button. */
      .icons {
        display: inline-flex;
        align-items: center;
      }
      waybill-answer-copy {
        display: inline-flex;
      }
      /* The label may be longer than the side bar is wide. */
      vscode-button {
        max-width: 100%;
      }
      vscode-button::part(base) {
        white-space: normal;
      }
      :host(:hover),
      :host(:focus-within) {
        --waybill-bar-opacity: 1;
      }
      .note {
        color: var(--vscode-descriptionForeground);
      }
      .reasoning > div {
        max-height: 300px;
        overflow-y: auto;
        margin-top: 4px;
        padding-inline-start: 10px;
        border-inline-start: 2px solid var(--vscode-widget-border, var(--vscode-contrastBorder, currentColor));
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        unicode-bidi: plaintext;
        text-align: start;
      }
    `,
  ];

  declare answer: AnswerView | undefined;
  /** An answer of the chat is under way, this one or another. */
  declare isBusy: boolean;
  /** It stands beside others, of which one is to be chosen. */
  declare isCompared: boolean;

  constructor() {
    super();
    this.isBusy = false;
    this.isCompared = false;
  }

  protected override render() {
    const { answer } = this;
    if (answer === undefined) return nothing;
    const isGrowing = answer.state === "waiting" || answer.state === "streaming";
    return html`<article>
      <h2 class="visually-hidden">Answer</h2>
      ${renderReasoning(answer.reasoning)}
      ${
        answer.text === ""
          ? nothing
          : keyed(
              answer.id,
              html`<waybill-markdown
                .text=${answer.text}
                .isFinished=${!isGrowing}
                .messageId=${answer.id}
              ></waybill-markdown>`,
            )
      }
      ${renderSources(answer)} ${renderState(answer)}
      ${
        answer.problem === undefined
          ? nothing
          : html`<waybill-problem .problem=${answer.problem} .messageId=${answer.id}></waybill-problem>`
      }
      ${answer.note === undefined ? nothing : html`<div class="note" dir="auto">${answer.note}</div>`}
      ${answer.waybill === undefined ? nothing : renderReceipt(answer.waybill, answer)}
      <div class="actions">
        ${answer.stronger === undefined || this.isCompared ? nothing : this.renderStronger(answer.stronger)}
        ${isGrowing || answer.text === "" ? nothing : renderApplyAll(answer)}
        <span class="icons">
          ${isGrowing || answer.text === "" ? nothing : renderCopy(answer)}
          ${
            this.isCompared || (isGrowing && answer.siblings === undefined)
              ? nothing
              : html`<waybill-message-bar .message=${answer} .isBusy=${this.isBusy}></waybill-message-bar>`
          }
        </span>
      </div>
    </article>`;
  }

  private renderStronger({ label, title }: StrongerView) {
    return html`<vscode-button secondary title=${title} @click=${this.onStronger}>${label}</vscode-button>`;
  }

  private readonly onStronger = (): void => {
    if (this.answer !== undefined) requestFromChat(this, { type: "try-stronger", messageId: this.answer.id });
  };
}

function renderApplyAll({ id, text, files }: AnswerView) {
  return html`<waybill-apply-all .text=${text} .messageId=${id} .files=${files}></waybill-apply-all>`;
}

function renderCopy({ id, text }: AnswerView) {
  return html`<waybill-answer-copy .text=${text} .messageId=${id}></waybill-answer-copy>`;
}

function renderSources({ sources = [] }: AnswerView) {
  return sources.length === 0 ? nothing : html`<waybill-sources .sources=${sources}></waybill-sources>`;
}

function renderReceipt(waybill: WaybillView, { id, route, correctedTask }: AnswerView) {
  return html`<waybill-receipt
    .waybill=${waybill}
    .messageId=${id}
    .hasRoute=${route !== undefined}
    .correctedTask=${correctedTask}
  ></waybill-receipt>`;
}

function renderReasoning(reasoning: string) {
  if (reasoning === "") return nothing;
  return html`<details class="reasoning">
    <summary><span class="icon icon-chevron-right"></span>Reasoning</summary>
    <div dir="auto" tabindex="0" role="group" aria-label="Reasoning">${reasoning}</div>
  </details>`;
}

function renderState(answer: AnswerView) {
  switch (answer.state) {
    case "waiting":
      return renderProgress(answer.status ?? "Waiting for an answer…");
    case "streaming":
      return answer.text === "" ? renderProgress(answer.status ?? "Thinking…") : nothing;
    case "stopped":
      return html`<div class="note">Stopped.</div>`;
    case "incomplete":
      return answer.problem === undefined ? html`<div class="note">The answer ended early.</div>` : nothing;
    case "done":
    case "failed":
      return nothing;
  }
}

function renderProgress(status: string) {
  return html`<div class="status"><span class="pulse"></span><span dir="auto">${status}</span></div>`;
}

customElements.define("waybill-answer", WaybillAnswer);
