import { html, type PropertyDeclarations } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import { requestFromChat } from "./chatRequest.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import type { CodeClick } from "./markdown/codeBlocks.ts";
import type { MarkdownView } from "./markdown/markdownView.ts";
import type { FoundNames } from "./markdown/nameLinks.ts";
import { NamesWantedEvent } from "./nameRequests.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { codeBlockStyles } from "./styles/codeBlockStyles.ts";
import { codeStyles } from "./styles/codeStyles.ts";
import { hiddenSignStyles } from "./styles/hiddenSignStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import { linkStyles } from "./styles/linkStyles.ts";
import { markdownStyles } from "./styles/markdownStyles.ts";
import { ViewFailedEvent } from "../shared/viewFailure.ts";

/** A Markdown text that may still grow. Until the renderer has been loaded the text is shown as it is. */
class WaybillMarkdown extends GuardedElement {
  static override properties: PropertyDeclarations = {
    text: { attribute: false },
    isFinished: { attribute: false },
    messageId: { attribute: false },
  };
  static override styles = [
    baseStyles,
    iconStyles,
    linkStyles,
    markdownStyles,
    codeStyles,
    codeBlockStyles,
    hiddenSignStyles,
  ];

  declare text: string;
  declare isFinished: boolean;
  /** The answer that the text is of. */
  declare messageId: string | undefined;
  private readonly container = createRef<HTMLElement>();
  /** Missing until its chunk has been loaded. */
  private view: MarkdownView | undefined;

  constructor() {
    super();
    this.text = "";
    this.isFinished = false;
  }

  protected override firstUpdated(): void {
    this.loadView().catch((error: unknown) => this.dispatchEvent(new ViewFailedEvent(this.localName, error)));
  }

  protected override updated(): void {
    this.showText();
  }

  protected override render() {
    return html`<div class="markdown plain" dir="auto" ${ref(this.container)}></div>`;
  }

  private async loadView(): Promise<void> {
    // The first paint goes before the renderer.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const { MarkdownView } = await import("./markdown/markdownView.ts");
    const container = this.container.value;
    if (container === undefined) return;
    container.replaceChildren();
    container.classList.remove("plain");
    this.view = new MarkdownView(container, {
      openLink: (href) => requestFromChat(this, { type: "open-link", href }),
      openPath: (path) => requestFromChat(this, { type: "open-path", path }),
      openSymbol: (name) => requestFromChat(this, { type: "open-symbol", name }),
      useCode: (click) => this.useCode(click),
      findNames: (candidates, tell) => this.findNames(candidates, tell),
    });
    this.showText();
  }

  private useCode({ action, code, languageId }: CodeClick): void {
    const { messageId } = this;
    if (action === "copy") {
      requestFromChat(this, { type: "copy-text", text: code, ...(messageId === undefined ? {} : { messageId }) });
    } else if (messageId !== undefined) {
      requestFromChat(this, { type: "code-action", action, messageId, code, languageId });
    }
  }

  private findNames(candidates: readonly string[], tell: (found: FoundNames) => void): void {
    const { messageId } = this;
    if (messageId !== undefined) this.dispatchEvent(new NamesWantedEvent({ messageId, candidates, tell }));
  }

  private showText(): void {
    const container = this.container.value;
    if (container === undefined) return;
    if (this.view === undefined) container.textContent = this.text;
    else this.view.show(this.text, this.isFinished);
  }
}

customElements.define("waybill-markdown", WaybillMarkdown);
