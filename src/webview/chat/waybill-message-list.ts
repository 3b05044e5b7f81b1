import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { repeat } from "lit/directives/repeat.js";
import type { MessageView } from "../../protocol/chatMessages.ts";
import type { ComparisonView } from "../../protocol/compareMessages.ts";
import { MAX_PAGE_LENGTH } from "../../protocol/pagingMessages.ts";
import { requestFromChat } from "./chatRequest.ts";
import { EarlierLeftEvent } from "./earlierLeft.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import { keyAround } from "./keysInUse.ts";
import { keyOf, type Listed, ListRows } from "./listRows.ts";
import type { Row } from "./rowsNear.ts";
import { messageListStyles } from "./styles/messageListStyles.ts";
import "./waybill-answer.ts";
import "./waybill-comparison.ts";
import "./waybill-condensed.ts";
import "./waybill-user-message.ts";

/**
 * The conversation. It stays at the newest line until the person scrolls up. Only the messages near what is seen are in the
 * page's tree; the others are room, so that the scroll bar is of the whole chat.
 */
class WaybillMessageList extends GuardedElement {
  static override properties: PropertyDeclarations = {
    chatId: { attribute: false },
    messages: { attribute: false },
    earlier: { attribute: false },
    isBusy: { attribute: false },
    comparison: { attribute: false },
    isFollowing: { state: true },
  };
  static override styles = [baseStyles, iconStyles, messageListStyles];

  declare chatId: string | undefined;
  declare messages: readonly MessageView[];
  /** How many messages come before them. */
  declare earlier: number;
  /** An answer is under way. */
  declare isBusy: boolean;
  /** Answers of several models below the last question. */
  declare comparison: ComparisonView | undefined;
  /** The newest line is kept in view. */
  declare private isFollowing: boolean;
  private readonly scroller = createRef<HTMLElement>();
  private readonly content = createRef<HTMLElement>();
  private readonly list = new ListRows();
  /** Where the person was at the last scroll event, to tell scrolling up from text growing below. */
  private lastTop = 0;
  /** How much there was to scroll then, to tell scrolling up from text that became shorter. */
  private lastHeight = 0;
  /** The first message when earlier ones were asked for; asked once for each. */
  private askedBefore: string | undefined;
  /** Rows are chosen anew with the next frame. */
  private isChoosing = false;
  private readonly resizes = new ResizeObserver(() => this.onResize());

