import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { UserMessageView } from "../../protocol/chatMessages.ts";
import type { AttachmentView } from "../../protocol/composerMessages.ts";
import { requestFromChat } from "./chatRequest.ts";
import { describeMasked } from "./describeMasked.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { chipStyles } from "./styles/chipStyles.ts";
import { codeStyles } from "./styles/codeStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import { WaybillMessageBar } from "./waybill-message-bar.ts";
import "./waybill-question-edit.ts";

/** A question with what was sent along; each piece unfolds to the very text that was sent. */
class WaybillUserMessage extends GuardedElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
    isBusy: { attribute: false },
    isEdited: { state: true },
  };
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
      article.edited {
        width: min(92%, 760px);
      }
      waybill-message-bar {
        display: flex;
        justify-content: flex-end;
        margin: 2px 0 -12px;
      }
      :host(:hover),
      :host(:focus-within) {
        --waybill-bar-opacity: 1;
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
      .masked {
        margin-top: 4px;
        color: var(--vscode-descriptionForeground);
        font-size: 0.9em;
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
  /** An answer of the chat is under way. */
  declare isBusy: boolean;
  /** The person is about to word it anew. */
  declare private isEdited: boolean;

  constructor() {
    super();
    this.isBusy = false;
    this.isEdited = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("message") && changed.get("message")?.id !== this.message?.id) this.isEdited = false;
  }

  protected override render() {
    const { message } = this;
    if (message === undefined) return nothing;
    return html`<article class=${this.isEdited ? "edited" : ""}>
        <h2 class="visually-hidden">You asked</h2>
        ${
          this.isEdited
            ? html`<waybill-question-edit
                .text=${message.text}
                @edited=${this.onEdited}
                @cancelled=${this.onCancelled}
              ></waybill-question-edit>`
            : html`<div class="text" dir="auto">${message.text}</div>`
        }
        ${
          message.attachments.length === 0
            ? nothing
            : html`<div class="chips">
                ${message.attachments.map((attachment) => this.renderAttachment(attachment))}
              </div>`
        }
        ${this.renderMasked(message)}
      </article>
      ${
        this.isEdited
          ? nothing
          : html`<waybill-message-bar
              .message=${message}
              .isBusy=${this.isBusy}
              @edit-wanted=${this.onEdit}
            ></waybill-message-bar>`
      }`;
  }

  private readonly onEdit = (): void => {
    this.isEdited = true;
  };

  private readonly onEdited = (event: CustomEvent<string>): void => {
    if (this.message === undefined || this.isBusy) return;
    requestFromChat(this, { type: "edit-question", messageId: this.message.id, text: event.detail });
    this.leaveEdit();
  };

  private readonly onCancelled = (): void => this.leaveEdit();

  /** The field goes, so the focus moves on to the button that brought it. */
  private leaveEdit(): void {
    this.isEdited = false;
    void this.updateComplete.then(async () => {
      const bar = this.renderRoot.querySelector("waybill-message-bar");
      if (!(bar instanceof WaybillMessageBar)) return;
      await bar.updateComplete;
      bar.focusEdit();
    });
  }

  private renderMasked({ text, attachments }: UserMessageView) {
    const masked = describeMasked([text, ...attachments.map((each) => each.text)]);
    if (masked === undefined) return nothing;
    const meaning = "Placeholders stood for keys and passwords, which did not leave this machine";
    return html`<div class="masked" title=${meaning}>${masked}</div>`;
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
