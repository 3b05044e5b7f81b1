import type { LimitStanding } from "../budget/spendLimit.ts";
import { remainingOf } from "../budget/spendLimit.ts";

/** Of what is left of the day's tightest limit: from this share on, this much of the quality floor holds. */
const STEPS: readonly { readonly from: number; readonly floorShare: number }[] = [
  { from: 0.5, floorShare: 1 },
  { from: 0.25, floorShare: 0.9 },
  { from: 0.1, floorShare: 0.75 },
  { from: 0, floorShare: 0.5 },
];

/** Share of the tightest limit on money that is left, 0 to 1; 1 without limits. */
export function remainingShare(standings: readonly LimitStanding[]): number {
  return Math.min(
    1,
    ...standings
      .filter(({ measure }) => measure === "money")
      .map((standing) => (standing.limit === 0 ? 0 : remainingOf(standing) / standing.limit)),
  );
}

/** How much of the quality floor holds when this share of the budget is left, 0 to 1. It steps back up by itself. */
export function floorShare(remaining: number): number {
  return STEPS.find(({ from }) => remaining >= from)?.floorShare ?? 1;
}
