import { css, html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import type { SpendViewState } from "../../protocol/spendMessages.ts";
import { GuardedElement } from "../shared/guardedElement.ts";
import { baseStyles } from "../shared/styles/baseStyles.ts";
import { iconStyles } from "../shared/styles/iconStyles.ts";
import { tableStyles } from "../shared/styles/tableStyles.ts";
import { rowsLink } from "./rowsLink.ts";
import { requestFromSpending } from "./spendRequest.ts";
import { spendStyles } from "./styles/spendStyles.ts";

type ChartView = NonNullable<SpendViewState["report"]>["chart"];

/** Of the theme's colours for charts all but orange, which high contrast does not have; what is left over is grey. */
const SERIES_COLOURS = [
  "--vscode-charts-blue",
  "--vscode-charts-yellow",
  "--vscode-charts-green",
  "--vscode-charts-purple",
  "--vscode-charts-red",
  "--vscode-terminal-ansiCyan",
] as const;
const REST_COLOUR = "--vscode-descriptionForeground";

/** Cost over time as stacked bars, and the same as a table. */
class WaybillSpendChart extends GuardedElement {
  static override properties: PropertyDeclarations = {
    // A snapshot with the same bars does not draw them anew.
    chart: { attribute: false, hasChanged: (now, before) => JSON.stringify(now) !== JSON.stringify(before) },
    isTableOpen: { state: true },
  };
  static override styles = [
    baseStyles,
    iconStyles,
    tableStyles,
    spendStyles,
    css`
      .canvas {
        position: relative;
        height: 220px;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 16px;
        margin: 6px 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        overflow-wrap: anywhere;
      }
      .swatch {
        flex: none;
      }
      .swatch.s0 {
        fill: var(--vscode-charts-blue);
      }
      .swatch.s1 {
        fill: var(--vscode-charts-yellow);
      }
      .swatch.s2 {
        fill: var(--vscode-charts-green);
      }
      .swatch.s3 {
        fill: var(--vscode-charts-purple);
      }
      .swatch.s4 {
        fill: var(--vscode-charts-red);
      }
      .swatch.s5 {
        fill: var(--vscode-terminal-ansiCyan);
      }
      .swatch.s6 {
        fill: var(--vscode-descriptionForeground);
      }
      summary {
        display: inline-flex;
        align-items: center;
        gap: 4px;
      }
    `,
  ];

  declare chart: ChartView | undefined;
  /** A closed table has no rows, which would be as many as there are bars. */
  declare private isTableOpen: boolean;
  private readonly canvas = createRef<HTMLCanvasElement>();
  /** Takes away what is drawn. */
  private erase: (() => void) | undefined;
  /** Draws anew in the colours of another theme. */
  private themeObserver: MutationObserver | undefined;
  /** Grows with each drawing, so that one that waited for its code is not drawn over a newer one. */
  private drawing = 0;

  constructor() {
    super();
    this.isTableOpen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.themeObserver = new MutationObserver(() => void this.draw());
    this.themeObserver.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-id"] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.themeObserver?.disconnect();
    this.erase?.();
    this.erase = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("chart")) void this.draw();
  }

  protected override render() {
    const { chart } = this;
    if (chart === undefined) return html``;
    return html`<h2>${chart.caption}</h2>
      <div class="canvas">
        <canvas
          ${ref(this.canvas)}
          role="img"
          aria-label=${`${chart.caption}. The same is in the table below.`}
        ></canvas>
      </div>
      <ul aria-label="Colours of the chart">
        ${chart.series.map(
          ({ name, isRest }, index) =>
            html`<li>
              <svg class="swatch s${isRest ? SERIES_COLOURS.length : index}" width="12" height="12" aria-hidden="true">
                <rect width="12" height="12"></rect></svg
              ><span dir="auto">${name}</span>
            </li>`,
        )}
      </ul>
      <details @toggle=${this.onToggle}>
        <summary><span class="icon icon-chevron-right"></span>The chart as a table</summary>
        ${this.isTableOpen ? this.renderTable(chart) : nothing}
      </details>`;
  }

  private readonly onToggle = (event: Event): void => {
    this.isTableOpen = event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open;
  };

  private renderTable({ caption, bars, series }: ChartView) {
    const shown = bars.map((bar, index) => ({ bar, index })).toReversed();
    return html`<table role="table">
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">From</th>
          <th role="columnheader" scope="col" class="number">Cost</th>
          <th role="columnheader" scope="col">Most of it</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${shown.map(
          ({ bar, index }) =>
            html`<tr role="row">
              <th role="rowheader" scope="row">${bar.label}</th>
              <td role="cell" class="number">${rowsLink(this, bar.total, { of: bar.label, rows: bar.rows })}</td>
              <td role="cell" dir="auto">${dearestOf(series, index)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** Its code comes with the first chart, after the figures are painted. */
  private async draw(): Promise<void> {
    this.drawing += 1;
    const { drawing, chart } = this;
    if (chart === undefined) return;
    const { drawBars } = await import("./drawBars.ts");
    const canvas = this.canvas.value;
    if (canvas === undefined || drawing !== this.drawing || !this.isConnected) return;
    this.erase?.();
    this.erase = drawBars(canvas, {
      labels: chart.bars.map(({ label }) => label),
      series: chart.series,
      colours: coloursOf(this, chart),
      onPick: (index) => {
        const rows = chart.bars[index]?.rows;
        if (rows !== undefined) requestFromSpending(this, { type: "show-rows", filter: rows });
      },
    });
  }
}

function coloursOf(element: HTMLElement, { series }: ChartView) {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const rest = colour(REST_COLOUR);
  const contrast = colour("--vscode-contrastBorder");
  return {
    text: colour("--vscode-foreground"),
    grid: colour("--vscode-widget-border") || colour("--vscode-charts-lines") || rest,
    border: contrast === "" ? colour("--vscode-editor-background") : contrast,
    series: series.map(({ isRest }, index) => {
      const name = isRest ? undefined : SERIES_COLOURS[index];
      return name === undefined ? rest : colour(name);
    }),
  };
}

function dearestOf(series: ChartView["series"], bar: number): string {
  const [dearest] = series.toSorted((left, right) => (right.dollars[bar] ?? 0) - (left.dollars[bar] ?? 0));
  return dearest === undefined || (dearest.dollars[bar] ?? 0) === 0 ? "" : dearest.name;
}

customElements.define("waybill-spend-chart", WaybillSpendChart);
