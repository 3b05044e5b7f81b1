import { perTokenFromPerMillion } from "../money/decimalUsd.ts";
import type { Pricing } from "../money/pricing.ts";
import type { CatalogEntry, ModelRow, Offer } from "./modelRow.ts";
import { providerOf } from "./providers.ts";
import type { Provider } from "./providers.ts";

/** One provider's endpoint for one model: what requests are routed to and charged by. */
export interface Endpoint {
  readonly row: ModelRow;
  readonly provider: Provider;
  /** Slug for `provider.order`, `only` and `ignore`. */
  readonly tag: string;
  readonly pricing: Pricing;
  /** Null when neither the endpoint nor the model gives a length. */
  readonly contextLength: number | null;
  readonly maxCompletionTokens: number | null;
  readonly maxPromptTokens: number | null;
  readonly quantization: string;
  /** Free endpoints may train on prompts, which `data_collection: "deny"` excludes. */
  readonly trainsOnPrompts: boolean;
}

/** The endpoints of a model, the default one first. */
export function endpointsOf({ row, offers }: CatalogEntry): readonly Endpoint[] {
  return offers.map((offer) => ({
    row,
    provider: providerOf(offer.provider),
    tag: offer.tag ?? offer.provider,
    pricing: pricingOf(row.pricing, offer),
    contextLength: offer.contextLength ?? row.top_provider.context_length ?? row.context_length,
    maxCompletionTokens: offer.maxCompletionTokens ?? row.top_provider.max_completion_tokens,
    maxPromptTokens: offer.maxPromptTokens ?? null,
    quantization: offer.quantization ?? "unknown",
    trainsOnPrompts: row.id.endsWith(":free") || offer.provider === "stealth",
  }));
}

function pricingOf(pricing: Pricing, offer: Offer): Pricing {
  const { promptUsdPerMillion: prompt, completionUsdPerMillion: completion, cacheReadUsdPerMillion: cacheRead } = offer;
  if (prompt === undefined || completion === undefined) return { ...pricing, discount: offer.discount ?? 0 };
  return {
    prompt: perTokenFromPerMillion(prompt),
    completion: perTokenFromPerMillion(completion),
    ...(cacheRead && { input_cache_read: perTokenFromPerMillion(cacheRead) }),
    discount: offer.discount ?? 0,
  };
}
