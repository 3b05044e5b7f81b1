import { priceTokens } from "../budget/priceTokens.ts";
import type { CatalogModel } from "../catalog/catalogModel.ts";
import { type TokenPrices, dearerPrices, dearestPrices, pricesInForce } from "../catalog/modelPrices.ts";
import { compareDecimals } from "../money/decimal.ts";
import type { ModelChoice } from "./routeDecision.ts";

/** Real answers stay well below the length limit; expected cost counts with this many tokens. */
export const EXPECTED_COMPLETION_TOKENS = 800;
/** A model whose context has not even this much room after the prompt cannot take the request. */
export const SHORTEST_USEFUL_ANSWER_TOKENS = 256;

export interface RequestSize {
  /** Upper bound. */
  readonly promptTokens: number;
  /** `undefined` where only the bound is known. */
  readonly expectedPromptTokens?: number | undefined;
  readonly maxCompletionTokens: number;
  readonly nowMs: number;
  /** The dearest prices a model may be served at, where the catalog's are `ceiling`; the same when absent. */
  readonly ceilingOf?: ((model: CatalogModel, ceiling: TokenPrices) => TokenPrices) | undefined;
}

/** What a request of this size costs on a model, expected and at worst. */
export function priceChoice(
  model: CatalogModel,
  { quality, odds }: Pick<ModelChoice, "quality" | "odds">,
  size: RequestSize,
): ModelChoice {
  const room = model.contextTokens - size.promptTokens;
  const longest = Math.min(size.maxCompletionTokens, model.maxCompletionTokens ?? size.maxCompletionTokens);
  const maxCompletionTokens = Math.max(1, Math.min(longest, Math.max(SHORTEST_USEFUL_ANSWER_TOKENS, room)));
  const expected = {
    promptTokens: size.expectedPromptTokens ?? size.promptTokens,
    completionTokens: Math.min(EXPECTED_COMPLETION_TOKENS, maxCompletionTokens),
  };
  const listed = dearestPrices(model.prices, size.promptTokens);
  const ceiling = size.ceilingOf?.(model, listed) ?? listed;
  const worst = { promptTokens: size.promptTokens, completionTokens: maxCompletionTokens };
  return {
    model,
    quality,
    odds,
    maxCompletionTokens,
    ceiling,
    expectedCost: priceTokens(pricesInForce(model.prices, expected.promptTokens, size.nowMs), expected, "nearest"),
    worstCase: priceTokens(withCacheWrites(ceiling), worst, "up"),
  };
}

/** For pricing a choice anew: who might serve it before may still. */
export function keepCeiling(choice: ModelChoice): RequestSize["ceilingOf"] {
  return (_model, ceiling) => dearerPrices(ceiling, choice.ceiling);
}

/** At worst every prompt token is also written into the provider's cache, which some charge more for. */
function withCacheWrites(prices: TokenPrices): TokenPrices {
  const { promptPerToken, cacheWritePerToken = promptPerToken } = prices;
  const isDearer = compareDecimals(cacheWritePerToken, promptPerToken) > 0;
  return isDearer ? { ...prices, promptPerToken: cacheWritePerToken } : prices;
}
