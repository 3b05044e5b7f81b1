import type { TokenPrices } from "../core/catalog/modelPrices.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { ReasoningEffort } from "../core/routing/routePolicy.ts";
import type { ProviderPreferences } from "../core/routing/providerPreferences.ts";
import { type ChatMessage, messageBody } from "./chatMessage.ts";
import {
  type GatewayCapabilities,
  MAX_FALLBACK_MODELS,
  OPENROUTER_CAPABILITIES,
  type RequestPart,
} from "./gatewayCapabilities.ts";
import { cacheBreakpoints, needsCacheBreakpoints } from "./promptCaching.ts";
import { providerBody } from "./providerBody.ts";
import { type PrivacyGuard, requirePrivacy } from "./requirePrivacy.ts";

/** A chat completion as the turn asks for it. */
export interface ChatRequest {
  /** May carry suffixes, for instance `:nitro` or `@preset/team`. */
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** Always sent: without it the gateway reserves the model's longest answer. */
  readonly maxCompletionTokens: number;
  /** The dearest prices this request may be served at. */
  readonly priceCeiling: TokenPrices;
  /** Keeps a conversation with one provider, so that its prompt cache stays warm. */
  readonly sessionId: string | undefined;
  readonly provider?: ProviderPreferences;
  /** Tried in order after `model`; only the first two are sent, since the gateway takes three models. */
  readonly fallbackModels?: readonly string[];
  readonly preset?: string;
  /** A stable pseudonym of the person. */
  readonly user?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly reasoningEffort?: ReasoningEffort;
  readonly temperature?: number;
  /** Sent as they are. The order of their properties should not change between requests, or prompt caches miss. */
  readonly tools?: readonly unknown[];
  /** The gateway stops running its own tools, such as web search, once they have cost this much. */
  readonly maxServerToolCost?: NanoUsd;
  /** The gateway may answer an identical request from its response cache, at no cost. */
  readonly isResponseCacheable?: boolean;
  /** Asks for `openrouter_metadata`: how the request was routed. */
  readonly wantsRouterMetadata?: boolean;
}

/** Limits of OpenRouter, in items or UTF-16 units; a longer value would fail the request. */
const MAX_SESSION_ID = 256;
const MAX_USER = 128;
const MAX_METADATA_PAIRS = 16;
const MAX_METADATA_KEY = 64;
const MAX_METADATA_VALUE = 512;

/**
 * The JSON body for `/chat/completions`. The same request gives the same bytes whatever order its fields were set in:
 * the gateway's response cache compares bytes, and prompt caches a prefix. Throws `privacy-unmet` for one that lacks what
 * the guard demands.
 */
export function chatRequestBody(
  request: ChatRequest,
  { parts }: GatewayCapabilities = OPENROUTER_CAPABILITIES,
  guard?: PrivacyGuard,
): string {
  const models = modelsOf(request);
  const breakpoints = models.some(needsCacheBreakpoints) && parts.has("cache_control") ? request.messages : [];
  const marked = cacheBreakpoints(breakpoints);
  const { reasoningEffort: effort, maxServerToolCost: toolCost, sessionId } = request;
  const optional: readonly (readonly [RequestPart, unknown])[] = [
    ["models", models.length > 1 ? models : undefined],
    ["preset", request.preset],
    ["stream_options", { include_usage: true }],
    ["provider", providerBody(request.provider ?? {}, request.priceCeiling)],
    ["reasoning", effort && { effort }],
    ["stop_server_tools_when", toolCost === undefined ? undefined : [maxCost(toolCost)]],
    ["session_id", sessionId?.slice(0, MAX_SESSION_ID)],
    ["user", request.user?.slice(0, MAX_USER)],
    ["metadata", request.metadata && metadataBody(request.metadata)],
  ];
  const sent = Object.fromEntries(optional.filter(([part]) => parts.has(part)));
  if (guard !== undefined) requirePrivacy(sent["provider"], guard);
  return JSON.stringify({
    model: request.model,
    messages: request.messages.map((message, position) => messageBody(message, marked.has(position))),
    tools: request.tools,
    stream: true,
    max_tokens: request.maxCompletionTokens,
    temperature: request.temperature,
    ...sent,
  });
}

/** Headers that belong to a request rather than to the app. */
export function chatRequestHeaders(
  request: ChatRequest,
  { parts }: GatewayCapabilities = OPENROUTER_CAPABILITIES,
): Readonly<Record<string, string>> {
  if (!parts.has("headers")) return {};
  return {
    // A kept answer is retained, whoever retains nothing of the question.
    ...(request.isResponseCacheable === true && request.provider?.zdr !== true ? { "X-OpenRouter-Cache": "true" } : {}),
    ...(request.wantsRouterMetadata === true ? { "X-OpenRouter-Metadata": "enabled" } : {}),
  };
}

function modelsOf({ model, fallbackModels = [] }: ChatRequest): readonly string[] {
  return [...new Set([model, ...fallbackModels])].slice(0, 1 + MAX_FALLBACK_MODELS);
}

function maxCost(cost: NanoUsd): Readonly<Record<string, unknown>> {
  return { type: "max_cost", max_cost_in_dollars: cost / 1e9 };
}

function metadataBody(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const pairs = Object.entries(metadata)
    .map(([key, value]) => [key.slice(0, MAX_METADATA_KEY), value.slice(0, MAX_METADATA_VALUE)] as const)
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(pairs.slice(0, MAX_METADATA_PAIRS));
}
