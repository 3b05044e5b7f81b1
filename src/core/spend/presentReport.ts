import { formatExactUsd, formatUsd } from "../money/formatUsd.ts";
import { toNanoUsd } from "../money/nanoUsd.ts";
import { groupDigits } from "../text/groupDigits.ts";
import { type CostSource, isCertain } from "../waybill/costSource.ts";
import { countOf, tenths } from "./countOf.ts";
import { describeValue } from "./describeValue.ts";
import { describeVerdict } from "./describeVerdict.ts";
import { formatShare } from "./formatShare.ts";
import { type PresentedFigure, presentFigures } from "./presentFigures.ts";
import { describeRange } from "./reportPeriod.ts";
import type { ReportFacts } from "./reportFacts.ts";
import { spendChart } from "./spendChart.ts";
import type { SpendRegression } from "./spendRegression.ts";
import type { RowFilter, RowFindings, SpendRow } from "./spendRow.ts";
import { type DayRange, addSums, sumByValue } from "./spendSums.ts";

/** More lines than anybody reads; the rest stand together in a last one. */
const MAX_LINES = 100;
const NANO = 1e9;

export interface PresentedRow {
  readonly sequence: number;
  readonly time: string;
  readonly model: string;
  readonly task: string;
  readonly surface: string;
  readonly tokens: string;
  readonly cost: string;
  readonly source: CostSource;
  /** How it ended, where that is not `complete`. */
  readonly ending?: string;
  /** What became of the answer; absent without a verdict. */
  readonly verdict?: string;
  readonly rows: RowFilter;
}

interface PresentedLine {
  readonly name: string;
  /** The whole value where the name is short for it. */
  readonly title?: string;
  readonly cost: string;
  /** Of the period's cost, 0 to 1. */
  readonly share: number;
  readonly shareText: string;
  readonly requests: string;
  readonly tokens: string;
  readonly accepted: string;
  readonly rows?: RowFilter;
}

interface PresentedBar {
  readonly label: string;
  readonly total: string;
  readonly rows: RowFilter;
}

interface PresentedSeries {
  readonly name: string;
  readonly isRest: boolean;
  /** US dollars, one a bar: to draw, not to reckon with. */
  readonly dollars: readonly number[];
}

export interface PresentedReport {
  readonly rangeText: string;
  readonly figures: readonly PresentedFigure[];
  /** One sentence each. */
  readonly notices: readonly string[];
  readonly chart: {
    readonly caption: string;
    readonly bars: readonly PresentedBar[];
    readonly series: readonly PresentedSeries[];
  };
  readonly lines: readonly PresentedLine[];
  readonly certainty?: readonly PresentedLine[];
  readonly dearest?: readonly PresentedRow[];
}

export function presentReport(facts: ReportFacts): PresentedReport {
  const { range, findings } = facts;
  return {
    rangeText: `${describeRange(range)} (UTC days)`,
    figures: presentFigures(facts),
    notices: describeNotices(facts),
    chart: presentChart(facts),
    lines: presentLines(facts),
    ...(findings === undefined
      ? {}
      : {
          certainty: presentCertainty(range, findings),
          dearest: findings.dearest.map((row) => presentRow(row, facts.formatTime)),
        }),
  };
}

export function presentRow(row: SpendRow, formatTime: (atMs: number) => string): PresentedRow {
  return {
    sequence: row.sequence,
    time: formatTime(row.startedAtMs),
    model: row.model,
    task: row.task,
    surface: row.surface,
    tokens: describeTokens(row),
    cost: `${isCertain(row.costSource) ? "" : "about "}${formatExactUsd(toNanoUsd(row.costNano))}`,
    source: row.costSource,
    ...(row.finish === "complete" ? {} : { ending: row.finish }),
    ...(row.verdict === undefined ? {} : { verdict: describeVerdict(row.verdict) }),
    rows: { firstDay: row.day, lastDay: row.day, sequence: row.sequence },
  };
}

function describeTokens({ promptTokens, completionTokens, cachedTokens }: SpendRow): string {
  if (promptTokens === undefined) return "not known";
  const cached = cachedTokens === undefined || cachedTokens === 0 ? "" : ` (${groupDigits(cachedTokens)} cached)`;
  return `${groupDigits(promptTokens)} in${cached} · ${groupDigits(completionTokens ?? 0)} out`;
}

