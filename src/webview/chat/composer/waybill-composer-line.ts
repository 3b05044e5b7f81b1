import { css, html, nothing, type PropertyDeclarations } from "lit";
import { GuardedElement } from "../../shared/guardedElement.ts";
import { baseStyles } from "../../shared/styles/baseStyles.ts";
import { iconStyles } from "../../shared/styles/iconStyles.ts";

/** A line above the field: the question that comes next, or what could not be attached. Fires `dismissed`. */
class WaybillComposerLine extends GuardedElement {
  static override properties: PropertyDeclarations = {
    kind: { attribute: false },
    text: { attribute: false },
  };
  static override styles = [
    baseStyles,
    iconStyles,
    css`
      .line {
        display: flex;
        align-items: flex-start;
        gap: 4px;
        padding: 5px 6px 3px 10px;
        border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
      }
      .text {
        flex: 1;
        min-width: 0;
        padding-top: 1px;
        overflow-wrap: anywhere;
      }
      .next .text {
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
        white-space: pre-line;
      }
      .what {
        color: var(--vscode-descriptionForeground);
      }
      /* A long notice must not push the field out of a low view. */
      .notice .text {
        max-height: 20vh;
        overflow-y: auto;
      }
      .notice.icon::before {
        margin-top: 2px;
        color: var(--vscode-editorWarning-foreground);
      }
    `,
  ];

  declare kind: "next" | "notice";
  declare text: string | undefined;

  constructor() {
    super();
    this.kind = "notice";
  }

  protected override render() {
    const { text } = this;
    // The live region is there before its text, so that screen readers tell it.
    return html`<div role="status">${text === undefined ? nothing : this.renderLine(text)}</div>`;
  }

  private renderLine(text: string) {
    if (this.kind === "notice") {
      return html`<div class="line notice icon icon-warning">
        <span class="text" dir="auto" tabindex="0">${text}</span>${this.renderDismiss("close", "Dismiss")}
      </div>`;
    }
    return html`<div class="line next">
      <span class="text" dir="auto" title=${text}><span class="what">Next:</span> ${text}</span>
      ${this.renderDismiss("edit", "Take the next question back to edit it")}
    </div>`;
  }

  private renderDismiss(icon: string, label: string) {
    return html`<button
      type="button"
      class="icon-button icon icon-${icon}"
      aria-label=${label}
      title=${label}
      @click=${() => this.dispatchEvent(new Event("dismissed"))}
    ></button>`;
  }
}

customElements.define("waybill-composer-line", WaybillComposerLine);
