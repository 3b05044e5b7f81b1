import { type LimitStanding, type SpendDemand, blockingLimit, remainingOf } from "./spendLimit.ts";
import { sumUsd } from "../money/nanoUsd.ts";

/** A limit that several requests would pass together, and what they need of it. */
export interface PassedTogether {
  readonly blocking: LimitStanding;
  readonly demand: SpendDemand;
  /** How many there are. */
  readonly requests: number;
}

/**
 * The first limit that does not hold all of several requests at once, each with its worst case. What limits a single request
 * is asked of each by itself.
 */
export function passedTogether(
  standings: readonly LimitStanding[],
  demands: readonly SpendDemand[],
): PassedTogether | undefined {
  const all: SpendDemand = {
    amount: sumUsd(demands.map(({ amount }) => amount)),
    tokens: demands.reduce((sum, { tokens }) => sum + tokens, 0),
  };
  const requests = demands.length;
  for (const standing of standings) {
    if (standing.measure === "requests" && remainingOf(standing) < requests) {
      return { blocking: standing, demand: all, requests };
    }
    const held = standing.scope === "request" ? demands : [all];
    for (const demand of held) {
      if (blockingLimit([standing], demand) !== undefined) return { blocking: standing, demand, requests };
    }
  }
  return undefined;
}
