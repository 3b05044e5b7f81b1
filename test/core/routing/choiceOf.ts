import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import type { ModelChoice } from "../../../src/core/routing/routeDecision.ts";
import { modelOf } from "../catalog/catalogOf.ts";

/** A model at a price per million tokens, for tests that only look at names and money. */
export function choiceOf(id: string, worstCaseNanoUsd: number, fields: Partial<ModelChoice> = {}): ModelChoice {
  const price = { coefficient: BigInt(worstCaseNanoUsd), scale: 12 };
  const prices = { promptPerToken: price, completionPerToken: price, perRequest: { coefficient: 0n, scale: 0 } };
  return {
    model: modelOf(id, {
      name: id,
      contextTokens: 100_000,
      prices: { ...prices, overrides: [] },
      supportedParameters: [],
    }),
    quality: 1,
    odds: 0.9,
    expectedCost: toNanoUsd(worstCaseNanoUsd),
    worstCase: toNanoUsd(worstCaseNanoUsd),
    maxCompletionTokens: 1_000,
    ceiling: prices,
    ...fields,
  };
}
