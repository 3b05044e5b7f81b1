import * as z from "zod/mini";
import type { GatewayDialect } from "./gatewayDialect.ts";

/** A part of a chat request beyond messages, model, stream, `max_tokens`, `temperature` and `tools`. */
export type RequestPart =
  | "models"
  | "preset"
  | "provider"
  | "reasoning"
  | "cache_control"
  | "session_id"
  | "user"
  | "metadata"
  | "stop_server_tools_when"
  /** `stream_options.include_usage`, without which most servers send no usage; OpenRouter always does. */
  | "stream_options"
  /** `X-OpenRouter-…` headers. */
  | "headers";

/** What a model server understands. A part it does not is left out: strict servers refuse what they do not know. */
export interface GatewayCapabilities {
  readonly parts: ReadonlySet<RequestPart>;
  /** Whether there is `/models/user`: what is left of the model list for a key, by the rules of its account. */
  readonly hasListByKey: boolean;
}

export const OPENROUTER_CAPABILITIES: GatewayCapabilities = {
  parts: new Set([
    "models",
    "preset",
    "provider",
    "reasoning",
    "cache_control",
    "session_id",
    "user",
    "metadata",
    "stop_server_tools_when",
    "headers",
  ]),
  hasListByKey: true,
};

/** Any other server that speaks the OpenAI dialect. */
export const PLAIN_CAPABILITIES: GatewayCapabilities = { parts: new Set(["stream_options"]), hasListByKey: false };

/** OpenRouter takes three models a request. */
export const MAX_FALLBACK_MODELS = 2;

export function maxFallbackModels({ parts }: GatewayCapabilities): number {
  return parts.has("models") ? MAX_FALLBACK_MODELS : 0;
}

/** What a person who names the dialect knows better than the server shows; `undefined` for `auto`. */
export function capabilitiesOf(dialect: GatewayDialect): GatewayCapabilities | undefined {
  switch (dialect) {
    case "auto":
      return undefined;
    case "openrouter":
      return OPENROUTER_CAPABILITIES;
    case "plain":
      return PLAIN_CAPABILITIES;
  }
}

const pricedRows = z.looseObject({ data: z.array(z.unknown()) });
const pricedRow = z.looseObject({ pricing: z.looseObject({}) });

/**
 * Takes a server for OpenRouter, or one that speaks all of its API, by its address or by prices in the answer of
 * `/models`. Whoever knows better hands over one of the two sets instead of asking.
 */
export function detectCapabilities(
  baseUrl: URL,
  modelsBody: unknown,
  known?: GatewayCapabilities,
): GatewayCapabilities {
  if (known !== undefined) return known;
  const { hostname } = baseUrl;
  if (hostname === "openrouter.ai" || hostname.endsWith(".openrouter.ai")) return OPENROUTER_CAPABILITIES;
  const list = pricedRows.safeParse(modelsBody);
  const hasPrices = list.success && list.data.data.some((row) => pricedRow.safeParse(row).success);
  return hasPrices ? OPENROUTER_CAPABILITIES : PLAIN_CAPABILITIES;
}
