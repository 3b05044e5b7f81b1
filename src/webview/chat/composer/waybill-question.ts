import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { live } from "lit/directives/live.js";
import { createRef, ref } from "lit/directives/ref.js";
import type { OfferedMentions } from "../../../protocol/composerMessages.ts";
import { GuardedElement } from "../../shared/guardedElement.ts";
import { isOfInputMethod } from "../../shared/isOfInputMethod.ts";
import { baseStyles } from "../../shared/styles/baseStyles.ts";
import { iconStyles } from "../../shared/styles/iconStyles.ts";
import { requestFromChat } from "../chatRequest.ts";
import { questionStyles } from "../styles/questionStyles.ts";
import { COMMAND_ITEMS } from "./commandItems.ts";
import { completionAt, withCommand, withoutQuery } from "./completionAt.ts";
import {
  afterDismissal,
  afterMove,
  afterOffer,
  afterTyping,
  type CompletionItem,
  noCompletion,
  type Rank,
} from "./completionState.ts";
import { LIST_ID, optionId, renderCompletions } from "./renderCompletions.ts";
import { walkHistory } from "./walkHistory.ts";

/**
 * The field of the question with the list of commands and mentions. Fires `submitted` for Enter, `command-run` with a
 * command's name, and `backspaced` for Backspace at its beginning.
 */
export class WaybillQuestion extends GuardedElement {
  static override properties: PropertyDeclarations = {
    text: { attribute: false },
    placeholder: { attribute: false },
    history: { attribute: false },
    mentions: { attribute: false },
    completion: { state: true },
  };
  static override styles = [baseStyles, iconStyles, questionStyles];

  declare text: string;
  declare placeholder: string;
  declare history: readonly string[];
  declare mentions: OfferedMentions | undefined;
  declare private completion: typeof noCompletion;
  private readonly textarea = createRef<HTMLTextAreaElement>();
  /** Place in the history of the question that the field shows. */
  private walkedTo: number | undefined;
  /** Fits nothing until its chunk is there, which is loaded behind the first paint. */
  private rank: Rank = () => [];

  constructor() {
    super();
    this.text = "";
    this.placeholder = "";
    this.history = [];
    this.completion = noCompletion;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void import("./rankCompletions.ts").then(({ rankCompletions }) => (this.rank = rankCompletions));
  }

  focusField(): void {
    this.textarea.value?.focus();
  }

