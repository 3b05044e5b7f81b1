import { html, type PropertyDeclarations } from "lit";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";

const COPIED_MS = 1500;

/** Copies a whole answer as the Markdown it was written in. */
class WaybillAnswerCopy extends GuardedElement {
  static override properties: PropertyDeclarations = {
    text: { attribute: false },
    messageId: { attribute: false },
    isCopied: { state: true },
  };
  static override styles = [baseStyles, iconStyles];

  declare text: string;
  declare messageId: string | undefined;
  /** For a moment after the click. */
  declare private isCopied: boolean;

  constructor() {
    super();
    this.text = "";
    this.isCopied = false;
  }

  protected override render() {
    const label = this.isCopied ? "Copied" : "Copy Answer";
    const icon = this.isCopied ? "icon-check" : "icon-copy";
    return html`<button
      type="button"
      class="icon-button icon ${icon}"
      aria-label=${label}
      title=${label}
      @click=${this.onCopy}
    ></button>`;
  }

  private readonly onCopy = (): void => {
    const { text, messageId } = this;
    requestFromChat(this, { type: "copy-text", text, ...(messageId === undefined ? {} : { messageId }) });
    this.isCopied = true;
    setTimeout(() => {
      this.isCopied = false;
    }, COPIED_MS);
  };
}

customElements.define("waybill-answer-copy", WaybillAnswerCopy);
