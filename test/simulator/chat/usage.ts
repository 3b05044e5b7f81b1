import { faultOf } from "../faults/fault.ts";
import type { SingleFault } from "../faults/fault.ts";
import { usdNumber } from "../money/decimalUsd.ts";
import type { Charge } from "./settleCharge.ts";

/** `usage` of a chat answer, or nothing when a fault takes it away. */
export function usageOf(charge: Charge, faults: readonly SingleFault[]): Readonly<Record<string, unknown>> | undefined {
  if (faultOf(faults, "usage-missing")) return undefined;
  const factor = faultOf(faults, "usage-multiplied")?.factor ?? 1;
  const told = faultOf(faults, "cost-told");
  const { tokens, upstream } = charge;
  const prompt = Math.round(tokens.promptTokens * factor);
  const completion = Math.round(tokens.completionTokens * factor);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    cost: told === undefined ? usdNumber(Math.round(charge.costNanoUsd * factor)) : told.cost,
    is_byok: charge.isByok,
    prompt_tokens_details: {
      cached_tokens: tokens.cachedTokens,
      cache_write_tokens: tokens.cacheWriteTokens,
      audio_tokens: 0,
      video_tokens: 0,
    },
    cost_details: {
      upstream_inference_cost: usdNumber(upstream.totalNanoUsd),
      upstream_inference_prompt_cost: usdNumber(upstream.promptNanoUsd),
      upstream_inference_completions_cost: usdNumber(upstream.completionNanoUsd),
    },
    completion_tokens_details: { reasoning_tokens: tokens.reasoningTokens, image_tokens: 0, audio_tokens: 0 },
  };
}
