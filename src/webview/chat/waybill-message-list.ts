import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { repeat } from "lit/directives/repeat.js";
import type { MessageView } from "../../protocol/chatMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import "./waybill-answer.ts";
import "./waybill-user-message.ts";

/** The conversation. It stays at the newest line until the person scrolls up. */
class WaybillMessageList extends GuardedElement {
  static override properties: PropertyDeclarations = {
    messages: { attribute: false },
    isBusy: { attribute: false },
    isFollowing: { state: true },
  };
  static override styles = [
    baseStyles,
    iconStyles,
    css`
      :host {
        position: relative;
        min-height: 0;
      }
      .scroller {
        height: 100%;
        overflow-y: auto;
        overflow-x: hidden;
        overflow-anchor: none;
      }
      .messages {
        max-width: 900px;
        margin: 0 auto;
        padding: 12px 12px 16px;
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
    `,
  ];

  declare messages: readonly MessageView[];
  /** An answer is under way. */
  declare isBusy: boolean;
  /** The newest line is kept in view. */
  declare private isFollowing: boolean;
  private readonly scroller = createRef<HTMLElement>();
  private readonly content = createRef<HTMLElement>();
  /** Where the person was at the last scroll event, to tell scrolling up from text growing below. */
  private lastTop = 0;
  private readonly resizes = new ResizeObserver(() => this.follow());

  constructor() {
    super();
    this.messages = [];
    this.isBusy = false;
    this.isFollowing = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("messages");
    const last = this.messages.findLast((message) => message.role === "user");
    if (before !== undefined && last !== undefined && !before.some((message) => message.id === last.id)) {
      this.isFollowing = true;
    }
  }

  protected override firstUpdated(): void {
    for (const element of [this.scroller.value, this.content.value]) {
      if (element !== undefined) this.resizes.observe(element);
    }
  }

  protected override render() {
    return html`
      <div
        class="scroller"
        ${ref(this.scroller)}
        @scroll=${this.onScroll}
        tabindex="0"
        role="group"
        aria-label="Conversation"
      >
        <div class="messages" ${ref(this.content)} role="log" aria-live="off" aria-label="Messages">
          ${repeat(this.messages, keyOf, (message) =>
            message.role === "user"
              ? html`<waybill-user-message .message=${message} .isBusy=${this.isBusy}></waybill-user-message>`
              : html`<waybill-answer .answer=${message} .isBusy=${this.isBusy}></waybill-answer>`,
          )}
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

  private follow(): void {
    const scroller = this.scroller.value;
    if (scroller === undefined || !this.isFollowing) return;
    scroller.scrollTop = scroller.scrollHeight;
    this.lastTop = scroller.scrollTop;
  }

  private readonly onScroll = (): void => {
    const scroller = this.scroller.value;
    if (scroller === undefined) return;
    const distance = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    if (distance <= 2) this.isFollowing = true;
    else if (scroller.scrollTop < this.lastTop) this.isFollowing = false;
    this.lastTop = scroller.scrollTop;
  };

  private readonly onJump = (): void => {
    this.isFollowing = true;
    this.follow();
    // The button vanishes, so the focus moves on to what it led to.
    this.scroller.value?.focus();
  };
}

/** Versions of a message take each other's place, so that the focus stays on the walker between them. */
function keyOf({ id, parentId }: MessageView, place: number): string {
  if (place === 0) return "first";
  return parentId === undefined ? id : `after ${parentId}`;
}

customElements.define("waybill-message-list", WaybillMessageList);
