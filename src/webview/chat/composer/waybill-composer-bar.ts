import { html, nothing, type PropertyDeclarations } from "lit";
import type { SpendView } from "../../../protocol/chatMessages.ts";
import type { ComposerFields } from "../../../protocol/composerMessages.ts";
import { GuardedElement } from "../../shared/guardedElement.ts";
import { baseStyles } from "../../shared/styles/baseStyles.ts";
import { iconStyles } from "../../shared/styles/iconStyles.ts";
import { requestFromChat } from "../chatRequest.ts";
import { barStyles } from "../styles/barStyles.ts";
import { meterStyles } from "../styles/meterStyles.ts";
import "../waybill-spend.ts";

interface BarButton {
  readonly icon: string;
  readonly label: string;
  readonly event: string;
  readonly title: string;
}

const HELP: BarButton = { icon: "question", label: "Help", event: "help-wanted", title: "Keys and commands" };
const MENTION: BarButton = {
  icon: "mention",
  label: "Add context",
  event: "mention-wanted",
  title: "Add context (@). Files can be dropped here while Shift is held, and images pasted.",
};

/** The buttons below the field. Fires `submitted`, `mention-wanted`, `help-wanted` and `stopped`. */
class WaybillComposerBar extends GuardedElement {
  static override properties: PropertyDeclarations = {
    choice: { attribute: false },
    meter: { attribute: false },
    spend: { attribute: false },
    price: { attribute: false },
    isEmpty: { attribute: false },
    isRunning: { attribute: false },
    isAsked: { attribute: false },
  };
  static override styles = [baseStyles, iconStyles, meterStyles, barStyles];

  declare choice: ComposerFields["choice"] | undefined;
  declare meter: ComposerFields["meter"] | undefined;
  declare spend: SpendView | undefined;
  /** What sending costs, for who cannot see it above the buttons. */
  declare price: string | undefined;
  declare isEmpty: boolean;
  declare isRunning: boolean;
  /** The person is asked something before the text is sent. */
  declare isAsked: boolean;

  constructor() {
    super();
    this.isEmpty = true;
    this.isRunning = false;
    this.isAsked = false;
  }

  protected override render() {
    return html`<div class="bar">
      <div class="facts">
        ${this.renderChoice()} ${this.renderMeter()}
        <waybill-spend .spend=${this.spend}></waybill-spend>
      </div>
      <div class="buttons">
        ${this.renderButton(HELP)} ${this.renderButton(MENTION)} ${this.isRunning ? this.renderStop() : nothing}
        ${this.isRunning && this.isEmpty ? nothing : this.renderSend()}
      </div>
    </div>`;
  }

  private renderChoice() {
    if (this.choice === undefined) return nothing;
    const { label, title } = this.choice;
    return html`<button
      type="button"
      class="choice icon icon-chevron-down"
      title=${title}
      @click=${() => requestFromChat(this, { type: "choose-model" })}
    >
      <span class="visually-hidden">Model: </span><span class="label">${label}</span>
    </button>`;
  }

  private renderMeter() {
    if (this.meter === undefined) return nothing;
    const { text, share, offersCondensing } = this.meter;
    return html`${offersCondensing === true ? this.renderCondense() : nothing}
      <div class="window" title=${text}>
        <meter
          aria-label=${text}
          min="0"
          max="1"
          low="0.75"
          high="0.9"
          optimum="0"
          .value=${Math.min(1, Math.max(0, share))}
        ></meter>
      </div>`;
  }

  private renderCondense() {
    return html`<button
      type="button"
      class="icon-button icon icon-fold"
      aria-label="Condense the chat"
      title="Condense the earlier messages: asks first, with the price"
      ?disabled=${this.isRunning}
      @click=${() => requestFromChat(this, { type: "run-slash", command: "condense", rest: "" })}
    ></button>`;
  }

  private renderButton({ icon, label, event, title }: BarButton) {
    return html`<button
      type="button"
      class="icon-button icon icon-${icon}"
      aria-label=${label}
      title=${title}
      @click=${() => this.tell(event)}
    ></button>`;
  }

  private renderStop() {
    return html`<button
      type="button"
      class="icon-button icon icon-stop"
      aria-label="Stop"
      title="Stop (Escape)"
      @click=${this.onStop}
    ></button>`;
  }

  private renderSend() {
    const label = this.isRunning ? "Ask next" : "Send";
    return html`<button
      type="button"
      class="icon-button icon icon-send"
      aria-label=${label}
      title=${this.isRunning ? "Ask when this answer has ended (Enter)" : "Send (Enter)"}
      aria-description=${this.price ?? nothing}
      ?disabled=${this.isEmpty || this.isAsked}
      @click=${() => this.tell("submitted")}
    ></button>`;
  }

  private readonly onStop = (): void => {
    requestFromChat(this, { type: "stop" });
    this.tell("stopped");
  };

  private tell(event: string): void {
    this.dispatchEvent(new Event(event));
  }
}

customElements.define("waybill-composer-bar", WaybillComposerBar);
