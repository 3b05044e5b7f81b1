import { css, html, type PropertyDeclarations } from "lit";
import type { SpendViewState } from "../../protocol/spendMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { rowsLink } from "./rowsLink.ts";
import { spendStyles } from "./styles/spendStyles.ts";

type Figures = NonNullable<SpendViewState["report"]>["figures"];

/** The figures at a glance, each with how it came about. */
class WaybillFigures extends GuardedElement {
  static override properties: PropertyDeclarations = { figures: { attribute: false } };
  static override styles = [
    baseStyles,
    spendStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr));
        gap: 10px;
        margin: 0;
      }
      .figure {
        padding: 8px 12px;
        border: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
      }
      dt {
        color: var(--vscode-descriptionForeground);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      .value {
        font-size: 1.5em;
        font-variant-numeric: tabular-nums;
      }
      .how {
        color: var(--vscode-descriptionForeground);
        font-size: 0.9em;
      }
    `,
  ];

  declare figures: Figures;

  constructor() {
    super();
    this.figures = [];
  }

  protected override render() {
    return html`<dl>
      ${this.figures.map(
        ({ label, value, how, rows }) =>
          html`<div class="figure">
            <dt>${label}</dt>
            <dd class="value">${rowsLink(this, value, { of: label, rows })}</dd>
            <dd class="how">${how}</dd>
          </div>`,
      )}
    </dl>`;
  }
}

customElements.define("waybill-figures", WaybillFigures);
