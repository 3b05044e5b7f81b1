import { css, html, type PropertyDeclarations } from "lit";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import { createRef, ref } from "lit/directives/ref.js";
import { GuardedElement } from "../shared/guardedElement.ts";
import { isOfInputMethod } from "../shared/isOfInputMethod.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";

/** Says `edited` with the new text, or `cancelled`. */
class WaybillQuestionEdit extends GuardedElement {
  static override properties: PropertyDeclarations = { text: { attribute: false } };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: grid;
        gap: 6px;
      }
      textarea {
        width: 100%;
        min-height: 60px;
        max-height: 300px;
        field-sizing: content;
        padding: 6px 8px;
        resize: none;
        font: inherit;
        color: var(--vscode-input-foreground);
        background: var(--vscode-input-background);
        border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        unicode-bidi: plaintext;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        justify-content: flex-end;
      }
    `,
  ];

  /** The text as it was asked. */
  declare text: string;
  private readonly textarea = createRef<HTMLTextAreaElement>();

  constructor() {
    super();
    this.text = "";
  }

  protected override firstUpdated(): void {
    const textarea = this.textarea.value;
    textarea?.focus();
    textarea?.setSelectionRange(textarea.value.length, textarea.value.length);
  }

  protected override render() {
    return html`<textarea
        ${ref(this.textarea)}
        dir="auto"
        aria-label="New wording"
        .value=${this.text}
        @keydown=${this.onKeyDown}
      ></textarea>
      <div class="buttons">
        <vscode-button @click=${this.onSend}>Ask</vscode-button>
        <vscode-button secondary @click=${this.onCancel}>Cancel</vscode-button>
      </div>`;
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    // Keys of a composition belong to the input method.
    if (isOfInputMethod(event)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      this.onCancel();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.onSend();
    }
  };

  private readonly onSend = (): void => {
    const text = this.textarea.value?.value ?? "";
    if (text.trim() !== "") this.dispatchEvent(new CustomEvent("edited", { detail: text }));
  };

  private readonly onCancel = (): void => {
    this.dispatchEvent(new Event("cancelled"));
  };
}

customElements.define("waybill-question-edit", WaybillQuestionEdit);
