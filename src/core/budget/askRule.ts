import { type NanoUsd, ZERO_USD } from "../money/nanoUsd.ts";

/** What one question may cost at worst without asking, and what the person has let this one cost. */
export interface AskRule {
  /** Absent where the person does not want to be asked. */
  readonly askAbove?: NanoUsd | undefined;
  /** They were asked, and said yes to this amount. */
  readonly confirmedUpTo?: NanoUsd | undefined;
  /** They let it pass a budget up to this amount, of which they were told as well. */
  readonly allowance?: { readonly amount: NanoUsd } | undefined;
}

/** A question that may cost more than the person wants to spend unasked. */
export interface UnconfirmedCost {
  /** What it could cost. */
  readonly needed: NanoUsd;
  /** Id of a model that may be asked without asking; absent where there is none. */
  readonly cheaper?: string;
}

/** Whether the person has to be asked before this much is at stake, everything that the question has cost included. */
export function mustAsk({ askAbove, confirmedUpTo = ZERO_USD, allowance }: AskRule, atStake: NanoUsd): boolean {
  return askAbove !== undefined && atStake > Math.max(askAbove, confirmedUpTo, allowance?.amount ?? 0);
}
