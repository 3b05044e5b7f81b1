import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { AnswerView, MessageView } from "../../protocol/chatMessages.ts";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";

interface BarButton {
  readonly icon: string;
  readonly label: string;
  /** There is nothing further that way. */
  readonly isAtEnd?: boolean;
}

/** What can be done with a message, and the walker between its versions. Nothing of it while an answer is under way. */
export class WaybillMessageBar extends GuardedElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
    isBusy: { attribute: false },
  };
  static override styles = [
    baseStyles,
    iconStyles,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        min-height: 22px;
        color: var(--vscode-descriptionForeground);
      }
      .walker {
        display: inline-flex;
        align-items: center;
        font-variant-numeric: tabular-nums;
      }
      .actions {
        display: inline-flex;
        opacity: var(--waybill-bar-opacity, 0);
      }
      :host(:focus-within) .actions,
      :host(:hover) .actions {
        opacity: 1;
      }
      [aria-disabled="true"] {
        color: var(--vscode-disabledForeground);
        cursor: default;
      }
      :host-context(.vscode-high-contrast) .actions {
        opacity: 1;
      }
      @media (hover: none) {
        .actions {
          opacity: 1;
        }
      }
    `,
  ];

  declare message: MessageView | undefined;
  declare isBusy: boolean;

  constructor() {
    super();
    this.isBusy = false;
  }

  /** For when the person comes back from wording a question anew. */
  focusEdit(): void {
    const button = this.renderRoot.querySelector(".icon-rename");
    if (button instanceof HTMLElement) button.focus();
  }

  protected override render() {
    const { message } = this;
    if (message === undefined) return nothing;
    return html`${this.renderWalker(message)}
      <span class="actions">
        ${message.role === "user" ? this.renderOfQuestion() : this.renderOfAnswer(message)}
        ${this.renderDelete(message)}
      </span>`;
  }

  private renderWalker({ role, siblings }: MessageView) {
    if (siblings === undefined) return nothing;
    const { index, count } = siblings;
    const what = role === "user" ? "Question" : "Answer";
    const back = { icon: "chevron-left", label: `Previous ${what.toLowerCase()}`, isAtEnd: index === 1 };
    const on = { icon: "chevron-right", label: `Next ${what.toLowerCase()}`, isAtEnd: index === count };
    return html`<span class="walker" role="group" aria-label="${what} ${index} of ${count}">
      ${this.renderButton(back, () => this.walk(-1))}
      <span aria-hidden="true">${index}/${count}</span>
      ${this.renderButton(on, () => this.walk(1))}
    </span>`;
  }

  private renderOfQuestion() {
    return this.renderButton({ icon: "rename", label: "Edit and ask again" }, () =>
      this.dispatchEvent(new Event("edit-wanted")),
    );
  }

  private renderOfAnswer({ id: messageId, compared }: AnswerView) {
    const again = (how: "same" | "choose") => () => requestFromChat(this, { type: "regenerate", messageId, how });
    const besides = () => requestFromChat(this, { type: "show-comparison", messageId });
    return [
      compared === undefined
        ? nothing
        : this.renderButton({ icon: "split-horizontal", label: "Show the answers side by side" }, besides),
      this.renderButton({ icon: "refresh", label: "Answer again" }, again("same")),
      this.renderButton({ icon: "arrow-swap", label: "Answer again with another model…" }, again("choose")),
    ];
  }

  private renderDelete({ id, role }: MessageView) {
    const label = role === "user" ? "Delete this question" : "Delete this answer";
    return this.renderButton({ icon: "trash", label }, () =>
      requestFromChat(this, { type: "delete-message", messageId: id }),
    );
  }

  /** Not `disabled`, which would drop the keyboard focus while an answer is under way. */
  private renderButton({ icon, label, isAtEnd = false }: BarButton, act: () => void) {
    const isOff = this.isBusy || isAtEnd;
    return html`<button
      type="button"
      class="icon-button icon icon-${icon}"
      aria-label=${label}
      title=${label}
      aria-disabled=${isOff ? "true" : "false"}
      @click=${() => {
        if (!isOff) act();
      }}
    ></button>`;
  }

  private walk(offset: -1 | 1): void {
    if (this.message !== undefined) {
      requestFromChat(this, { type: "show-sibling", messageId: this.message.id, offset });
    }
  }
}

customElements.define("waybill-message-bar", WaybillMessageBar);