  /** Writes an `@` where the caret is, as if it had been typed. */
  startMention(): void {
    const field = this.textarea.value;
    if (field === undefined) return;
    field.focus();
    const before = field.value.slice(0, field.selectionStart);
    field.setRangeText(
      before === "" || /\s$/.test(before) ? "@" : " @",
      field.selectionStart,
      field.selectionEnd,
      "end",
    );
    this.onInput();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("mentions") && this.mentions !== undefined)
      this.completion = afterOffer(this.completion, this.mentions);
    // The text was taken away or replaced from outside.
    const isTyped = this.textarea.value === undefined || this.textarea.value.value === this.text;
    if (changed.has("text") && !isTyped) this.close();
  }

  protected override updated(): void {
    this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }

  protected override render() {
    const isOpen = this.completion.items.length > 0;
    return html`${renderCompletions(this.completion, (item) => this.pick(item, "click"))}
      <textarea
        ${ref(this.textarea)}
        rows="1"
        dir="auto"
        aria-label="Question"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls=${isOpen ? LIST_ID : nothing}
        aria-activedescendant=${isOpen ? optionId(this.completion.active) : nothing}
        placeholder=${this.placeholder}
        .value=${live(this.text)}
        @input=${this.onInput}
        @compositionend=${this.onCaret}
        @keydown=${this.onKeyDown}
        @keyup=${this.onCaret}
        @click=${this.onCaret}
        @blur=${this.onBlur}
      ></textarea>`;
  }

  private readonly onInput = (event?: Event): void => {
    this.tellText(this.textarea.value?.value ?? "");
    // What an input method composes is no text yet.
    if (event instanceof InputEvent && event.isComposing) return this.close();
    this.complete();
  };

  /** The caret may have left what was being typed; going somewhere opens nothing. */
  private readonly onCaret = (event: Event): void => {
    const isComposing = event instanceof KeyboardEvent && isOfInputMethod(event);
    if (event.type === "compositionend" || (!isComposing && this.completion.query !== undefined)) this.complete();
  };

  private complete(): void {
    const field = this.textarea.value;
    if (field === undefined) return;
    const isMarked = field.selectionStart !== field.selectionEnd;
    const query = isMarked ? undefined : completionAt(field.value, field.selectionStart);
    const before = this.completion.requestId;
    this.completion = afterTyping(this.completion, query, { commands: COMMAND_ITEMS, rank: this.rank });
    const { requestId } = this.completion;
    if (query !== undefined && requestId !== before)
      requestFromChat(this, { type: "complete-mention", requestId, query: query.text });
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    // Keys of a composition belong to the input method.
    if (isOfInputMethod(event)) return;
    if (this.onListKey(event) || this.onHistoryKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.dispatchEvent(new Event("submitted"));
    } else if (event.key === "Backspace" && !event.repeat && this.isCaretAt(0)) {
      this.dispatchEvent(new Event("backspaced"));
    }
  };

  /** True for a key of the open list. */
  private onListKey({ key, shiftKey }: KeyboardEvent): boolean {
    const item = this.completion.items[this.completion.active];
    // Going back from the field closes the list on the way.
    if (shiftKey && key === "Tab") this.close();
    if (item === undefined || shiftKey) return false;
    switch (key) {
      case "ArrowDown":
      case "ArrowUp":
        this.completion = afterMove(this.completion, key === "ArrowDown" ? 1 : -1);
        return true;
      case "Escape":
        this.completion = afterDismissal(this.completion);
        return true;
      case "Enter":
      case "Tab":
        return this.pick(item, key);
      default:
        return false;
    }
  }

  /** False where the key means the text as it stands: Enter behind a command of a task that is written out. */
  private pick({ id, does }: CompletionItem, by: "Enter" | "Tab" | "click"): boolean {
    const field = this.textarea.value;
    const { query } = this.completion;
    if (field === undefined || query === undefined) return false;
    if (does.kind === "write-command" && by === "Enter" && query.text === does.name) {
      this.close();
      return false;
    }
    this.close();
    if (does.kind === "run-command" && by !== "Tab") {
      this.dispatchEvent(new CustomEvent("command-run", { detail: does.name }));
    } else {
      const isMention = does.kind === "mention";
      this.write(isMention ? withoutQuery(field.value, query) : withCommand(field.value, query, does.name));
      if (isMention) requestFromChat(this, { type: "add-mention", id });
    }
    return true;
  }

  /** True for an arrow that walks through the questions of before. */
  private onHistoryKey(event: KeyboardEvent): boolean {
    const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
    if ((key !== "ArrowUp" && key !== "ArrowDown") || shiftKey || altKey || ctrlKey || metaKey) return false;
    const end = this.text.length;
    if (!this.isCaretAt(0) && !this.isCaretAt(end)) return false;
    const place = walkHistory(this.history, { text: this.text, index: this.walkedTo }, key === "ArrowUp" ? -1 : 1);
    if (place === undefined) return false;
    this.walkedTo = place.index;
    this.write({ text: place.text, caret: place.text.length });
    return true;
  }

  /** The caret is set by hand: the state's way around would put it at the end. */
  private write({ text, caret }: { readonly text: string; readonly caret: number }): void {
    const field = this.textarea.value;
    if (field === undefined) return;
    field.value = text;
    field.setSelectionRange(caret, caret);
    this.tellText(text);
  }

  /** The text comes back from the state later; an update before that must not put the older one into the field. */
  private tellText(text: string): void {
    this.text = text;
    requestFromChat(this, { type: "draft-changed", text });
  }

  private isCaretAt(place: number): boolean {
    const field = this.textarea.value;
    return field !== undefined && field.selectionStart === place && field.selectionEnd === place;
  }

  private close(): void {
    this.completion = { ...noCompletion, requestId: this.completion.requestId };
  }

  private readonly onBlur = (): void => {
    this.close();
    this.dispatchEvent(new Event("composer-left", { bubbles: true, composed: true }));
  };
}

customElements.define("waybill-question", WaybillQuestion);
