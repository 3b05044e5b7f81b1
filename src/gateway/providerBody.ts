import type { TokenPrices } from "../core/catalog/modelPrices.ts";
import { decimalToText } from "../core/money/decimal.ts";
import type { Percentiles, ProviderPreferences } from "../core/routing/providerPreferences.ts";

/** The JSON of `provider`, always in the same order. */
export function providerBody(wish: ProviderPreferences, priceCeiling: TokenPrices): Readonly<Record<string, unknown>> {
  return {
    order: wish.order,
    only: wish.only,
    ignore: wish.ignore,
    allow_fallbacks: wish.allowFallbacks,
    require_parameters: wish.requireParameters,
    data_collection: wish.dataCollection,
    zdr: wish.zdr,
    sort: wish.sort,
    quantizations: wish.quantizations,
    max_price: maxPrice(priceCeiling),
    preferred_min_throughput: percentiles(wish.preferredMinThroughput),
    preferred_max_latency: percentiles(wish.preferredMaxLatency),
  };
}

function percentiles(value: number | Percentiles | undefined): number | Percentiles | undefined {
  if (value === undefined || typeof value === "number") return value;
  const { p50, p75, p90, p99 } = value;
  return Object.fromEntries(Object.entries({ p50, p75, p90, p99 }).filter(([, limit]) => limit !== undefined));
}

/** `provider.max_price` is in US dollars per million tokens, while the catalog's prices are per token. */
function maxPrice(ceiling: TokenPrices): Readonly<Record<string, number>> {
  const perMillion = (price: TokenPrices["promptPerToken"]) =>
    Number(decimalToText({ coefficient: price.coefficient * 1_000_000n, scale: price.scale }));
  return {
    prompt: perMillion(ceiling.promptPerToken),
    completion: perMillion(ceiling.completionPerToken),
    ...(ceiling.perRequest.coefficient === 0n ? {} : { request: Number(decimalToText(ceiling.perRequest)) }),
  };
}
