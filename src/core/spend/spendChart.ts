import { countDays, dayAfter } from "./reportPeriod.ts";
import type { DayRange, DaySums, ValueSums } from "./spendSums.ts";

/** More bars than this are too thin to hit. */
const MAX_BARS = 100;
/** More colours than this are hard to tell apart. */
const MAX_SERIES = 6;

type BarWidth = "day" | "week" | "month";

interface SpendBar extends DayRange {
  /** For instance `2026-11-20`, or `2026-11` for a month. */
  readonly label: string;
  readonly totalNano: number;
}

interface SpendSeries {
  /** The dimension's value; `undefined` for all the others together. */
  readonly value: string | undefined;
  /** One amount a bar. */
  readonly costsNano: readonly number[];
}

export interface SpendChart {
  readonly width: BarWidth;
  readonly bars: readonly SpendBar[];
  readonly series: readonly SpendSeries[];
}

/** Bars by day, by week from Monday or by month, as fit; the dearest values have a series of their own. */
export function spendChart(range: DayRange, days: readonly DaySums[], values: readonly ValueSums[]): SpendChart {
  const width = widthFor(range);
  const starts = barStarts(range, width);
  const position = new Map(starts.map((start, index) => [start, index]));
  const isNamed = values.filter(({ costNano }) => costNano > 0).length <= MAX_SERIES + 1;
  const named = values
    .filter(({ costNano }) => costNano > 0)
    .slice(0, isNamed ? MAX_SERIES + 1 : MAX_SERIES)
    .map(({ value }) => value);
  const keys: readonly (string | undefined)[] = isNamed ? named : [...named, undefined];
  const sums = new Map(keys.map((key) => [key, starts.map(() => 0)]));
  const barOf = new Map<string, number | undefined>();
  for (const { day, value, costNano } of days) {
    // Each day comes once for every value, and finding its week takes longer than all the rest.
    if (!barOf.has(day)) barOf.set(day, position.get(startOf(day, width)));
    const bar = barOf.get(day);
    const series = sums.get(named.includes(value) ? value : undefined);
    if (bar !== undefined && series !== undefined) series[bar] = (series[bar] ?? 0) + costNano;
  }
  const series = [...sums].map(([value, costsNano]) => ({ value, costsNano }));
  const bars = starts.map((start, index) => ({
    label: width === "month" ? start.slice(0, 7) : start,
    firstDay: start < range.firstDay ? range.firstDay : start,
    lastDay: endOf(range, starts[index + 1]),
    totalNano: series.reduce((total, { costsNano }) => total + (costsNano[index] ?? 0), 0),
  }));
  return { width, bars, series };
}

function widthFor(range: DayRange): BarWidth {
  const days = countDays(range);
  if (days <= MAX_BARS) return "day";
  // The first and the last week may be begun ones.
  return (days + 12) / 7 <= MAX_BARS ? "week" : "month";
}

function barStarts({ firstDay, lastDay }: DayRange, width: BarWidth): readonly string[] {
  const starts: string[] = [];
  for (let start = startOf(firstDay, width); start <= lastDay; start = nextStart(start, width)) starts.push(start);
  return starts;
}

function endOf({ lastDay }: DayRange, nextStartDay: string | undefined): string {
  return nextStartDay === undefined ? lastDay : dayAfter(nextStartDay, -1);
}

function startOf(day: string, width: BarWidth): string {
  switch (width) {
    case "day":
      return day;
    case "week":
      return dayAfter(day, -((new Date(day).getUTCDay() + 6) % 7));
    case "month":
      return `${day.slice(0, 7)}-01`;
  }
}

function nextStart(start: string, width: BarWidth): string {
  switch (width) {
    case "day":
      return dayAfter(start, 1);
    case "week":
      return dayAfter(start, 7);
    case "month":
      return `${dayAfter(start, 31).slice(0, 7)}-01`;
  }
}
