import { CATALOG, findModel, followAlias } from "../catalog/catalog.ts";
import { endpointsOf } from "../catalog/endpoint.ts";
import type { Endpoint } from "../catalog/endpoint.ts";
import { PROVIDERS, providerOf } from "../catalog/providers.ts";
import { notFound } from "../errors/requestErrors.ts";
import { faultOf } from "../faults/fault.ts";
import { authenticate } from "../http/authenticate.ts";
import type { Exchange } from "../http/exchange.ts";
import { sendError, sendJson } from "../http/sendJson.ts";
import type { SimulatorState } from "../simulatorState.ts";

/** Rows with missing and mistyped fields, as a changed API might send them. */
const MALFORMED_ENDPOINTS: readonly unknown[] = [
  null,
  "openai",
  {},
  { tag: 7 },
  { tag: "odd", pricing: { prompt: "cheap" } },
];

type Json = Readonly<Record<string, unknown>>;

/** Spread of a percentile around the median, as a factor. */
const LATENCY_SPREAD = { p50: 1, p75: 1.4, p90: 2.1, p99: 4 } as const;
const THROUGHPUT_SPREAD = { p50: 1, p75: 0.85, p90: 0.65, p99: 0.3 } as const;

/** `GET /models/{author}/{slug}/endpoints`: keyless, but latency and throughput need a key. */
export function listModelEndpoints(exchange: Exchange, state: SimulatorState): void {
  const id = decodeURIComponent(exchange.url.pathname.replace(/^.*?\/models\//, "").replace(/\/endpoints$/, ""));
  const entry = findModel(id);
  if (entry === undefined) return sendError(exchange.response, notFound(`Model ${id}`));
  const { row } = entry;
  const hasKey = authenticate(exchange, state).kind === "account";
  const malformed = faultOf(exchange.faults, "malformed-catalog") ? MALFORMED_ENDPOINTS : [];
  const endpoints = [
    ...malformed,
    ...endpointsOf(followAlias(entry)).map((endpoint) => describe(endpoint, state.down, hasKey)),
  ];
  const { id: modelId, name, created, description, architecture } = row;
  sendJson(exchange.response, { data: { id: modelId, name, created, description, architecture, endpoints } });
}

/** `GET /endpoints/zdr`: endpoints of providers that keep nothing. */
export function listZdrEndpoints({ response, faults }: Exchange, state: SimulatorState): void {
  const endpoints = CATALOG.flatMap((entry) => endpointsOf(entry));
  const kept = endpoints.filter(({ provider, trainsOnPrompts }) => provider.retention === "none" && !trainsOnPrompts);
  const malformed = faultOf(faults, "malformed-catalog") ? MALFORMED_ENDPOINTS : [];
  sendJson(response, { data: [...malformed, ...kept.map((endpoint) => describe(endpoint, state.down, false))] });
}

/** `GET /providers`. */
export function listProviders({ response }: Exchange): void {
  const slugs = Object.keys(PROVIDERS).filter((slug): slug is keyof typeof PROVIDERS => slug in PROVIDERS);
  const data = slugs.map((slug) => {
    const { name, headquarters, website } = providerOf(slug);
    return {
      name,
      slug,
      headquarters,
      datacenters: [headquarters],
      privacy_policy_url: `https://${website}/privacy`,
      terms_of_service_url: `https://${website}/terms`,
      status_page_url: null,
    };
  });
  sendJson(response, { data });
}

function describe(endpoint: Endpoint, down: ReadonlySet<string>, hasKey: boolean): Json {
  const { row, provider, tag, pricing } = endpoint;
  const isDown = down.has(tag);
  const uptime = isDown ? 0 : 100 - provider.firstTokenMs / 500;
  const canUseTools = row.supported_parameters.includes("tools");
  return {
    name: `${provider.name} | ${row.canonical_slug}`,
    model_id: row.id,
    model_name: row.name,
    context_length: endpoint.contextLength ?? 0,
    pricing,
    provider_name: provider.name,
    tag,
    quantization: endpoint.quantization,
    max_completion_tokens: endpoint.maxCompletionTokens,
    max_prompt_tokens: endpoint.maxPromptTokens,
    supported_parameters: row.supported_parameters,
    supports_tool_choice: { none: canUseTools, auto: canUseTools, required: canUseTools, function: canUseTools },
    status: isDown ? -2 : 0,
    uptime_last_5m: uptime,
    uptime_last_30m: uptime,
    uptime_last_1d: 99.8,
    supports_implicit_caching: pricing.input_cache_read !== undefined && !row.id.startsWith("anthropic/"),
    supports_voice_cloning: false,
    latency_last_30m: hasKey ? spread(provider.firstTokenMs, LATENCY_SPREAD) : null,
    throughput_last_30m: hasKey ? spread(provider.tokensPerSecond, THROUGHPUT_SPREAD) : null,
  };
}

function spread(median: number, factors: Readonly<Record<string, number>>): Json {
  return Object.fromEntries(Object.entries(factors).map(([name, factor]) => [name, Math.round(median * factor)]));
}
