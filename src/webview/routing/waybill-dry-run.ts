import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import { createRef, ref } from "lit/directives/ref.js";
import type { RouteTable } from "../../protocol/routingMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { isOfInputMethod } from "../shared/isOfInputMethod.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { requestFromRouting } from "./routingRequest.ts";
import { fieldStyles } from "../shared/styles/fieldStyles.ts";
import "./waybill-route-table.ts";

/** A text, and the whole decision about it. */
class WaybillDryRun extends GuardedElement {
  static override properties: PropertyDeclarations = {
    text: { attribute: false },
    isTrying: { attribute: false },
    selection: { attribute: false },
    table: { attribute: false },
  };
  static override styles = [
    baseStyles,
    fieldStyles,
    css`
      section {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 8px;
      }
      h2 {
        margin: 8px 0 0;
        font-size: 1.2em;
        font-weight: 500;
      }
      textarea {
        max-width: 800px;
        min-height: 48px;
        resize: vertical;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 12px;
      }
    `,
  ];

  declare text: string;
  declare isTrying: boolean;
  declare selection: string | undefined;
  declare table: RouteTable | undefined;
  private readonly textarea = createRef<HTMLTextAreaElement>();

  constructor() {
    super();
    this.text = "";
    this.isTrying = false;
  }

  /** The decision stands below the edge more often than not. Its table is drawn after this, and before the next frame. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.get("isTrying") !== true || this.isTrying) return;
    requestAnimationFrame(() => this.scrollIntoView({ block: "start" }));
  }

  protected override render() {
    const { text, isTrying, selection, table } = this;
    const what = selection === undefined ? "No code is selected." : `With the selected code, ${selection}.`;
    return html`<section aria-labelledby="title">
      <h2 id="title">What would you pick?</h2>
      <label for="text">A question. It is routed as the chat would, and not sent.</label>
      <textarea
        id="text"
        class="input"
        rows="2"
        dir="auto"
        placeholder="Explain what this function does"
        .value=${text}
        @keydown=${this.onKeyDown}
        @change=${this.keepText}
        ${ref(this.textarea)}
      ></textarea>
      <div class="actions">
        <vscode-button @click=${this.tryText}>Show What Would Be Asked</vscode-button>
        <span class="note">${isTrying ? "Choosing…" : what}</span>
      </div>
      ${table === undefined ? nothing : html`<waybill-route-table .table=${table}></waybill-route-table>`}
    </section>`;
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    // Enter that ends a composition belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || isOfInputMethod(event)) return;
    event.preventDefault();
    this.tryText();
  };

  private readonly keepText = (): void => {
    requestFromRouting(this, { type: "keep-text", text: this.textarea.value?.value ?? "" });
  };

  private readonly tryText = (): void => {
    const text = this.textarea.value?.value ?? "";
    if (text.trim() === "") this.textarea.value?.focus();
    else requestFromRouting(this, { type: "dry-run", text });
  };
}

customElements.define("waybill-dry-run", WaybillDryRun);
