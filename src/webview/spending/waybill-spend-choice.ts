import { css, html, nothing, type PropertyDeclarations } from "lit";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import type { SpendViewState } from "../../protocol/spendMessages.ts";
import { PERIOD_CHOICES, periodOf } from "../../protocol/spendChoices.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { fieldStyles } from "../shared/styles/fieldStyles.ts";
import { requestFromSpending } from "./spendRequest.ts";

/** Which days are looked at, and what can be done with them. */
class WaybillSpendChoice extends GuardedElement {
  static override properties: PropertyDeclarations = {
    period: { attribute: false },
    range: { attribute: false },
  };
  static override styles = [
    baseStyles,
    fieldStyles,
    css`
      .choices {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 8px 12px;
      }
      label {
        display: grid;
        gap: 2px;
        color: var(--vscode-descriptionForeground);
        font-size: 0.9em;
      }
      .input {
        width: auto;
        min-height: 26px;
        font-size: var(--vscode-font-size, 13px);
        color-scheme: light dark;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-inline-start: auto;
      }
    `,
  ];

  declare period: SpendViewState["period"];
  declare range: SpendViewState["range"];

  constructor() {
    super();
    this.period = "month";
    this.range = { firstDay: "", lastDay: "" };
  }

  protected override render() {
    return html`<div class="choices">
      <label
        >Period
        <select class="input" @change=${this.onPeriod}>
          ${PERIOD_CHOICES.map(
            ({ period, label }) => html`<option value=${period} ?selected=${period === this.period}>${label}</option>`,
          )}
        </select>
      </label>
      ${this.period === "custom" ? this.renderDays() : nothing}
      <div class="actions">
        <vscode-button secondary @click=${() => requestFromSpending(this, { type: "export", format: "csv" })}>
          Export CSV
        </vscode-button>
        <vscode-button secondary @click=${() => requestFromSpending(this, { type: "export", format: "json" })}>
          Export JSON
        </vscode-button>
        <vscode-button secondary @click=${() => requestFromSpending(this, { type: "forget" })}>
          Delete or Anonymise…
        </vscode-button>
      </div>
    </div>`;
  }

  private renderDays() {
    const { firstDay, lastDay } = this.range;
    return html`<label
        >First day (UTC)
        <input class="input" type="date" .value=${firstDay} @change=${this.onDays} />
      </label>
      <label
        >Last day (UTC)
        <input class="input" type="date" .value=${lastDay} @change=${this.onDays} />
      </label>`;
  }

  private readonly onPeriod = (event: Event): void => {
    const period = event.target instanceof HTMLSelectElement ? periodOf(event.target.value) : undefined;
    if (period === "custom") requestFromSpending(this, { type: "choose-days", ...this.range });
    else if (period !== undefined) requestFromSpending(this, { type: "choose-period", period });
  };

  /** An unfinished day is empty. */
  private readonly onDays = (): void => {
    const [firstDay = "", lastDay = ""] = [
      ...this.renderRoot.querySelectorAll<HTMLInputElement>("input[type=date]"),
    ].map(({ value }) => value);
    if (firstDay !== "" && lastDay !== "") requestFromSpending(this, { type: "choose-days", firstDay, lastDay });
  };
}

customElements.define("waybill-spend-choice", WaybillSpendChoice);
