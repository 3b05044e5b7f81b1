import { css, html, type PropertyDeclarations } from "lit";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";

/** One line on top: which chat this is, and the way to the others. */
class WaybillTitle extends GuardedElement {
  static override properties: PropertyDeclarations = { text: { attribute: false } };
  static override styles = [
    baseStyles,
    iconStyles,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 2px;
        height: 22px;
        margin: 4px 8px 0 12px;
        color: var(--vscode-descriptionForeground);
      }
      .title {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        unicode-bidi: plaintext;
        text-align: start;
      }
    `,
  ];

  /** `undefined` where nothing was asked yet. */
  declare text: string | undefined;

  protected override render() {
    const title = this.text ?? "New chat";
    return html`<span class="title" title=${title}>${title}</span>
      <button
        type="button"
        class="icon-button icon icon-rename"
        aria-label="Rename this chat"
        title="Rename this chat"
        @click=${() => requestFromChat(this, { type: "rename-chat" })}
      ></button>
      <button
        type="button"
        class="icon-button icon icon-add"
        aria-label="New chat"
        title="New chat"
        @click=${() => requestFromChat(this, { type: "new-chat" })}
      ></button>
      <button
        type="button"
        class="icon-button icon icon-history"
        aria-label="Show all chats"
        title="Show all chats"
        @click=${() => requestFromChat(this, { type: "show-chats" })}
      ></button>`;
  }
}

customElements.define("waybill-title", WaybillTitle);
