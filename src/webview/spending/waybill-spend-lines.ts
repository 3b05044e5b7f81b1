import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { SpendViewState } from "../../protocol/spendMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { tableStyles } from "../shared/styles/tableStyles.ts";
import { rowsLink } from "./rowsLink.ts";
import { spendStyles } from "./styles/spendStyles.ts";

type Lines = NonNullable<SpendViewState["report"]>["lines"];

/** Spending broken down: a line a value, with its share as a bar. */
class WaybillSpendLines extends GuardedElement {
  static override properties: PropertyDeclarations = {
    lines: { attribute: false },
    heading: { attribute: false },
    first: { attribute: false },
    isShort: { attribute: false },
  };
  static override styles = [
    baseStyles,
    tableStyles,
    spendStyles,
    css`
      .bar {
        display: block;
        height: 4px;
        margin-top: 3px;
      }
      .fill {
        fill: var(--vscode-charts-blue);
      }
    `,
  ];

  declare lines: Lines;
  declare heading: string;
  /** The heading of the first column. */
  declare first: string;
  /** Without the columns that only sums of turns have. */
  declare isShort: boolean;

  constructor() {
    super();
    this.lines = [];
    this.heading = "";
    this.first = "";
    this.isShort = false;
  }

  protected override render() {
    const numbers = ["Cost", "Share", "Requests", ...(this.isShort ? [] : ["Tokens", "Accepted"])];
    return html`<h2 id="title">${this.heading}</h2>
      <table role="table" aria-labelledby="title">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">${this.first}</th>
            ${numbers.map((name) => html`<th role="columnheader" scope="col" class="number">${name}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${this.lines.map((line) => this.renderLine(line))}
        </tbody>
      </table>`;
  }

  private renderLine({ name, title, cost, share, shareText, requests, tokens, accepted, rows }: Lines[number]) {
    const numbers = [
      ["Share", shareText],
      ["Requests", requests],
      ...(this.isShort
        ? []
        : [
            ["Tokens", tokens],
            ["Accepted", accepted],
          ]),
    ];
    return html`<tr role="row">
      <th role="rowheader" scope="row" dir="auto" title=${title ?? nothing}>
        ${name}
        <svg class="bar" width="100%" height="4" aria-hidden="true">
          <rect class="fill" height="4" width=${`${Math.max(share * 100, share > 0 ? 0.5 : 0)}%`}></rect>
        </svg>
      </th>
      <td role="cell" class="number">
        <span class="caption" aria-hidden="true">Cost</span>${rowsLink(this, cost, { of: name, rows })}
      </td>
      ${numbers.map(
        ([caption, value]) =>
          html`<td role="cell" class="number"><span class="caption" aria-hidden="true">${caption}</span>${value}</td>`,
      )}
    </tr>`;
  }
}

customElements.define("waybill-spend-lines", WaybillSpendLines);
