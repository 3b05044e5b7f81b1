import type { NanoUsd } from "../money/nanoUsd.ts";

/** Whose spending a limit counts: this workspace's, or all of this person's on this machine. */
export type LimitScope = "workspace" | "user";

/** A limit on what may be spent in one UTC day. */
export interface DailyLimit {
  readonly scope: LimitScope;
  readonly limit: NanoUsd;
}

/** Where a limit stands: settled cost and open reservations of the day, against the limit. */
export interface LimitStanding extends DailyLimit {
  readonly spent: NanoUsd;
  readonly reserved: NanoUsd;
}

/** The lowest limit of each scope wins: a workspace can tighten a budget and never loosen it. */
export function tightestLimits(limits: readonly DailyLimit[]): readonly DailyLimit[] {
  const lowest = new Map<LimitScope, DailyLimit>();
  for (const limit of limits) {
    const known = lowest.get(limit.scope);
    if (known === undefined || limit.limit < known.limit) lowest.set(limit.scope, limit);
  }
  return [...lowest.values()];
}

/** What may still be reserved; never negative. */
export function remainingOf(standing: LimitStanding): number {
  return Math.max(0, standing.limit - standing.spent - standing.reserved);
}
