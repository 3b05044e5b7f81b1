import { formatUsd } from "../money/formatUsd.ts";
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
}

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
  const of = `${formatRoughly(usedOf(tightest))} of ${formatUsd(tightest.limit)}`;
  return {
    text: `${of}${describePeriod(tightest.period)}`,
    share: usedShare(tightest),
    lines: shown.map((standing) => describeStanding(standing, time)),
  };
}

/** By the share that is used; of equal shares the lower limit comes first. */
function byTightness(left: MoneyStanding, right: MoneyStanding): number {
  return usedShare(right) - usedShare(left) || left.limit - right.limit;
}

/** Beside a limit, fractions of a cent say nothing. */
function formatRoughly(nanoUsd: number): string {
  const dollars = nanoUsd / 1e9;
  return dollars > 0 && dollars < 0.01 ? "<$0.01" : `$${dollars.toFixed(2)}`;
}

function describeStanding(standing: LimitStanding, time: LocalTime): string {
  const { scope, period, spent, reserved, limit } = standing;
  const verb = standing.measure === "money" ? "spent" : "used";
  const held = reserved === 0 ? "" : `, ${describeAmount(standing, reserved)} reserved`;
  const sums = `${describeAmount(standing, spent)} ${verb} of ${describeAmount(standing, limit)}${describePeriod(period)}${held}`;
  return `${describeScope(scope)}: ${sums}${describeFreshStart(standing, time)}.`;
}

function describeFreshStart({ period }: LimitStanding, { nowMs, format }: LocalTime): string {
  if (period === "whole" || period === "minute") return "";
  return `; starts afresh at ${format(endOfPeriod(period, nowMs))}`;
}
