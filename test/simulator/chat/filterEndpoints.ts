import type { Endpoint } from "../catalog/endpoint.ts";
import { apiError } from "../errors/apiError.ts";
import type { ApiError } from "../errors/apiError.ts";
import { contextTooLong, reasoningMandatory } from "../errors/requestErrors.ts";
import { dataPolicy, noAllowedProvider, noEndpoints } from "../errors/routingErrors.ts";
import { parseUsd, perTokenFromPerMillion } from "../money/decimalUsd.ts";
import { effectivePricing } from "../money/effectivePricing.ts";
import type { ChatRequest } from "./chatRequest.ts";
import { hasPart, maxTokensOf } from "./chatRequest.ts";
import { refusesReasoning } from "./reasoningWish.ts";

/** A request on its way to a model. */
export interface RoutedRequest {
  readonly request: ChatRequest;
  readonly promptTokens: number;
  readonly nowMs: number;
  /** Tags of endpoints that are out of service. */
  readonly down: ReadonlySet<string>;
}

export type FilterResult =
  | { readonly kind: "endpoints"; readonly endpoints: readonly Endpoint[] }
  | { readonly kind: "refuse"; readonly error: ApiError };

interface Filter {
  readonly keeps: (endpoint: Endpoint, routed: RoutedRequest) => boolean;
  readonly refusal: (endpoints: readonly Endpoint[], routed: RoutedRequest) => ApiError;
}

/** In the order of the routing funnel; the first filter that leaves nothing names the error. */
const FILTERS: readonly Filter[] = [
  { keeps: isAllowedProvider, refusal: refuseProviders },
  { keeps: respectsDataPolicy, refusal: (endpoints) => dataPolicy(endpoints.length) },
  {
    keeps: ({ row }, { request }) => !request.tools?.length || row.supported_parameters.includes("tools"),
    refusal: ({ length }) =>
      noEndpoints("No endpoints found that support tool use", "Filter by Tool Compatibility", length),
  },
  {
    keeps: ({ row }, { request }) =>
      !hasPart(request, "image_url") || row.architecture.input_modalities.includes("image"),
    refusal: ({ length }) => noEndpoints("No endpoints found that support image input", "Filter by Parameters", length),
  },
  {
    keeps: hasRequiredParameters,
    refusal: ({ length }) =>
      noEndpoints("No endpoints found that can handle the requested parameters.", "Filter by Parameters", length),
  },
  {
    keeps: isWithinMaxPrice,
    refusal: ({ length }) =>
      noEndpoints("No endpoints found that satisfy the max price for this request", "Filter by Max Price", length),
  },
  {
    keeps: ({ row }, { request }) => row.reasoning?.mandatory !== true || !refusesReasoning(request),
    refusal: () => reasoningMandatory(),
  },
  { keeps: fitsContext, refusal: refuseLength },
  {
    keeps: ({ tag }, { down }) => !down.has(tag),
    refusal: () => apiError(503, "No provider of this model is available at the moment"),
  },
];

/** Leaves the endpoints of one model that may serve the request, or the error of the filter that left none. */
export function filterEndpoints(endpoints: readonly Endpoint[], routed: RoutedRequest): FilterResult {
  let remaining = endpoints;
  for (const { keeps, refusal } of FILTERS) {
    const kept = remaining.filter((endpoint) => keeps(endpoint, routed));
    if (kept.length === 0) return { kind: "refuse", error: refusal(remaining, routed) };
    remaining = kept;
  }
  return { kind: "endpoints", endpoints: remaining };
}

/** Whether a slug of `provider.order`, `only` or `ignore` means this endpoint: a base slug means all its variants. */
export function matchesSlug(endpoint: Endpoint, slug: string): boolean {
  return endpoint.tag === slug || endpoint.tag.startsWith(`${slug}/`) || endpoint.provider.name === slug;
}

function isAllowedProvider(endpoint: Endpoint, { request }: RoutedRequest): boolean {
  const { only, ignore, order, quantizations } = request.provider ?? {};
  const isListed = (slugs: readonly string[]): boolean => slugs.some((slug) => matchesSlug(endpoint, slug));
  if (only?.length && !isListed(only)) return false;
  if (ignore?.length && isListed(ignore)) return false;
  if (quantizations?.length && !quantizations.includes(endpoint.quantization)) return false;
  return !order?.length || request.provider?.allow_fallbacks !== false || isListed(order);
}

function refuseProviders(endpoints: readonly Endpoint[], { request }: RoutedRequest): ApiError {
  const serving = endpoints.map(({ tag, provider }) => ({ tag, name: provider.name }));
  const permitted = request.provider?.only ?? request.provider?.order ?? [];
  return noAllowedProvider({ modelId: endpoints[0]?.row.id ?? "", serving, permitted });
}

function respectsDataPolicy(endpoint: Endpoint, { request }: RoutedRequest): boolean {
  const { data_collection: dataCollection, zdr } = request.provider ?? {};
  if (zdr === true && (endpoint.trainsOnPrompts || endpoint.provider.retention !== "none")) return false;
  return dataCollection !== "deny" || !endpoint.trainsOnPrompts;
}

function hasRequiredParameters({ row }: Endpoint, { request }: RoutedRequest): boolean {
  if (request.provider?.require_parameters !== true) return true;
  const wanted = ["tools", "tool_choice", "response_format", "reasoning", "temperature", "top_p", "seed", "stop"];
  return wanted.every(
    (name) => request[name] === undefined || request[name] === null || row.supported_parameters.includes(name),
  );
}

function isWithinMaxPrice(endpoint: Endpoint, { request, promptTokens, nowMs }: RoutedRequest): boolean {
  const maxPrice = request.provider?.max_price;
  if (!maxPrice) return true;
  const prices = effectivePricing(endpoint.pricing, { promptTokens, atMs: nowMs });
  return isAtMost(prices.prompt, maxPrice.prompt) && isAtMost(prices.completion, maxPrice.completion);
}

/** `max_price` counts per million tokens, the catalogue per token. */
function isAtMost(perToken: string, perMillion: string | undefined): boolean {
  return perMillion === undefined || parseUsd(perToken) <= parseUsd(perTokenFromPerMillion(perMillion));
}

function fitsContext({ contextLength, maxPromptTokens }: Endpoint, { request, promptTokens }: RoutedRequest): boolean {
  if (maxPromptTokens !== null && promptTokens > maxPromptTokens) return false;
  return contextLength === null || promptTokens + (maxTokensOf(request) ?? 1) <= contextLength;
}

function refuseLength(endpoints: readonly Endpoint[], { request, promptTokens }: RoutedRequest): ApiError {
  const longest = Math.max(...endpoints.map(({ contextLength }) => contextLength ?? 0));
  return contextTooLong(longest, promptTokens, maxTokensOf(request) ?? 1);
}
