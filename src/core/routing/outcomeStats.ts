import { type OutcomeKind, countsOf } from "./outcomeKind.ts";
import type { OutcomesOf } from "./rankModels.ts";
import type { OutcomeCounts } from "./successOdds.ts";

/** Outcomes of one kind that a model's answers met on one day, for one task. */
export interface OutcomeTally {
  readonly model: string;
  readonly kind: OutcomeKind;
  readonly count: number;
  /** Noon of the day (UTC), in milliseconds since the epoch. */
  readonly atMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Models change behind their names, and so do the tasks of a person: after this long an outcome counts half. */
const HALF_LIFE_MS = 30 * DAY_MS;
/** What is older than this counts less than a thousandth. */
export const OLDEST_OUTCOME_MS = 10 * HALF_LIFE_MS;

/** What is known of each model's answers to a task, old outcomes counting less. */
export function learnFromOutcomes(tallies: readonly OutcomeTally[], nowMs: number): OutcomesOf {
  const learned = new Map<string, OutcomeCounts>();
  for (const { model, kind, count, atMs } of tallies) {
    const weight = count * decay(nowMs - atMs);
    const counts = countsOf(kind);
    const known = learned.get(model) ?? { accepted: 0, rejected: 0 };
    learned.set(model, {
      accepted: known.accepted + weight * counts.accepted,
      rejected: known.rejected + weight * counts.rejected,
    });
  }
  return (modelId) => learned.get(modelId);
}

/** 1 for now, a half after the half-life. What lies ahead (this day's noon, a clock that was set back) counts as now. */
function decay(ageMs: number): number {
  return 2 ** (-Math.max(0, ageMs) / HALF_LIFE_MS);
}