  constructor() {
    super();
    this.messages = [];
    this.earlier = 0;
    this.isBusy = false;
    this.isFollowing = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("chatId")) {
      this.isFollowing = true;
      this.list.forget();
    }
    if (this.hasBeenAsked(changed.get("messages"))) this.isFollowing = true;
    this.list.choose(this.listed, this.shadowRoot ?? undefined);
  }

  protected override firstUpdated(): void {
    for (const element of [this.scroller.value, this.content.value]) {
      if (element !== undefined) this.resizes.observe(element);
    }
  }

  protected override updated(): void {
    this.askForEarlier();
    const left = this.messages[this.list.leftBefore(this.listed)];
    // What changes the state of the view waits until this update is over.
    if (left !== undefined && left !== this.messages[0]) {
      queueMicrotask(() => this.dispatchEvent(new EarlierLeftEvent(left.id)));
    }
  }

  protected override render() {
    return html`
      <div
        class="scroller ${this.isFollowing ? "following" : ""}"
        ${ref(this.scroller)}
        @scroll=${this.onScroll}
        @keydown=${this.onKeyDown}
        tabindex="0"
        role="group"
        aria-label="Conversation"
      >
        <div
          class="messages ${this.comparison === undefined ? "" : "wide"}"
          ${ref(this.content)}
          role="log"
          aria-live="off"
          aria-label="Messages"
        >
          <div class="rows" role="list" @focusin=${this.onTouch} @click=${this.onTouch}>
            ${repeat(this.list.rows, this.rowKey, this.renderRow)}
          </div>
          ${
            this.comparison === undefined
              ? nothing
              : html`<waybill-comparison .comparison=${this.comparison}></waybill-comparison>`
          }
        </div>
      </div>
      ${
        this.isFollowing
          ? nothing
          : html`<button
              type="button"
              class="icon-button icon icon-arrow-down latest"
              aria-label="Jump to latest"
              title="Jump to latest"
              @click=${this.onJump}
            ></button>`
      }
    `;
  }

  private get listed(): Listed {
    return { messages: this.messages, earlier: this.earlier, isFollowing: this.isFollowing };
  }

  private readonly rowKey = (row: Row): string => {
    if (row.kind === "message") return this.keyAt(row.place);
    return `before ${this.keyAt(row.before)}`;
  };

  private readonly renderRow = (row: Row) => {
    if (row.kind === "space") return html`<div aria-hidden="true" .style=${`height: ${row.heightPx}px`}></div>`;
    const message = this.messages[row.place];
    if (message === undefined) return nothing;
    const key = this.keyAt(row.place);
    const number = this.earlier + row.place + 1;
    const count = this.earlier + this.messages.length;
    if (message.role === "user") {
      return html`<waybill-user-message
        role="listitem"
        aria-posinset=${number}
        aria-setsize=${count}
        data-key=${key}
        .message=${message}
        .isBusy=${this.isBusy}
      ></waybill-user-message>`;
    }
    if (message.condenses !== undefined) {
      return html`<waybill-condensed
        role="listitem"
        aria-posinset=${number}
        aria-setsize=${count}
        data-key=${key}
        .summary=${message}
        .isBusy=${this.isBusy}
      ></waybill-condensed>`;
    }
    return html`<waybill-answer
      role="listitem"
      aria-posinset=${number}
      aria-setsize=${count}
      data-key=${key}
      .answer=${message}
      .isBusy=${this.isBusy}
    ></waybill-answer>`;
  };

  private keyAt(place: number): string {
    const message = this.messages[place];
    return message === undefined ? "" : keyOf(message, this.earlier + place);
  }

  /** The person has asked something since: unlike with an older version that is shown again, its answer is still to come. */
  private hasBeenAsked(before: readonly MessageView[] | undefined): boolean {
    const last = this.messages.findLast((message) => message.role === "user");
    if (before === undefined || last === undefined || before.some(({ id }) => id === last.id)) return false;
    return this.isBusy || this.messages.at(-1) === last;
  }

  private follow(): void {
    const scroller = this.scroller.value;
    if (scroller === undefined) return;
    if (this.isFollowing) scroller.scrollTop = scroller.scrollHeight;
    this.noteScroll(scroller);
  }

  private noteScroll(scroller: HTMLElement): void {
    this.lastTop = scroller.scrollTop;
    this.lastHeight = scroller.scrollHeight;
  }

  /** Asks once before each first message, and again when the person comes back to the beginning of what is held. */
  private askForEarlier(): void {
    const first = this.messages[0]?.id;
    const missing = this.list.missing(this.listed);
    if (first === undefined || missing === 0) this.askedBefore = undefined;
    else if (this.askedBefore !== first) {
      this.askedBefore = first;
      requestFromChat(this, { type: "load-earlier", beforeId: first, count: Math.min(missing, MAX_PAGE_LENGTH) });
    }
  }

  private readonly onResize = (): void => {
    const scroller = this.scroller.value;
    if (scroller === undefined) return;
    this.follow();
    this.list.measure(scroller);
    this.chooseSoon();
  };

  private chooseRows(): void {
    if (this.list.choose(this.listed, this.shadowRoot ?? undefined)) this.requestUpdate();
    else this.askForEarlier();
  }

  /** Not at once: what is built while sizes are being told would be told of one frame late. */
  private chooseSoon(): void {
    if (this.isChoosing) return;
    this.isChoosing = true;
    requestAnimationFrame(() => {
      this.isChoosing = false;
      this.chooseRows();
    });
  }

  private readonly onScroll = (): void => {
    const scroller = this.scroller.value;
    if (scroller === undefined) return;
    const distance = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    if (distance <= 2) this.isFollowing = true;
    else if (scroller.scrollTop < this.lastTop && scroller.scrollHeight >= this.lastHeight) this.isFollowing = false;
    this.noteScroll(scroller);
    this.list.measure(scroller);
    this.chooseRows();
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    const hasModifier = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
    if (hasModifier || !(target instanceof Element) || target.closest("input, textarea, pre") !== null) return;
    if (event.key === "End") this.toEnd();
    else if (event.key === "Home") this.toStart();
    else return;
    event.preventDefault();
  };

  private toStart(): void {
    this.isFollowing = false;
    this.scroller.value?.scrollTo({ top: 0, behavior: "instant" });
  }

  private toEnd(): void {
    this.isFollowing = true;
    this.follow();
  }

  private readonly onTouch = (event: Event): void => {
    const key = keyAround(event.target);
    if (key !== undefined) this.list.touch(key);
  };

  private readonly onJump = (): void => {
    this.toEnd();
    // The button vanishes, so the focus moves on to what it led to.
    this.scroller.value?.focus();
  };
}

customElements.define("waybill-message-list", WaybillMessageList);
