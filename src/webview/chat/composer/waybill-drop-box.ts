import { css, html, type PropertyDeclarations, type PropertyValues } from "lit";
import { GuardedElement } from "../../shared/guardedElement.ts";
import { baseStyles } from "../../shared/styles/baseStyles.ts";
import { requestFromChat } from "../chatRequest.ts";
import { watchDrops } from "./dropTarget.ts";
import { imageProblem, readImage } from "./readImage.ts";
import "./waybill-composer-line.ts";

/** The composer's box. It takes files that are dropped on the page and images that are pasted, and tells what it could not take. */
class WaybillDropBox extends GuardedElement {
  static override properties: PropertyDeclarations = {
    notice: { attribute: false },
    shownNotice: { state: true },
    isDragging: { state: true },
  };
  static override styles = [
    baseStyles,
    css`
      .box {
        position: relative;
        max-width: 876px;
        margin: 0 auto;
        border: 1px solid
          var(--vscode-input-border, var(--vscode-contrastBorder, var(--vscode-widget-border, transparent)));
        border-radius: 6px;
        background: var(--vscode-input-background);
      }
      .box:focus-within {
        border-color: var(--vscode-focusBorder);
      }
      .drop {
        position: absolute;
        inset: -1px;
        z-index: 3;
        display: none;
        align-items: center;
        justify-content: center;
        padding: 4px;
        border: 2px dashed var(--vscode-focusBorder);
        border-radius: 6px;
        background: color-mix(in srgb, var(--vscode-input-background) 80%, transparent);
        background-color: var(--vscode-editor-dropIntoPromptBackground, var(--vscode-input-background));
        color: var(--vscode-editor-dropIntoPromptForeground, var(--vscode-foreground));
        text-align: center;
        pointer-events: none;
      }
      .dragging .drop {
        display: flex;
      }
    `,
  ];

  /** The host's word of what could not be attached. */
  declare notice: string | undefined;
  /** The last word, of the host or of the page. */
  declare private shownNotice: string | undefined;
  /** Something that can be attached is held over the page. */
  declare private isDragging: boolean;
  /** Undoes `connectedCallback`. */
  private lifetime = new AbortController();

  constructor() {
    super();
    this.isDragging = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.lifetime = new AbortController();
    const ports = {
      noteDragging: (isDragging: boolean) => void (this.isDragging = isDragging),
      takeUris: (uris: readonly string[]) => requestFromChat(this, { type: "drop-files", uris }),
      takeFiles: (files: readonly File[]) => void this.attachImages(files),
      tell: (sentence: string) => void (this.shownNotice = sentence),
    };
    watchDrops(window, ports, this.lifetime.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.lifetime.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("notice")) this.shownNotice = this.notice;
  }

  protected override render() {
    return html`<div class="box ${this.isDragging ? "dragging" : ""}" @paste=${this.onPaste}>
      <waybill-composer-line
        .kind=${"notice"}
        .text=${this.shownNotice}
        @dismissed=${this.onDismissed}
      ></waybill-composer-line>
      <slot></slot>
      <div class="drop" aria-hidden="true">Drop to send along with the question</div>
    </div>`;
  }

  /** Text that comes with its picture, as office programs copy it, stays text. */
  private readonly onPaste = (event: ClipboardEvent): void => {
    const data = event.clipboardData;
    if (data === null || data.files.length === 0 || data.types.includes("text/plain")) return;
    event.preventDefault();
    void this.attachImages([...data.files]);
  };

  private async attachImages(files: readonly File[]): Promise<void> {
    this.shownNotice = files.map(imageProblem).find((sentence) => sentence !== undefined);
    for (const file of files.filter((candidate) => imageProblem(candidate) === undefined)) {
      // One after the other: each is held as text of a third more than its size.
      // oxlint-disable-next-line no-await-in-loop
      await this.attachImage(file);
    }
  }

  private async attachImage(file: File): Promise<void> {
    try {
      const message = await readImage(file);
      if (message !== undefined) requestFromChat(this, message);
    } catch {
      this.shownNotice = `${file.name} could not be read, so it was not attached; nothing was sent. Try it again.`;
    }
  }

  private readonly onDismissed = (): void => {
    this.shownNotice = undefined;
    this.dispatchEvent(new Event("notice-dismissed"));
  };
}

customElements.define("waybill-drop-box", WaybillDropBox);
