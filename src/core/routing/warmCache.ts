import type { CatalogModel } from "../catalog/catalogModel.ts";
import { pricesInForce } from "../catalog/modelPrices.ts";
import { addDecimals, multiplyDecimal } from "../money/decimal.ts";
import { type NanoUsd, ZERO_USD, decimalToNanoUsd } from "../money/nanoUsd.ts";

/** The last request of a conversation: its prompt may still be in the provider's cache. */
export interface WarmCache {
  readonly modelId: string;
  readonly promptTokens: number;
  readonly atMs: number;
}

/** Providers keep a prompt for five minutes and more. Source: OpenRouter `prompt-caching`. */
const WARM_FOR_MS = 5 * 60 * 1000;

/** Whether the provider may still have the prompt. */
export function isWarm(warm: WarmCache | undefined, nowMs: number): warm is WarmCache {
  return warm !== undefined && Math.abs(nowMs - warm.atMs) <= WARM_FOR_MS;
}

/** What the next prompt saves on this model because of it; 0 where nothing is cached or caching saves nothing. */
export function cacheSaving(model: CatalogModel, warm: WarmCache | undefined, nowMs: number): NanoUsd {
  if (warm?.modelId !== model.id || !isWarm(warm, nowMs)) return ZERO_USD;
  const { promptPerToken, cacheReadPerToken } = pricesInForce(model.prices, warm.promptTokens, nowMs);
  if (cacheReadPerToken === undefined) return ZERO_USD;
  const negated = { coefficient: -cacheReadPerToken.coefficient, scale: cacheReadPerToken.scale };
  const perToken = addDecimals(promptPerToken, negated);
  if (perToken.coefficient <= 0n) return ZERO_USD;
  return decimalToNanoUsd(multiplyDecimal(perToken, warm.promptTokens), "nearest");
}
