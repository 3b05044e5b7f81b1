/** By what spending is broken down. */
export const SPEND_DIMENSIONS = ["model", "task", "provider", "surface", "workspace", "key"] as const;

export type SpendDimension = (typeof SPEND_DIMENSIONS)[number];

/** UTC days as `YYYY-MM-DD`, both inclusive. */
export interface DayRange {
  readonly firstDay: string;
  readonly lastDay: string;
}

/** Sums over requests. Money is in nano-US-dollars; requests whose window died count with their hold. */
export interface SpendSums {
  /** Everything that was sent, failed attempts included. */
  readonly requests: number;
  /** Requests that gave an answer, whole or in part. */
  readonly turns: number;
  readonly costNano: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number;
  /** Of the cost: answers that the person stopped. */
  readonly stoppedNano: number;
  /** Answers that the person accepted; a partly accepted one counts by the share of its lines. */
  readonly accepted: number;
}

/** The sums of one value of a dimension, empty where nothing is known of it. */
export interface ValueSums extends SpendSums {
  readonly value: string;
}

/** The same on one day. */
export interface DaySums extends ValueSums {
  readonly day: string;
}

const NOTHING: SpendSums = {
  requests: 0,
  turns: 0,
  costNano: 0,
  promptTokens: 0,
  completionTokens: 0,
  cachedTokens: 0,
  stoppedNano: 0,
  accepted: 0,
};

export function addSums(sums: Iterable<SpendSums>): SpendSums {
  let total = NOTHING;
  for (const each of sums) {
    total = {
      requests: total.requests + each.requests,
      turns: total.turns + each.turns,
      costNano: total.costNano + each.costNano,
      promptTokens: total.promptTokens + each.promptTokens,
      completionTokens: total.completionTokens + each.completionTokens,
      cachedTokens: total.cachedTokens + each.cachedTokens,
      stoppedNano: total.stoppedNano + each.stoppedNano,
      accepted: total.accepted + each.accepted,
    };
  }
  return total;
}

/** One line a value, the dearest first. */
export function sumByValue(days: readonly DaySums[]): readonly ValueSums[] {
  return [...Map.groupBy(days, ({ value }) => value)]
    .map(([value, own]) => ({ ...addSums(own), value }))
    .toSorted((left, right) => right.costNano - left.costNano || right.requests - left.requests);
}

/** The cost of each day on which something was sent. */
export function costByDay(days: readonly DaySums[]): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (const { day, costNano } of days) costs.set(day, (costs.get(day) ?? 0) + costNano);
  return costs;
}

export function within(days: readonly DaySums[], { firstDay, lastDay }: DayRange): readonly DaySums[] {
  return days.filter(({ day }) => day >= firstDay && day <= lastDay);
}
