import { type ProviderRecord, blendProviders } from "./blendProviders.ts";
import { type KnownShares, type OutcomeKind, countsOfAll } from "./outcomeKind.ts";
import type { ProviderPreferences } from "./providerPreferences.ts";
import type { OutcomesOf } from "./rankModels.ts";

/** Outcomes of one kind that a model's answers of one provider met on one day, for one task. */
export interface OutcomeTally {
  readonly model: string;
  /** Display name; `undefined` where the gateway did not say. */
  readonly provider?: string | undefined;
  readonly kind: OutcomeKind;
  readonly count: number;
  /** Of partly accepted ones; absent where no share is known. */
  readonly shares?: KnownShares | undefined;
  /** Noon of the day (UTC), in milliseconds since the epoch. */
  readonly atMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Models change behind their names, and so do the tasks of a person: after this long an outcome counts half. */
const HALF_LIFE_MS = 30 * DAY_MS;
/** What is older than this counts less than a thousandth. */
export const OLDEST_OUTCOME_MS = 10 * HALF_LIFE_MS;

/** Who serves a model changes within days; so soon an answer says half as much of who will serve the next. */
const SERVING_HALF_LIFE_MS = 7 * DAY_MS;

/** What is known of each model's answers to a task, old outcomes counting less, and by who may serve the next. */
export function learnFromOutcomes(
  tallies: readonly OutcomeTally[],
  nowMs: number,
  providers: ProviderPreferences = {},
): OutcomesOf {
  const models = new Map<string, Map<string | undefined, ProviderRecord>>();
  for (const { model, provider, kind, count, shares, atMs } of tallies) {
    const records = models.get(model) ?? new Map<string | undefined, ProviderRecord>();
    models.set(model, records);
    const known = records.get(provider) ?? { provider, accepted: 0, rejected: 0, lately: 0 };
    const weight = decay(nowMs - atMs, HALF_LIFE_MS);
    const counts = countsOfAll(kind, count, shares);
    records.set(provider, {
      provider,
      accepted: known.accepted + weight * counts.accepted,
      rejected: known.rejected + weight * counts.rejected,
      lately: known.lately + count * decay(nowMs - atMs, SERVING_HALF_LIFE_MS),
    });
  }
  return (modelId) => {
    const records = models.get(modelId);
    return records === undefined ? undefined : blendProviders([...records.values()], providers);
  };
}

/** 1 for now, a half after the half-life. What lies ahead (this day's noon, a clock that was set back) counts as now. */
function decay(ageMs: number, halfLifeMs: number): number {
  return 2 ** (-Math.max(0, ageMs) / halfLifeMs);
}
