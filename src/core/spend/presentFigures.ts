import { formatUsd } from "../money/formatUsd.ts";
import { toNanoUsd } from "../money/nanoUsd.ts";
import { groupDigits } from "../text/groupDigits.ts";
import { countOf, tenths } from "./countOf.ts";
import { formatShare } from "./formatShare.ts";
import type { ReportFacts } from "./reportFacts.ts";
import type { RowFilter } from "./spendRow.ts";
import { type SpendSums, addSums } from "./spendSums.ts";

/** One figure, how it came about, and the rows it is made of. */
export interface PresentedFigure {
  readonly label: string;
  readonly value: string;
  readonly how: string;
  readonly rows?: RowFilter;
}

const NOT_YET = "…";

export function presentFigures(facts: ReportFacts): readonly PresentedFigure[] {
  const sums = addSums(facts.days);
  return [
    {
      label: "Spent",
      value: formatUsd(toNanoUsd(sums.costNano)),
      how: `${countOf(sums.requests, "request")}, ${groupDigits(sums.turns)} with an answer; failed attempts count.`,
      rows: facts.range,
    },
    forecastFigure(facts),
    savingFigure(facts),
    acceptedFigure(facts, sums),
    cacheFigure(facts, sums),
    {
      label: "Stopped but billed",
      value: formatUsd(toNanoUsd(sums.stoppedNano)),
      how: `${formatShare(sums.stoppedNano, sums.costNano)} of what was spent, for answers that you stopped.`,
      rows: { ...facts.range, kind: "stopped" },
    },
  ];
}

function forecastFigure({ month }: ReportFacts): PresentedFigure {
  const label = "This month at this pace";
  if (month === undefined) return { label, value: NOT_YET, how: "Is being counted." };
  const { forecast, range } = month;
  if (forecast === undefined) return { label, value: "none", how: "Nothing was spent this month.", rows: range };
  const { total, days, daysOfMonth } = forecast;
  return {
    label,
    value: `about ${formatUsd(total)}`,
    how: `The average of this month's ${countOf(days, "day")} so far (today counts as a whole one), times its ${daysOfMonth} days.`,
    rows: range,
  };
}

function savingFigure({ saving, range }: ReportFacts): PresentedFigure {
  const label = "Saved by routing";
  if (saving === undefined) return { label, value: NOT_YET, how: "Waits for the list of prices." };
  if (saving === "none") {
    return {
      label,
      value: "not known",
      how: "Needs two models with a list price that were used in this period.",
      rows: range,
    };
  }
  const { model, wouldHaveCost, cost, unpriced } = saving;
  const saved = toNanoUsd(Math.max(0, wouldHaveCost - cost));
  const left = unpriced === 0 ? "" : ` ${unpriced} of the models used have no list price and could not be the dearest.`;
  return {
    label,
    value: `${formatUsd(saved)} (${formatShare(saved, wouldHaveCost)})`,
    how: `Your dearest model, ${model}, would have cost ${formatUsd(wouldHaveCost)}: the same tokens at its list price of now, without caches. The models used cost ${formatUsd(cost)}.${left}`,
    rows: range,
  };
}

function acceptedFigure({ range }: ReportFacts, { costNano, accepted }: SpendSums): PresentedFigure {
  const label = "Cost per accepted answer";
  const rows: RowFilter = { ...range, kind: "accepted" };
  if (accepted === 0) return { label, value: "none accepted", how: "No answer of this period was accepted.", rows };
  return {
    label,
    value: formatUsd(toNanoUsd(Math.round(costNano / accepted))),
    how: `All that was spent, divided by the ${countOf(tenths(accepted), "answer")} that you accepted, partly accepted ones by their share of lines.`,
    rows,
  };
}

function cacheFigure({ range }: ReportFacts, { promptTokens, cachedTokens }: SpendSums): PresentedFigure {
  return {
    label: "Cache hit rate",
    value: promptTokens === 0 ? "not known" : formatShare(cachedTokens, promptTokens),
    how: `${groupDigits(cachedTokens)} of ${groupDigits(promptTokens)} prompt tokens came from a provider's cache.`,
    rows: { ...range, kind: "cached" },
  };
}
