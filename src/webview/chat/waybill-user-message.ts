import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { AttachmentView, UserMessageView } from "../../protocol/chatMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { chipStyles } from "./styles/chipStyles.ts";
import { codeStyles } from "./styles/codeStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";

/** A question with what was sent along; each piece unfolds to the very text that was sent. */
class WaybillUserMessage extends GuardedElement {
  static override properties: PropertyDeclarations = { message: { attribute: false } };
  static override styles = [
    baseStyles,
    iconStyles,
    codeStyles,
    chipStyles,
    css`
      article {
        max-width: min(92%, 760px);
        width: fit-content;
        margin-inline-start: auto;
        padding: 6px 10px;
        border: 1px solid var(--vscode-chat-requestBorder, var(--vscode-contrastBorder, transparent));
        border-radius: 8px;
        background: var(--vscode-chat-requestBubbleBackground, var(--vscode-textBlockQuote-background));
      }
      .text {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        unicode-bidi: plaintext;
        text-align: start;
      }
      .chips {
        margin-top: 6px;
      }
      details[open] {
        flex-basis: 100%;
      }
      pre {
        max-height: 240px;
        margin-top: 4px;
        overflow: auto;
        border-radius: 4px;
        background: var(--vscode-editor-background, transparent);
      }
    `,
  ];

  declare message: UserMessageView | undefined;

  protected override render() {
    const { message } = this;
    if (message === undefined) return nothing;
    return html`<article>
      <h2 class="visually-hidden">You asked</h2>
      <div class="text" dir="auto">${message.text}</div>
      ${
        message.attachments.length === 0
          ? nothing
          : html`<div class="chips">${message.attachments.map((attachment) => this.renderAttachment(attachment))}</div>`
      }
    </article>`;
  }

  private renderAttachment({ label, text }: AttachmentView) {
    return html`<details>
      <summary class="chip icon icon-file" title="Show what was sent">
        <span class="label">${label}</span>
      </summary>
      <pre tabindex="0" role="group" aria-label=${label} dir="ltr"><code>${text}</code></pre>
    </details>`;
  }
}

customElements.define("waybill-user-message", WaybillUserMessage);
