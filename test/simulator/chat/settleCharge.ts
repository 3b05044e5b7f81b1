import { chargeTokens } from "../money/chargeTokens.ts";
import type { ListCost, TokenCounts } from "../money/chargeTokens.ts";
import type { Pricing } from "../money/pricing.ts";

/** What the account is charged for one answer, in nano-dollars. */
export interface Charge {
  readonly tokens: TokenCounts;
  readonly costNanoUsd: number;
  /** List price of the inference; equal to the cost unless the caller brought the provider key. */
  readonly upstream: ListCost;
  readonly isByok: boolean;
}

export type ByokTerms = "within-allowance" | "past-allowance" | undefined;

const NOTHING: ListCost = { totalNanoUsd: 0, promptNanoUsd: 0, completionNanoUsd: 0, cacheDiscountNanoUsd: 0 };

/** Charges the tokens an answer really took. */
export function settleCharge(
  pricing: Pricing,
  tokens: TokenCounts,
  { atMs, byok, factor }: { atMs: number; byok: ByokTerms; factor: number },
): Charge {
  const list = chargeTokens(pricing, tokens, atMs);
  const upstream: ListCost = {
    totalNanoUsd: list.totalNanoUsd * factor,
    promptNanoUsd: list.promptNanoUsd * factor,
    completionNanoUsd: list.completionNanoUsd * factor,
    cacheDiscountNanoUsd: list.cacheDiscountNanoUsd * factor,
  };
  return { tokens, upstream, isByok: byok !== undefined, costNanoUsd: feeOrPrice(upstream.totalNanoUsd, byok) };
}

/** No charge: zero-completion insurance covers answers without tokens and those that end in an error. */
export function waiveCharge(tokens: TokenCounts, byok: ByokTerms): Charge {
  return { tokens, upstream: NOTHING, isByok: byok !== undefined, costNanoUsd: 0 };
}

function feeOrPrice(listNanoUsd: number, byok: ByokTerms): number {
  switch (byok) {
    case undefined:
      return listNanoUsd;
    case "within-allowance":
      return 0;
    case "past-allowance":
      return Math.floor((listNanoUsd + 10) / 20);
  }
}
