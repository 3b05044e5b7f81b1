import { budgetDay } from "../budget/budgetPeriod.ts";
import { dayAfter } from "./reportPeriod.ts";
import { type DaySums, type SpendSums, addSums, within } from "./spendSums.ts";

const FACTOR = 2;
/** Fewer turns say nothing of what is usual. */
const MIN_TURNS_NOW = 10;
const MIN_TURNS_BEFORE = 40;

/** What has at least doubled: an average turn of the last seven days beside one of the four weeks before them. */
export interface SpendRegression {
  readonly what: "prompt-tokens" | "cost";
  /** Tokens, or nano-US-dollars, a turn. */
  readonly now: number;
  readonly before: number;
  readonly turns: number;
}

export function spendRegressions(days: readonly DaySums[], nowMs: number): readonly SpendRegression[] {
  const today = budgetDay(nowMs);
  const week = addSums(within(days, { firstDay: dayAfter(today, -6), lastDay: today }));
  const earlier = addSums(within(days, { firstDay: dayAfter(today, -34), lastDay: dayAfter(today, -7) }));
  if (week.turns < MIN_TURNS_NOW || earlier.turns < MIN_TURNS_BEFORE) return [];
  return [compare("prompt-tokens", (sums) => sums.promptTokens), compare("cost", (sums) => sums.costNano)].filter(
    ({ now, before }) => before > 0 && now >= FACTOR * before,
  );

  function compare(what: SpendRegression["what"], amount: (sums: SpendSums) => number): SpendRegression {
    return { what, now: amount(week) / week.turns, before: amount(earlier) / earlier.turns, turns: week.turns };
  }
}
