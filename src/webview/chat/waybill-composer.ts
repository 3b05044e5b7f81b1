import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { live } from "lit/directives/live.js";
import { createRef, ref } from "lit/directives/ref.js";
import type { AttachmentView, PriceView, ProblemView, SendAnswer, SpendView } from "../../protocol/chatMessages.ts";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { chipStyles } from "./styles/chipStyles.ts";
import { composerStyles } from "./styles/composerStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import "./waybill-ask.ts";
import "./waybill-spend.ts";

/** The same text is not sent again within this time: Enter pressed twice asks once. */
const doublePressMs = 1500;

/** Where the next question is typed. What was typed leaves only when the owner of `text` says so. */
class WaybillComposer extends GuardedElement {
  static override properties: PropertyDeclarations = {
    text: { attribute: false },
    attachments: { attribute: false },
    spend: { attribute: false },
    price: { attribute: false },
    ask: { attribute: false },
    isRunning: { attribute: false },
    focusRequests: { attribute: false },
  };
  static override styles = [baseStyles, iconStyles, chipStyles, composerStyles];

  declare text: string;
  declare attachments: readonly AttachmentView[];
  declare spend: SpendView | undefined;
  declare price: PriceView | undefined;
  /** Asked before the text is sent. */
  declare ask: ProblemView | undefined;
  declare isRunning: boolean;
  declare focusRequests: number;
  private readonly textarea = createRef<HTMLTextAreaElement>();
  /** The last question and when it was sent, in milliseconds since the page was opened. */
  private lastSent = { text: "", timeStamp: -Infinity };

  constructor() {
    super();
    this.text = "";
    this.attachments = [];
    this.isRunning = false;
    this.focusRequests = 0;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("focusRequests");
    if (before !== undefined && before !== this.focusRequests) this.textarea.value?.focus();
  }

  protected override render() {
    return html`<div class="box">
      ${
        this.attachments.length === 0
          ? nothing
          : html`<div class="chips" role="group" aria-label="Sent along with the next question">
              ${this.attachments.map((attachment) => this.renderAttachment(attachment))}
            </div>`
      }
      <textarea
        ${ref(this.textarea)}
        rows="1"
        dir="auto"
        aria-label="Question"
        placeholder=${this.isRunning ? "Type the next question while this one is answered" : "Ask about your code"}
        .value=${live(this.text)}
        @input=${this.onInput}
        @keydown=${this.onKeyDown}
        @blur=${this.onBlur}
      ></textarea>
      ${this.renderAskOrPrice()}
      <div class="toolbar">
        <waybill-spend .spend=${this.spend}></waybill-spend>
        <button
          type="button"
          class="icon-button icon icon-add"
          aria-label="New chat"
          title="New chat"
          @click=${this.onNewChat}
        ></button>
        ${this.isRunning ? this.renderStop() : this.renderSend()}
      </div>
    </div>`;
  }

  private renderAttachment({ label }: AttachmentView) {
    const remove = (): void => requestFromChat(this, { type: "remove-attachment", label });
    return html`<span class="chip icon icon-file" title=${label}>
      <span class="label">${label}</span>
      <button
        type="button"
        class="icon-button icon icon-close"
        aria-label="Remove ${label}"
        title="Remove"
        @click=${remove}
      ></button>
    </span>`;
  }

  /** Beside Send, which it describes: as a live region it would interrupt a screen reader with every word typed. */
  private renderAskOrPrice() {
    if (this.ask !== undefined) {
      return html`<waybill-ask
        .ask=${this.ask}
        @answered=${this.onAnswered}
        @cancelled=${this.onCancelled}
      ></waybill-ask>`;
    }
    if (this.price === undefined || this.text.trim() === "") return nothing;
    const { text, notes, title, isPossible } = this.price;
    return html`<div id="price" class="price ${isPossible ? "" : "impossible"}" title=${title}>
      ${[text, ...notes].join(" · ")}
    </div>`;
  }

  private renderStop() {
    return html`<button
      type="button"
      class="icon-button icon icon-stop"
      aria-label="Stop"
      title="Stop (Escape)"
      @click=${() => requestFromChat(this, { type: "stop" })}
    ></button>`;
  }

  private renderSend() {
    return html`<button
      type="button"
      class="icon-button icon icon-send"
      aria-label="Send"
      title="Send (Enter)"
      aria-describedby="price"
      ?disabled=${this.text.trim() === "" || this.ask !== undefined}
      @click=${this.send}
    ></button>`;
  }

  private readonly onInput = (): void => {
    requestFromChat(this, { type: "draft-changed", text: this.textarea.value?.value ?? "" });
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.ask !== undefined && !event.isComposing) return this.onCancelled();
    // Enter that ends a composition belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send(event);
  };

  private readonly send = (event: Event): void => {
    const { text } = this;
    // While the person is asked, only a button of the question sends: Enter pressed twice is no answer.
    if (this.isRunning || this.ask !== undefined || text.trim() === "") return;
    const isDoublePress = text === this.lastSent.text && event.timeStamp - this.lastSent.timeStamp < doublePressMs;
    if (isDoublePress) return;
    this.lastSent = { text, timeStamp: event.timeStamp };
    requestFromChat(this, { type: "send", text });
    this.textarea.value?.focus();
  };

  private readonly onAnswered = (event: CustomEvent<SendAnswer>): void => {
    requestFromChat(this, { type: "send", text: this.text, answer: event.detail });
    this.textarea.value?.focus();
  };

  private readonly onCancelled = (): void => {
    this.lastSent = { text: "", timeStamp: -Infinity };
    this.dispatchEvent(new Event("ask-cancelled", { bubbles: true, composed: true }));
    this.textarea.value?.focus();
  };

  private readonly onNewChat = (): void => {
    requestFromChat(this, { type: "new-chat" });
    this.textarea.value?.focus();
  };

  private readonly onBlur = (): void => {
    this.dispatchEvent(new Event("composer-left", { bubbles: true, composed: true }));
  };
}

customElements.define("waybill-composer", WaybillComposer);
