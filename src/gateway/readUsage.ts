import { type NanoUsd, addUsd, parseUsd } from "../core/money/nanoUsd.ts";
import type { TokenUsage } from "../core/waybill/waybill.ts";
import type { UsageBody } from "./chatChunkSchema.ts";

/** `undefined` when not even the two main counts are there: unknown is never 0. */
export function readTokenUsage(usage: UsageBody): TokenUsage | undefined {
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = usage;
  if ((promptTokens ?? completionTokens ?? undefined) === undefined) return undefined;
  return {
    promptTokens: promptTokens ?? 0,
    completionTokens: completionTokens ?? 0,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
    reasoningTokens: usage.completion_tokens_details?.reasoning_tokens ?? 0,
  };
}

/**
 * What the account is charged: `cost`, and with a provider key of one's own (BYOK) the provider's bill on top, since
 * `cost` is then only the gateway's fee. On ordinary requests `upstream_inference_cost` repeats `cost` and must not be
 * added. Missing, negative, beyond belief or not a number is `undefined`, never 0.
 */
export function readCost(usage: UsageBody): NanoUsd | undefined {
  const cost = readAmount(usage.cost);
  if (cost === undefined || usage.is_byok !== true) return cost;
  const upstream = readAmount(usage.cost_details?.upstream_inference_cost);
  if (upstream === undefined || !Number.isSafeInteger(cost + upstream)) return undefined;
  return addUsd(cost, upstream);
}

function readAmount(value: number | null | undefined): NanoUsd | undefined {
  if (value === undefined || value === null || value < 0) return undefined;
  return parseUsd(value);
}
