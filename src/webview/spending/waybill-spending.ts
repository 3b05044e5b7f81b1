import { html, nothing, type PropertyDeclarations } from "lit";
import "@vscode-elements/elements/dist/vscode-button/vscode-button.js";
import type { FromSpendView, SpendViewState, ToSpendView } from "../../protocol/spendMessages.ts";
import { DIMENSION_CHOICES, dimensionOf } from "../../protocol/spendChoices.ts";
import { bannerStyles } from "../shared/styles/bannerStyles.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import { tabStyles } from "../shared/styles/tabStyles.ts";
import { TabElement } from "../shared/tabElement.ts";
import { fieldStyles } from "../shared/styles/fieldStyles.ts";
import { afterPaint } from "./afterPaint.ts";
import { announcementFor } from "./announcement.ts";
import { SpendRequestEvent, requestFromSpending } from "./spendRequest.ts";
import { spendingStyles } from "./styles/spendingStyles.ts";
import "./waybill-figures.ts";
import "./waybill-row-list.ts";
import "./waybill-spend-chart.ts";
import "./waybill-spend-choice.ts";
import "./waybill-spend-lines.ts";

type Report = NonNullable<SpendViewState["report"]>;

/** The whole view of spending: joins host, state and parts. */
class WaybillSpending extends TabElement<FromSpendView> {
  static override properties: PropertyDeclarations = {
    host: { state: true },
    announcement: { state: true },
    isFirstPainted: { state: true },
  };
  static override styles = [baseStyles, iconStyles, bannerStyles, fieldStyles, tabStyles, spendingStyles];

  /** Missing until the first snapshot. */
  declare private host: SpendViewState | undefined;
  declare private announcement: string;
  /** The figures are on the screen; what stands below them would hold them up. */
  declare private isFirstPainted: boolean;
  protected readonly requestType = SpendRequestEvent.type;

  constructor() {
    super();
    this.host = undefined;
    this.announcement = "";
    this.isFirstPainted = false;
  }

  protected override updated(): void {
    if (this.isFirstPainted || this.host === undefined) return;
    void afterPaint().then(() => (this.isFirstPainted = true));
  }

  protected override render() {
    const { host } = this;
    return html`<main>
      <div class="visually-hidden" role="status" aria-live="polite">${this.announcement}</div>
      ${this.hasFailed ? renderBanner("error", VIEW_FAILED) : nothing}
      ${host === undefined ? nothing : this.renderHost(host)}
    </main>`;
  }

  private renderHost(host: SpendViewState) {
    return html`<h1>Spend</h1>
      ${host.problem === undefined ? nothing : this.renderProblem(host.problem)}
      ${host.isEmpty ? this.renderEmpty() : this.renderKnown(host)}`;
  }

  private renderEmpty() {
    return html`<p>
        Nothing was spent yet. Every request that you send through Waybill is written down with its cost, and shows up
        here: by day, model, task, provider, workspace and key.
      </p>
      <div class="buttons">
        <vscode-button @click=${() => requestFromSpending(this, { type: "open-chat" })}>Open Chat</vscode-button>
      </div>`;
  }

  private renderKnown(host: SpendViewState) {
    const { report, period, range, note } = host;
    return html`<waybill-spend-choice .period=${period} .range=${range}></waybill-spend-choice>
      ${note === undefined ? nothing : renderBanner("info", note)}
      ${report === undefined ? nothing : this.renderReport(host, report)}`;
  }

  private renderReport(host: SpendViewState, report: Report) {
    return html`<p>${report.rangeText}</p>
      ${report.notices.map((notice) => renderBanner("warning", notice))}
      <waybill-figures .figures=${report.figures}></waybill-figures>
      ${this.isFirstPainted ? this.renderBelowFigures(host, report) : nothing}`;
  }

