import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { RowListView } from "../../protocol/spendMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { tableStyles } from "../shared/styles/tableStyles.ts";
import { rowsLink } from "./rowsLink.ts";
import { spendStyles } from "./styles/spendStyles.ts";

type Row = RowListView["rows"][number];

const COLUMNS = ["Time", "Model", "Task", "Surface", "Tokens", "Cost"] as const;

/** Requests as the ledger has them. */
class WaybillRowList extends GuardedElement {
  static override properties: PropertyDeclarations = {
    rows: { attribute: false },
    heading: { attribute: false },
    empty: { attribute: false },
    isLinked: { attribute: false },
  };
  static override styles = [
    baseStyles,
    tableStyles,
    spendStyles,
    css`
      h2:focus-visible {
        outline-offset: 2px;
      }
      p {
        margin: 0;
        color: var(--vscode-descriptionForeground);
      }
    `,
  ];

  declare rows: readonly Row[];
  declare heading: string;
  /** What is said in place of rows. */
  declare empty: string;
  /** The cost of each row shows it in the list of rows. */
  declare isLinked: boolean;

  constructor() {
    super();
    this.rows = [];
    this.heading = "";
    this.empty = "";
    this.isLinked = false;
  }

  /** Takes the person to the rows they asked for. */
  goThere(): void {
    const heading = this.renderRoot.querySelector("h2");
    heading?.scrollIntoView({ block: "start" });
    heading?.focus({ preventScroll: true });
  }

  protected override render() {
    if (this.rows.length === 0) {
      return html`<h2 id="title" tabindex="-1">${this.heading}</h2>
        <p>${this.empty}</p>`;
    }
    return html`<h2 id="title" tabindex="-1">${this.heading}</h2>
      <table role="table" aria-labelledby="title">
        <thead role="rowgroup">
          <tr role="row">
            ${COLUMNS.map(
              (name) => html`<th role="columnheader" scope="col" class=${name === "Cost" ? "number" : ""}>${name}</th>`,
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${this.rows.map((row) => this.renderRow(row))}
        </tbody>
      </table>`;
  }

  private renderRow(row: Row) {
    const { time, model, task, surface, tokens, cost, source, ending, verdict, rows } = row;
    return html`<tr role="row">
      <th role="rowheader" scope="row">${time}</th>
      ${[model, task, surface, tokens].map(
        (value, index) =>
          html`<td role="cell" dir="auto">
            <span class="caption" aria-hidden="true">${COLUMNS[index + 1]}</span>${value}
          </td>`,
      )}
      <td role="cell" class="number">
        <span class="caption" aria-hidden="true">Cost</span>${
          this.isLinked ? rowsLink(this, cost, { of: `${model}, ${time}`, rows }) : cost
        }
        <span class="id">${source}${ending === undefined ? nothing : html`, ${ending}`}</span>
        ${verdict === undefined ? nothing : html`<span class="id">${verdict}</span>`}
      </td>
    </tr>`;
  }
}

customElements.define("waybill-row-list", WaybillRowList);

declare global {
  interface HTMLElementTagNameMap {
    "waybill-row-list": WaybillRowList;
  }
}
