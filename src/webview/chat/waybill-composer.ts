import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import type { PriceView, ProblemView, SendAnswer, SpendView } from "../../protocol/chatMessages.ts";
import type { ComposerFields } from "../../protocol/composerMessages.ts";
import { chatCommandOf, type OfferedCommand } from "../../protocol/slashChoices.ts";
import { requestFromChat } from "./chatRequest.ts";
import type { WaybillQuestion } from "./composer/waybill-question.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { isOfInputMethod } from "../shared/isOfInputMethod.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { composerStyles } from "./styles/composerStyles.ts";
import "./composer/waybill-chips.ts";
import "./composer/waybill-composer-bar.ts";
import "./composer/waybill-composer-line.ts";
import "./composer/waybill-drop-box.ts";
import "./composer/waybill-help.ts";
import "./composer/waybill-question.ts";
import "./waybill-ask.ts";

/** The same text is not sent again within this time: Enter pressed twice asks once. */
const doublePressMs = 1500;

const NOTHING_YET: ComposerFields = { pendingAttachments: [], history: [] };

/** Where the next question is typed. What was typed leaves only when the owner of `text` says so. */
class WaybillComposer extends GuardedElement {
  static override properties: PropertyDeclarations = {
    text: { attribute: false },
    fields: { attribute: false },
    spend: { attribute: false },
    price: { attribute: false },
    ask: { attribute: false },
    isRunning: { attribute: false },
    focusRequests: { attribute: false },
    helpRequests: { state: true },
  };
  static override styles = [baseStyles, composerStyles];

  declare text: string;
  /** `undefined` until the host has told them. */
  declare fields: ComposerFields | undefined;
  declare spend: SpendView | undefined;
  declare price: PriceView | undefined;
  /** Asked before the text is sent. */
  declare ask: ProblemView | undefined;
  declare isRunning: boolean;
  declare focusRequests: number;
  declare private helpRequests: number;
  private readonly question = createRef<WaybillQuestion>();
  /** The last question and when it was sent, in milliseconds since the page was opened. */
  private lastSent = { text: "", timeStamp: -Infinity };

  constructor() {
    super();
    this.text = "";
    this.isRunning = false;
    this.focusRequests = 0;
    this.helpRequests = 0;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("focusRequests");
    if (before !== undefined && before !== this.focusRequests) this.focusField();
  }

  protected override render() {
    const fields = this.fields ?? NOTHING_YET;
    return html`<waybill-drop-box .notice=${fields.notice}>
        <waybill-composer-line
          .kind=${"next"}
          .text=${fields.queued}
          @dismissed=${this.onUnqueued}
        ></waybill-composer-line>
        <waybill-chips .attachments=${fields.pendingAttachments} @attachment-removed=${this.focusField}></waybill-chips>
        <waybill-question
          ${ref(this.question)}
          .text=${this.text}
          .placeholder=${this.isRunning ? "Type the next question while this one is answered" : "Ask about your code"}
          .history=${fields.history}
          .mentions=${fields.mentions}
          @keydown=${this.onKeyDown}
          @submitted=${this.onSubmitted}
          @command-run=${this.onCommandRun}
          @backspaced=${this.onBackspaced}
        ></waybill-question>
        ${this.renderAskOrPrice()} ${this.renderBar(fields)}
      </waybill-drop-box>
      <waybill-help .requests=${this.helpRequests}></waybill-help>`;
  }

  private renderBar({ choice, meter }: ComposerFields) {
    return html`<waybill-composer-bar
      .choice=${choice}
      .meter=${meter}
      .spend=${this.spend}
      .price=${this.ownPrice?.text}
      .isEmpty=${this.text.trim() === ""}
      .isRunning=${this.isRunning}
      .isAsked=${this.ask !== undefined}
      @submitted=${this.onSubmitted}
      @stopped=${this.focusField}
      @help-wanted=${this.openHelp}
      @mention-wanted=${this.onMentionWanted}
    ></waybill-composer-bar>`;
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
    if (this.ownPrice === undefined || this.text.trim() === "") return nothing;
    const { text, notes, title, isPossible } = this.ownPrice;
    return html`<div class="price ${isPossible ? "" : "impossible"}" title=${title}>
      ${[text, ...notes].join(" · ")}
    </div>`;
  }

  /** A command costs nothing, or says itself what it costs. */
  private get ownPrice(): PriceView | undefined {
    return chatCommandOf(this.text) === undefined ? this.price : undefined;
  }

  private readonly focusField = (): void => this.question.value?.focusField();

  private readonly openHelp = (): void => void (this.helpRequests += 1);

  private readonly onMentionWanted = (): void => this.question.value?.startMention();

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.ask !== undefined && !isOfInputMethod(event)) this.onCancelled();
  };

  private readonly onSubmitted = ({ timeStamp }: Event): void => {
    const { text } = this;
    // While the person is asked, only a button of the question sends: Enter pressed twice is no answer.
    if (this.ask !== undefined || text.trim() === "") return;
    const command = chatCommandOf(text);
    if (command !== undefined) return this.runCommand(command.command, command.rest);
    const isDoublePress = text === this.lastSent.text && timeStamp - this.lastSent.timeStamp < doublePressMs;
    if (isDoublePress) return;
    this.lastSent = { text, timeStamp };
    requestFromChat(this, { type: this.isRunning ? "queue" : "send", text });
    this.focusField();
  };

  private readonly onCommandRun = ({ detail }: CustomEvent<OfferedCommand>): void => this.runCommand(detail, "");

  /** A question behind the command stays in the field until it is asked. */
  private runCommand(command: OfferedCommand, rest: string): void {
    if (rest === "") requestFromChat(this, { type: "draft-changed", text: "" });
    if (command === "help") this.openHelp();
    else requestFromChat(this, { type: "run-slash", command, rest });
  }

  /** Its text comes back into the field. */
  private readonly onUnqueued = (): void => {
    requestFromChat(this, { type: "unqueue" });
    this.focusField();
  };

  private readonly onBackspaced = (): void => {
    const last = this.fields?.pendingAttachments.at(-1);
    if (last !== undefined) requestFromChat(this, { type: "remove-attachment", id: last.id });
  };

  private readonly onAnswered = (event: CustomEvent<SendAnswer>): void => {
    requestFromChat(this, { type: "send", text: this.text, answer: event.detail });
    this.focusField();
  };

  private readonly onCancelled = (): void => {
    this.lastSent = { text: "", timeStamp: -Infinity };
    this.dispatchEvent(new Event("ask-cancelled", { bubbles: true, composed: true }));
    this.focusField();
  };
}

customElements.define("waybill-composer", WaybillComposer);