  private renderBelowFigures({ dimension, list }: SpendViewState, report: Report) {
    const label = DIMENSION_CHOICES.find((choice) => choice.dimension === dimension)?.label ?? "";
    return html`${
      report.lines.length === 0
        ? html`<p>Nothing was sent in this period. Choose another one above.</p>`
        : html`<label class="dimension"
              >Break down by
              <select class="input" @change=${this.onDimension}>
                ${DIMENSION_CHOICES.map(
                  (choice) =>
                    html`<option value=${choice.dimension} ?selected=${choice.dimension === dimension}>
                      ${choice.label}
                    </option>`,
                )}
              </select>
            </label>
            <waybill-spend-chart .chart=${report.chart}></waybill-spend-chart>
            <waybill-spend-lines
              .lines=${report.lines}
              .heading=${`By ${dimension}`}
              .first=${label}
            ></waybill-spend-lines>
            ${this.renderFromRows(report)}`
    }
    ${list === undefined ? nothing : this.renderList(list)}`;
  }

  /** What is counted after the sums. */
  private renderFromRows({ certainty, dearest }: Report) {
    if (certainty === undefined || dearest === undefined) return html`<p>Reading the rows…</p>`;
    return html`<waybill-spend-lines
        .lines=${certainty}
        .heading=${"How certain the costs are"}
        .first=${"Source"}
        .isShort=${true}
      ></waybill-spend-lines>
      <waybill-row-list
        .rows=${dearest}
        .heading=${"Dearest requests"}
        .empty=${"None of this period has a row."}
        .isLinked=${true}
      ></waybill-row-list>`;
  }

  private renderList({ title, rows, page, hasMore }: NonNullable<SpendViewState["list"]>) {
    const turn = (to: "next" | "previous") => requestFromSpending(this, { type: "turn-page", to });
    return html`<waybill-row-list
        id="rows"
        .rows=${rows}
        .heading=${title}
        .empty=${"No rows. Deleted rows leave their sums behind."}
      ></waybill-row-list>
      ${
        page === 1 && !hasMore
          ? nothing
          : html`<nav class="buttons" aria-label="Pages of rows">
              <vscode-button secondary ?disabled=${page === 1} @click=${() => turn("previous")}>Newer</vscode-button>
              <span>Page ${page}</span>
              <vscode-button secondary ?disabled=${!hasMore} @click=${() => turn("next")}>Older</vscode-button>
            </nav>`
      }`;
  }

  private renderProblem({ sentence, action }: NonNullable<SpendViewState["problem"]>) {
    return html`<div class="banner error" role="alert">
      <span class="icon icon-error"></span><span class="sentence" dir="auto">${sentence}</span>
      <vscode-button secondary @click=${() => requestFromSpending(this, { type: "solve-problem" })}>
        ${action?.label ?? "Try Again"}
      </vscode-button>
    </div>`;
  }

  private readonly onDimension = (event: Event): void => {
    const dimension = event.target instanceof HTMLSelectElement ? dimensionOf(event.target.value) : undefined;
    if (dimension !== undefined) requestFromSpending(this, { type: "choose-dimension", dimension });
  };

  protected override onMessage(data: unknown): void {
    if (!isSnapshot(data)) return;
    const before = this.host;
    this.host = data.state;
    this.announcement = announcementFor(before, data.state) ?? this.announcement;
    const asked = data.state.list?.asked ?? 0;
    if (before !== undefined && asked > (before.list?.asked ?? 0)) void this.goToRows();
  }

  private async goToRows(): Promise<void> {
    await this.updateComplete;
    const list = this.renderRoot.querySelector<HTMLElementTagNameMap["waybill-row-list"]>("#rows");
    await list?.updateComplete;
    list?.goThere();
  }

  protected override onRequest(event: Event): void {
    if (event instanceof SpendRequestEvent) this.post(event.message);
  }
}

const VIEW_FAILED = "A part of this view could not be shown. The ledger is as it was; close the tab and open it again.";

const ROLES = { error: "alert", warning: "note", info: "note" } as const;

function renderBanner(kind: keyof typeof ROLES, sentence: string) {
  return html`<div class="banner ${kind}" role=${ROLES[kind]}>
    <span class="icon icon-${kind}"></span><span class="sentence" dir="auto">${sentence}</span>
  </div>`;
}

/** The host is trusted and ships with the view; this only tells its messages from those of the page around the view. */
function isSnapshot(value: unknown): value is ToSpendView {
  return typeof value === "object" && value !== null && "type" in value && value.type === "snapshot";
}

customElements.define("waybill-spending", WaybillSpending);