function presentChart({ range, days, dimension }: ReportFacts): PresentedReport["chart"] {
  const chart = spendChart(range, days, sumByValue(days));
  return {
    caption: `Cost by ${chart.width} and ${dimension}`,
    bars: chart.bars.map(({ label, totalNano, firstDay, lastDay }) => ({
      label,
      total: formatUsd(toNanoUsd(totalNano)),
      rows: { firstDay, lastDay },
    })),
    series: chart.series.map(({ value, costsNano }) => ({
      name: value === undefined ? "all others" : describeValue(dimension, value).name,
      isRest: value === undefined,
      dollars: costsNano.map((cost) => cost / NANO),
    })),
  };
}

function presentLines({ range, days, dimension }: ReportFacts): readonly PresentedLine[] {
  const values = sumByValue(days);
  const total = addSums(values).costNano;
  const [shown, rest] = [values.slice(0, MAX_LINES), values.slice(MAX_LINES)];
  const lines = shown.map((sums) => ({
    ...presentSums(sums, total),
    ...describeValue(dimension, sums.value),
    rows: { ...range, by: { dimension, value: sums.value } },
  }));
  if (rest.length === 0) return lines;
  return [...lines, { ...presentSums(addSums(rest), total), name: `${rest.length} others` }];
}

function presentSums(sums: ReturnType<typeof addSums>, total: number): Omit<PresentedLine, "name" | "rows"> {
  const share = total === 0 ? 0 : sums.costNano / total;
  return {
    cost: formatUsd(toNanoUsd(sums.costNano)),
    share,
    shareText: formatShare(sums.costNano, total),
    requests: groupDigits(sums.requests),
    tokens: groupDigits(sums.promptTokens + sums.completionTokens),
    accepted: groupDigits(tenths(sums.accepted)),
  };
}

const CERTAINTIES: Readonly<Record<CostSource, string>> = {
  billed: "billed: told with the answer",
  reconciled: "reconciled: looked up afterwards",
  estimated: "estimated: from tokens and prices",
  unknown: "unknown: the whole hold counts",
};

function presentCertainty(range: DayRange, { certainty }: RowFindings): readonly PresentedLine[] {
  const total = certainty.reduce((sum, { costNano }) => sum + costNano, 0);
  return certainty.map(({ source, count, costNano }) => {
    const share = total === 0 ? 0 : costNano / total;
    return {
      name: CERTAINTIES[source],
      cost: formatUsd(toNanoUsd(costNano)),
      share,
      shareText: formatShare(costNano, total),
      requests: groupDigits(count),
      tokens: "",
      accepted: "",
      rows: { ...range, kind: source },
    };
  });
}

function describeNotices({ month, takenOver, findings, areFindingsOld, days }: ReportFacts): readonly string[] {
  const counted = areFindingsOld ? undefined : findings?.certainty.reduce((sum, { count }) => sum + count, 0);
  const requests = addSums(days).requests;
  const gone = counted === undefined ? 0 : requests - counted;
  return [
    ...(month?.regressions ?? []).map(describeRegression),
    ...(takenOver === 0
      ? []
      : [
          `${formatUsd(takenOver)} more counts against your limits in this period: a lost ledger got it back from its journal, without models and rows.`,
        ]),
    ...(gone > 0
      ? [
          `The rows of ${groupDigits(gone)} of ${countOf(requests, "request")} were deleted; their sums stay, the dearest turns and the certainty are those of the rows that are left.`,
        ]
      : []),
  ];
}

function describeRegression({ what, now, before, turns }: SpendRegression): string {
  const amount = (value: number) =>
    what === "cost" ? formatUsd(toNanoUsd(Math.round(value))) : `${groupDigits(Math.round(value))} prompt tokens`;
  return `An average turn of the last 7 days ${what === "cost" ? "cost" : "had"} ${amount(now)}, ${(now / before).toFixed(1)} times the ${amount(before)} of the four weeks before (${countOf(turns, "turn")}).`;
}
