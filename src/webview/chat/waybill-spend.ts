import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { SpendView } from "../../protocol/chatMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { meterStyles } from "./styles/meterStyles.ts";

/** Today's spend in a line with a thin bar; it unfolds to one line per limit. */
class WaybillSpend extends GuardedElement {
  static override properties: PropertyDeclarations = { spend: { attribute: false } };
  static override styles = [
    baseStyles,
    meterStyles,
    css`
      :host {
        font-size: 0.9em;
        color: var(--vscode-descriptionForeground);
      }
      .line {
        display: inline-flex;
        flex-direction: column;
        gap: 2px;
        max-width: 100%;
        padding: 1px 5px;
        border-radius: 4px;
      }
      summary:hover {
        color: var(--vscode-foreground);
        background: var(--vscode-toolbar-hoverBackground);
      }
      .text {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
      /* Above the row that it stands in, and never wider than that. */
      .limits {
        position: absolute;
        bottom: 100%;
        inset-inline: 4px;
        z-index: 1;
        width: fit-content;
        margin: 0 0 6px;
        padding: 6px 10px;
        list-style: none;
        border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 5px;
        background: var(--vscode-editorHoverWidget-background);
        color: var(--vscode-editorHoverWidget-foreground);
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
      }
    `,
  ];

  declare spend: SpendView | undefined;

  protected override render() {
    const { spend } = this;
    if (spend === undefined) return nothing;
    if (spend.lines.length === 0) return html`<div class="line">${renderLine(spend)}</div>`;
    return html`<details @focusout=${closeDetails}>
      <summary class="line">${renderLine(spend)}</summary>
      <ul class="limits">
        ${spend.lines.map((line) => html`<li>${line}</li>`)}
      </ul>
    </details>`;
  }
}

function closeDetails(event: FocusEvent): void {
  if (event.currentTarget instanceof HTMLDetailsElement) event.currentTarget.open = false;
}

function renderLine({ text, share }: SpendView) {
  return html`<span class="text">${text}</span> ${
      share === undefined
        ? nothing
        : html`<meter
            aria-label="Share of the tightest limit that is used"
            min="0"
            max="1"
            low="0.75"
            high="0.9"
            optimum="0"
            .value=${Math.min(1, Math.max(0, share))}
          ></meter>`
    }`;
}

customElements.define("waybill-spend", WaybillSpend);
