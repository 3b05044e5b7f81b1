import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { RoutingRow, RoutingViewState, RuleCell, RuleName } from "../../protocol/routingMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { describeWritten } from "./announcement.ts";
import { requestFromRouting } from "./routingRequest.ts";
import { RULE_COLUMNS } from "./ruleColumns.ts";
import { fieldStyles } from "../shared/styles/fieldStyles.ts";
import { ruleTableStyles } from "./styles/ruleTableStyles.ts";
import { tableStyles } from "../shared/styles/tableStyles.ts";

/** One row a task: the models that would be asked, and the rules for it, each in a field of its own. */
class WaybillRuleTable extends GuardedElement {
  static override properties: PropertyDeclarations = {
    rows: { attribute: false },
    models: { attribute: false },
  };
  static override styles = [baseStyles, tableStyles, fieldStyles, ruleTableStyles];

  declare rows: readonly RoutingRow[];
  declare models: RoutingViewState["models"];

  constructor() {
    super();
    this.rows = [];
    this.models = [];
  }

  /** What is said of a change stands below its row, which may be below the edge. */
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get("rows");
    if (before === undefined) return;
    const told = this.rows.find((row) => {
      const old = before.find(({ scope }) => scope === row.scope);
      return row.refused?.sentence !== old?.refused?.sentence || row.written?.setting !== old?.written?.setting;
    });
    if (told === undefined) return;
    this.renderRoot.querySelector(`.message[data-below="${told.scope}"]`)?.scrollIntoView({ block: "nearest" });
  }

  protected override render() {
    return html`<table role="table">
        <caption class="visually-hidden">
          Models and rules by task
        </caption>
        <colgroup>
          <col class="task" />
          <col class="models" />
          <col class="models" />
          ${RULE_COLUMNS.map(({ width }) => html`<col class=${width} />`)}
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            ${["Task", "Model now", "Then, and instead", ...RULE_COLUMNS.map(({ heading }) => heading)].map(
              (name) => html`<th role="columnheader" scope="col">${name}</th>`,
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${repeat(
            this.rows,
            ({ scope }) => scope,
            (row) => this.renderRow(row),
          )}
        </tbody>
      </table>
      <datalist id="models">
        ${this.models.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
      </datalist>`;
  }

  private renderRow(row: RoutingRow) {
    return html`<tr role="row" data-scope=${row.scope}>
        <th role="rowheader" scope="row">${row.label}</th>
        ${renderNow(row)} ${renderThen(row)}
        ${RULE_COLUMNS.map(({ rule, heading }) => {
          const cell = row.cells[rule];
          return cell === undefined
            ? html`<td role="cell" class="none"><span class="visually-hidden">${heading} is not set here</span></td>`
            : html`<td role="cell">${this.renderField(row, rule, cell)}</td>`;
        })}
      </tr>
      ${this.renderRefused(row)} ${this.renderWritten(row)}`;
  }

  private renderField(row: RoutingRow, rule: RuleName, cell: RuleCell) {
    const { scope, label, refused } = row;
    const heading = RULE_COLUMNS.find((column) => column.rule === rule)?.heading ?? rule;
    const isRefused = refused?.rule === rule;
    const field = {
      id: `${scope}-${rule}`,
      label: `${heading} for ${label}`,
      value: isRefused ? refused.value : cell.value,
      describedBy: `${scope}-${rule}-note${isRefused ? ` ${scope}-refused` : ""}`,
      isRefused,
      change: ({ currentTarget: field }: Event): void => {
        if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
        requestFromRouting(this, { type: "change-rule", scope, rule, value: field.value });
      },
    };
    return html`<div class="field">
      <span class="caption" aria-hidden="true">${heading}</span>
      ${cell.choices === undefined ? renderInput(field, cell, rule) : renderSelect(field, cell, cell.choices)}
      <span class="note" id="${scope}-${rule}-note">${renderNote(cell)}</span>
    </div>`;
  }

  private renderRefused({ scope, refused }: RoutingRow) {
    if (refused === undefined) return nothing;
    return html`<tr role="row" class="message refused" data-below=${scope}>
      <td role="cell" colspan=${RULE_COLUMNS.length + 3} id="${scope}-refused">${refused.sentence}</td>
    </tr>`;
  }

  private renderWritten({ scope, label, written }: RoutingRow) {
    if (written === undefined) return nothing;
    const [place = "", ...setting] = describeWritten(written).split(": ");
    const { where } = written;
    return html`<tr role="row" class="message written" data-below=${scope}>
      <td role="cell" colspan=${RULE_COLUMNS.length + 3}>
        <div class="content">
          <span>${place}: <code>${setting.join(": ")}</code></span>
          <button
            type="button"
            class="link"
            aria-label="Revert the change for ${label}"
            @click=${() => this.revert(scope)}
          >
            Revert
          </button>
          <button type="button" class="link" @click=${() => requestFromRouting(this, { type: "open-settings", where })}>
            Open Settings
          </button>
        </div>
      </td>
    </tr>`;
  }

  /** The button goes away with what it reverts, so the focus goes to its row. */
  private revert(scope: RoutingRow["scope"]): void {
    requestFromRouting(this, { type: "revert", scope });
    this.renderRoot.querySelector<HTMLElement>(`[data-scope="${scope}"] .input`)?.focus();
  }
}

