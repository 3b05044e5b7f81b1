import { priceTokens } from "../budget/priceTokens.ts";
import type { ModelPrices } from "../catalog/modelPrices.ts";
import { multiplyDecimal } from "../money/decimal.ts";
import { type NanoUsd, sumUsd, toNanoUsd } from "../money/nanoUsd.ts";
import { type ValueSums, addSums } from "./spendSums.ts";

export interface RoutingSaving {
  /** The used model whose list price makes the same tokens dearest. */
  readonly model: string;
  readonly wouldHaveCost: NanoUsd;
  readonly cost: NanoUsd;
  /** Used models without a list price, which could not be the dearest. */
  readonly unpriced: number;
}

/**
 * What all tokens of the period would have cost at the base list price of the dearest model that was used, without caches.
 * `undefined` when fewer than two models with a price were used: then nothing was chosen between.
 */
export function routingSaving(
  models: readonly ValueSums[],
  pricesOf: (model: string) => ModelPrices | undefined,
): RoutingSaving | undefined {
  const used = models.filter(({ promptTokens, completionTokens }) => promptTokens + completionTokens > 0);
  const tokens = addSums(used);
  const offers = used.flatMap(({ value }) => {
    const prices = pricesOf(value);
    if (prices === undefined) return [];
    const perRequest = multiplyDecimal(prices.perRequest, tokens.requests);
    return [{ model: value, wouldHaveCost: priceTokens({ ...prices, perRequest }, tokens, "nearest") }];
  });
  const [dearest] = offers.toSorted((left, right) => right.wouldHaveCost - left.wouldHaveCost);
  if (dearest === undefined || offers.length < 2) return undefined;
  return {
    ...dearest,
    cost: sumUsd(used.map(({ costNano }) => toNanoUsd(costNano))),
    unpriced: used.length - offers.length,
  };
}
