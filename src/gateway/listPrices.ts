import type { ModelPrices } from "../core/catalog/modelPrices.ts";
import { pricePerMillion } from "../core/catalog/pricePerMillion.ts";
import { matchesModel } from "../core/routing/modelPattern.ts";
import { FREE_PRICES } from "./readPrices.ts";

/** What models cost by the person's own account, in US dollars per million tokens, 0 or more. */
export interface ListPrice {
  /** See `matchesModel`. */
  readonly pattern: string;
  readonly prompt: number;
  readonly completion: number;
}

/** Of the first pattern that means the model. */
export function listPrices(modelId: string, prices: readonly ListPrice[]): ModelPrices | undefined {
  const own = prices.find(({ pattern }) => matchesModel(pattern, modelId));
  const promptPerToken = own && pricePerMillion(own.prompt);
  const completionPerToken = own && pricePerMillion(own.completion);
  if (promptPerToken === undefined || completionPerToken === undefined) return undefined;
  return { ...FREE_PRICES, promptPerToken, completionPerToken };
}
