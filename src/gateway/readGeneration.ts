import * as z from "zod/mini";
import { type NanoUsd, addUsd, parseUsd } from "../core/money/nanoUsd.ts";
import type { TokenUsage } from "../core/waybill/waybill.ts";

const count = z.catch(z.nullish(z.number()), undefined);

/** Source: OpenRouter `GET /generation`. Billed from the native token counts. */
const generationSchema = z.looseObject({
  data: z.looseObject({
    model: z.catch(z.nullish(z.string()), undefined),
    provider_name: z.catch(z.nullish(z.string()), undefined),
    total_cost: z.number(),
    upstream_inference_cost: count,
    is_byok: z.catch(z.nullish(z.boolean()), undefined),
    native_tokens_prompt: count,
    native_tokens_completion: count,
    native_tokens_cached: count,
    native_tokens_reasoning: count,
  }),
});

/** What a generation really cost, looked up afterwards. */
export interface GenerationRecord {
  readonly cost: NanoUsd;
  readonly usage: TokenUsage;
  readonly model: string | undefined;
  readonly provider: string | undefined;
}

/** `undefined` when the record does not hold a usable cost. */
export function readGeneration(body: unknown): GenerationRecord | undefined {
  const parsed = generationSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { data } = parsed.data;
  const cost = totalCost(data);
  if (cost === undefined) return undefined;
  return {
    cost,
    model: data.model ?? undefined,
    provider: data.provider_name ?? undefined,
    usage: {
      promptTokens: data.native_tokens_prompt ?? 0,
      completionTokens: data.native_tokens_completion ?? 0,
      cachedTokens: data.native_tokens_cached ?? 0,
      reasoningTokens: data.native_tokens_reasoning ?? 0,
    },
  };
}

function totalCost(data: z.infer<typeof generationSchema>["data"]): NanoUsd | undefined {
  if (data.total_cost < 0) return undefined;
  const charged = parseUsd(data.total_cost);
  if (charged === undefined || data.is_byok !== true) return charged;
  const upstream = parseUsd(data.upstream_inference_cost ?? Number.NaN);
  return upstream === undefined ? undefined : addUsd(charged, upstream);
}
