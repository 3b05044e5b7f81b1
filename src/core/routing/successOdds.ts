import type { TaskSize } from "../tasks/taskClassification.ts";

/** What this person did with answers of one model for one task, old ones counting less. */
export interface OutcomeCounts {
  readonly accepted: number;
  readonly rejected: number;
}

/** The prior weighs as much as this many outcomes, so that a few move it little. */
const PRIOR_WEIGHT = 12;
/** How the share of the best model's benchmark turns into odds: small tasks forgive, large ones do not. */
const EXPONENT: Readonly<Record<TaskSize, number>> = { small: 0.5, medium: 1, large: 2 };
/** Not even the best model is accepted every time. */
const BEST_ODDS: Readonly<Record<TaskSize, number>> = { small: 0.97, medium: 0.9, large: 0.75 };

/** How likely an answer is to be accepted, 0 to 1. `quality` is relative to the best eligible model. */
export function successOdds(quality: number, size: TaskSize, outcomes?: OutcomeCounts): number {
  const prior = BEST_ODDS[size] * quality ** EXPONENT[size];
  if (outcomes === undefined) return prior;
  const { accepted, rejected } = outcomes;
  return (prior * PRIOR_WEIGHT + accepted) / (PRIOR_WEIGHT + accepted + rejected);
}
