import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import type { ModelChoice } from "../../../src/core/routing/routeDecision.ts";

/** A model at a price per million tokens, for tests that only look at names and money. */
export function choiceOf(id: string, worstCaseNanoUsd: number, fields: Partial<ModelChoice> = {}): ModelChoice {
  const price = { coefficient: BigInt(worstCaseNanoUsd), scale: 12 };
  const prices = { promptPerToken: price, completionPerToken: price, perRequest: { coefficient: 0n, scale: 0 } };
  return {
    model: {
      id,
      name: id,
      contextTokens: 100_000,
      maxCompletionTokens: undefined,
      prices: { ...prices, overrides: [] },
      inputModalities: ["text"],
      outputModalities: ["text"],
      supportedParameters: [],
      expirationDate: undefined,
      codingIndex: undefined,
      intelligenceIndex: undefined,
      isReasoningMandatory: false,
      aliasTarget: undefined,
    },
    quality: 1,
    odds: 0.9,
    expectedCost: toNanoUsd(worstCaseNanoUsd),
    worstCase: toNanoUsd(worstCaseNanoUsd),
    maxCompletionTokens: 1_000,
    ceiling: prices,
    ...fields,
  };
}