interface Field {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly describedBy: string;
  readonly isRefused: boolean;
  readonly change: (event: Event) => void;
}

function renderSelect(
  { id, label, value, describedBy, isRefused, change }: Field,
  cell: RuleCell,
  choices: readonly string[],
) {
  return html`<select
    class="input ${value === "" ? "inherits" : ""}"
    id=${id}
    aria-label=${label}
    aria-describedby=${describedBy}
    aria-invalid=${isRefused ? "true" : "false"}
    ?disabled=${cell.locked !== undefined}
    @change=${change}
  >
    <option value="" .selected=${value === ""}>${cell.inherited === "" ? "(not set)" : `(${cell.inherited})`}</option>
    ${choices.map((choice) => html`<option value=${choice} .selected=${choice === value}>${choice}</option>`)}
  </select>`;
}

function renderInput({ id, label, value, describedBy, isRefused, change }: Field, cell: RuleCell, rule: RuleName) {
  return html`<input
    class="input"
    type="text"
    spellcheck="false"
    autocomplete="off"
    id=${id}
    list=${rule === "pin" ? "models" : nothing}
    aria-label=${label}
    aria-describedby=${describedBy}
    aria-invalid=${isRefused ? "true" : "false"}
    placeholder=${cell.inherited === "" ? "none" : cell.inherited}
    ?disabled=${cell.locked !== undefined}
    .value=${value}
    @change=${change}
  />`;
}

function renderNote({ from, tightened, locked }: RuleCell) {
  if (locked !== undefined) return locked;
  return tightened === undefined ? from : html`<span class="tightened">${tightened}</span>`;
}

function renderNow({ route, sentence, scope }: RoutingRow) {
  if (sentence !== undefined) return html`<td role="cell" class="wide">${sentence}</td>`;
  const [first] = route?.ladder ?? [];
  if (first === undefined) return renderNoModel(scope);
  return html`<td role="cell" class="wide">
    <span class="line model" title=${first.modelId}>${first.name}</span>
    <span class="line">${first.cost}</span>
    <span class="line note">${first.evidence}</span>
  </td>`;
}

function renderNoModel(scope: RoutingRow["scope"]) {
  const text = scope === "all" ? "Holds for every task" : scope === "workspace" ? "Can only tighten yours" : "";
  return html`<td role="cell" class="wide note">${text}</td>`;
}

function renderThen({ route }: RoutingRow) {
  if (route === undefined) return html`<td role="cell" class="none"></td>`;
  const [, ...stronger] = route.ladder;
  const standIns = route.standIns.map(({ name }) => name).join(", ");
  return html`<td role="cell" class="wide">
    ${stronger.map(
      ({ name, cost, modelId }) =>
        html`<span class="line" title=${modelId}>Then ${name} <span class="note">${cost.split(",")[0]}</span></span>`,
    )}
    <span class="line note">
      ${standIns === "" ? "Nobody stands in." : `If it fails: ${standIns}.`} ${route.others} more could take it.
    </span>
  </td>`;
}

customElements.define("waybill-rule-table", WaybillRuleTable);
