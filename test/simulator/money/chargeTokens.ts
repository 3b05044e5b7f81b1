import { parseUsd, roundToNanoUsd } from "./decimalUsd.ts";
import type { ScaledUsd } from "./decimalUsd.ts";
import { effectivePricing } from "./effectivePricing.ts";
import type { Pricing } from "./pricing.ts";

/** Token counts of one request. `promptTokens` contains the cached ones, `completionTokens` the reasoning ones. */
export interface TokenCounts {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly cacheWriteTokens: number;
  readonly cacheWriteTtl: "5m" | "1h";
  readonly completionTokens: number;
  readonly reasoningTokens: number;
}

/** List price of a request, each part rounded half-up to whole nano-dollars. */
export interface ListCost {
  readonly totalNanoUsd: number;
  readonly promptNanoUsd: number;
  readonly completionNanoUsd: number;
  /** What the cache saved (or, for a write, cost more) against the plain prompt price. */
  readonly cacheDiscountNanoUsd: number;
}

/** Prices the tokens of one request exactly; only the final sum is rounded. */
export function chargeTokens(pricing: Pricing, tokens: TokenCounts, atMs: number): ListCost {
  const prices = effectivePricing(pricing, { promptTokens: tokens.promptTokens, atMs });
  const prompt = promptCost(prices, tokens);
  const completion = completionCost(prices, tokens);
  const totalNanoUsd = roundToNanoUsd(prompt + completion);
  const promptNanoUsd = Math.min(roundToNanoUsd(prompt), totalNanoUsd);
  const plainPrompt = times(prices.prompt, tokens.promptTokens) + times(prices.request ?? "0", 1);
  return {
    totalNanoUsd,
    promptNanoUsd,
    completionNanoUsd: totalNanoUsd - promptNanoUsd,
    cacheDiscountNanoUsd: roundToNanoUsd(plainPrompt) - roundToNanoUsd(prompt),
  };
}

function promptCost(prices: Pricing, tokens: TokenCounts): ScaledUsd {
  const write = prices.input_cache_write ?? prices.prompt;
  const writePrice = tokens.cacheWriteTtl === "1h" ? (prices.input_cache_write_1h ?? write) : write;
  const plainTokens = tokens.promptTokens - tokens.cachedTokens - tokens.cacheWriteTokens;
  return (
    times(prices.prompt, plainTokens) +
    times(prices.input_cache_read ?? prices.prompt, tokens.cachedTokens) +
    times(writePrice, tokens.cacheWriteTokens) +
    times(prices.request ?? "0", 1)
  );
}

function completionCost(prices: Pricing, tokens: TokenCounts): ScaledUsd {
  return (
    times(prices.completion, tokens.completionTokens - tokens.reasoningTokens) +
    times(prices.internal_reasoning ?? prices.completion, tokens.reasoningTokens)
  );
}

function times(price: string, count: number): ScaledUsd {
  return parseUsd(price) * BigInt(count);
}
