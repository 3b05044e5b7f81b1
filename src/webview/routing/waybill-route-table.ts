import { css, html, nothing, type PropertyDeclarations } from "lit";
import type { RouteTable } from "../../protocol/routingMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { tableStyles } from "../shared/styles/tableStyles.ts";

/** One whole decision: who is asked, who after that, who else could be, who is ruled out, and why. */
class WaybillRouteTable extends GuardedElement {
  static override properties: PropertyDeclarations = { table: { attribute: false } };
  static override styles = [
    baseStyles,
    tableStyles,
    css`
      :host {
        container-type: inline-size;
      }
      h2,
      h3 {
        margin: 8px 0 2px;
        font-size: 1em;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      p {
        margin: 0 0 6px;
        overflow-wrap: anywhere;
      }
      ul,
      ol {
        margin: 0;
        padding-inline-start: 20px;
      }
      .lists {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
        gap: 4px 32px;
        margin-bottom: 12px;
      }
      @container (width < 620px) {
        thead {
          display: none;
        }
        table,
        tbody,
        tr,
        td,
        th {
          display: block;
        }
        tr {
          padding: 6px 0;
        }
        td,
        tbody th {
          padding: 0 6px;
          border: 0;
        }
      }
    `,
  ];

  declare table: RouteTable | undefined;

  protected override render() {
    const { table } = this;
    if (table === undefined) return nothing;
    return html`<h2 dir="auto">${table.title}</h2>
      <p>Task: ${table.task}.</p>
      ${table.sentence === undefined ? nothing : html`<p role="note">${table.sentence}</p>`}
      <div class="lists">${renderReasons(table)} ${renderExcluded(table)}</div>
      ${table.ladder.length + table.others.length === 0 ? nothing : renderModels(table)}`;
  }
}

function renderModels({ ladder, standIns, others, leftOut }: RouteTable) {
  return html`<table role="table">
      <caption class="visually-hidden">
        Models for this request
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${["Model", "When", "Cost (at most: what is reserved)", "Quality"].map(
            (name) => html`<th role="columnheader" scope="col">${name}</th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${ladder.map((choice, rung) => renderChoice(choice, rung === 0 ? "asked first" : "if that answer does not do"))}
        ${standIns.map((choice) => renderChoice(choice, "if the service fails"))}
        ${others.map((choice) => renderChoice(choice, "could take it, too"))}
      </tbody>
    </table>
    ${leftOut === 0 ? nothing : html`<p class="note">And ${leftOut} more.</p>`}`;
}

function renderChoice({ name, modelId, cost, evidence }: RouteTable["ladder"][number], when: string) {
  return html`<tr role="row" class=${when === "asked first" ? "first" : ""}>
    <th role="rowheader" scope="row">${name} <span class="id">${modelId}</span></th>
    <td role="cell">${when}</td>
    <td role="cell" class="number">${cost}</td>
    <td role="cell" class="number">${evidence}</td>
  </tr>`;
}

function renderReasons({ reasons }: RouteTable) {
  if (reasons.length === 0) return nothing;
  return html`<div>
    <h3>Why</h3>
    <ol>
      ${reasons.map((reason) => html`<li dir="auto">${reason}</li>`)}
    </ol>
  </div>`;
}

function renderExcluded({ excluded }: RouteTable) {
  if (excluded.length === 0) return nothing;
  return html`<div>
    <h3>Ruled out</h3>
    <ul>
      ${excluded.map(({ rule, count }) => html`<li>${count} ${rule}</li>`)}
    </ul>
  </div>`;
}

customElements.define("waybill-route-table", WaybillRouteTable);
