import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { announcementFor } from "./announcement.ts";
import type { ChatViewState } from "../../protocol/chatMessages.ts";
import { shownComparison } from "./applyCompareChange.ts";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { isOfInputMethod } from "../shared/isOfInputMethod.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { initialViewState, isRunning, type ViewState } from "./viewState.ts";
import "./waybill-composer.ts";
import "./waybill-empty-state.ts";
import "./waybill-key-banner.ts";
import "./waybill-message-list.ts";
import "./waybill-problem.ts";
import "./waybill-title.ts";

/** Banners, conversation and composer, one below the other. */
class WaybillPanel extends GuardedElement {
  static override properties: PropertyDeclarations = {
    state: { attribute: false },
    announcement: { state: true },
  };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .banners {
        display: grid;
        gap: 6px;
        padding: 8px 12px 0;
        max-height: 40vh;
        overflow-y: auto;
      }
      .banners:empty {
        display: none;
      }
      main {
        flex: 1;
        min-height: 0;
        display: flex;
        flex-direction: column;
      }
      waybill-message-list,
      waybill-empty-state {
        flex: 1;
        min-height: 0;
      }
    `,
  ];

  declare state: ViewState;
  /** What a screen reader is told; it never hears the single tokens of an answer. */
  declare private announcement: string;

  constructor() {
    super();
    this.state = initialViewState;
    this.announcement = "";
    this.addEventListener("keydown", this.onKeyDown);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("state");
    if (before === undefined) return;
    this.announcement = announcementFor(before.chat, this.state.chat) ?? this.announcement;
  }

  protected override render() {
    const { chat, composer, focusRequests } = this.state;
    return html`
      <main>
        <h1 class="visually-hidden">Waybill chat</h1>
        <waybill-title .text=${titleOf(chat)}></waybill-title>
        ${this.renderBanners()}
        ${
          chat?.messages.length === 0
            ? html`<waybill-empty-state></waybill-empty-state>`
            : html`<waybill-message-list
                .chatId=${chat?.chatId}
                .messages=${chat?.messages ?? []}
                .earlier=${chat?.earlier ?? 0}
                .isBusy=${isRunning(chat)}
                .comparison=${shownComparison(chat)}
              ></waybill-message-list>`
        }
        <div class="visually-hidden" role="status" aria-live="polite">${this.announcement}</div>
        <waybill-composer
          .text=${composer.text}
          .fields=${chat}
          .spend=${chat?.spend}
          .price=${chat?.price}
          .ask=${chat?.ask}
          .isRunning=${isRunning(chat)}
          .focusRequests=${focusRequests}
        ></waybill-composer>
      </main>
    `;
  }

  private renderBanners() {
    const { chat } = this.state;
    if (chat === undefined) return nothing;
    const hasKeyBanner = chat.keyState !== "present" && chat.keyState !== "not-needed";
    if (!hasKeyBanner && chat.problem === undefined) return nothing;
    return html`<div class="banners">
      ${hasKeyBanner ? html`<waybill-key-banner .keyState=${chat.keyState} .keyName=${chat.keyName}></waybill-key-banner>` : nothing}
      ${chat.problem === undefined ? nothing : html`<waybill-problem .problem=${chat.problem}></waybill-problem>`}
    </div>`;
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || isOfInputMethod(event) || !isRunning(this.state.chat)) return;
    event.preventDefault();
    requestFromChat(this, { type: "stop" });
  };
}

/** Until the chat has a title, it is called as its first question begins. */
function titleOf(chat: ChatViewState | undefined): string | undefined {
  return chat?.title ?? chat?.firstQuestion ?? chat?.messages.find(({ role }) => role === "user")?.text;
}

customElements.define("waybill-panel", WaybillPanel);
