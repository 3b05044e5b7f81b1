import { formatUsd } from "../money/formatUsd.ts";
import { toNanoUsd } from "../money/nanoUsd.ts";
import { describeAmount, describePeriod, describeScope, usedOf, usedShare } from "./describeLimit.ts";
import { endOfPeriod } from "./limitPeriod.ts";
import type { LimitStanding, MoneyStanding } from "./spendLimit.ts";

/** Spend against the limits, as text. */
export interface PresentedSpend {
  /** For the tightest limit, for instance `$0.03 of $2.00 today`. */
  readonly text: string;
  /** Share of the tightest limit that is spent or reserved, 0 to 1; absent when there is no limit. */
  readonly share?: number;
  /** One line a limit. */
  readonly lines: readonly string[];
  /** What is spent or reserved of each of these limits, 0 to 1. */
  readonly shares: readonly number[];
}

/** In nano-dollars; ten cents. */
const SMALL_LIMIT = 100_000_000;

/** How the person reads the moment at which a limit starts afresh. */
export interface LocalTime {
  readonly nowMs: number;
  /** For instance `01:00`, or with the date where it is not within a day. */
  readonly format: (atMs: number) => string;
}

/** `undefined` when no limit on money over a time or a chat is set: there is nothing to compare with. */
export function presentSpend(standings: readonly LimitStanding[], time: LocalTime): PresentedSpend | undefined {
  const shown = standings.filter(({ measure, scope }) => measure !== "requests" && scope !== "request");
  const tightest = shown.filter((standing) => standing.measure === "money").toSorted(byTightness)[0];
  if (tightest === undefined) return undefined;
  const of = `${formatRoughly(usedOf(tightest), tightest.limit)} of ${formatUsd(tightest.limit)}`;
  return {
    text: `${of}${describePeriod(tightest.period)}`,
    share: usedShare(tightest),
    lines: shown.map((standing) => describeStanding(standing, time)),
    shares: shown.map(usedShare),
  };
}

/** By the share that is used; of equal shares the lower limit comes first. */
function byTightness(left: MoneyStanding, right: MoneyStanding): number {
  return usedShare(right) - usedShare(left) || left.limit - right.limit;
}

/** Beside a limit, fractions of a cent say nothing, unless the limit itself is one of cents. */
function formatRoughly(nanoUsd: number, limit: number): string {
  const dollars = nanoUsd / 1e9;
  if (limit < SMALL_LIMIT) return formatUsd(toNanoUsd(nanoUsd));
  return dollars > 0 && dollars < 0.01 ? "<$0.01" : `$${dollars.toFixed(2)}`;
}

/** For instance `$0.03 spent this week, $0.01 reserved; starts afresh at Mon 23 Nov, 01:00`. */
export function describeUse(standing: LimitStanding, time: LocalTime): string {
  const used = `${describeAmount(standing, standing.spent)} ${verbOf(standing)}${describePeriod(standing.period)}`;
  return `${used}${describeHeld(standing)}${describeFreshStart(standing, time)}`;
}

function describeStanding(standing: LimitStanding, time: LocalTime): string {
  const { scope, period, spent, limit } = standing;
  const sums = `${describeAmount(standing, spent)} ${verbOf(standing)} of ${describeAmount(standing, limit)}${describePeriod(period)}`;
  return `${describeScope(scope)}: ${sums}${describeHeld(standing)}${describeFreshStart(standing, time)}.`;
}

function verbOf({ measure }: LimitStanding): string {
  return measure === "money" ? "spent" : "used";
}

function describeHeld(standing: LimitStanding): string {
  return standing.reserved === 0 ? "" : `, ${describeAmount(standing, standing.reserved)} reserved`;
}

function describeFreshStart({ period }: LimitStanding, { nowMs, format }: LocalTime): string {
  if (period === "whole" || period === "minute") return "";
  return `; starts afresh at ${format(endOfPeriod(period, nowMs))}`;
}
