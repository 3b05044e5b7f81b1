import type { Catalog } from "../core/catalog/catalogModel.ts";
import { WaybillError, isAborted } from "../core/errors/waybillError.ts";
import type { ChatEvent } from "./chatEvent.ts";
import { type ChatRequest, chatRequestBody, chatRequestHeaders } from "./chatRequest.ts";
import { endpointUrl } from "./endpointUrl.ts";
import type { Gateway } from "./gateway.ts";
import { type GatewayCapabilities, detectCapabilities, maxFallbackModels } from "./gatewayCapabilities.ts";
import { isLoopback } from "./isLoopback.ts";
import { readCatalog } from "./readCatalog.ts";
import { readChatStream } from "./readChatStream.ts";
import { readGeneration } from "./readGeneration.ts";
import { readKeyStatus } from "./readKeyStatus.ts";
import { readWholeAnswer } from "./readWholeAnswer.ts";
import { DEFAULT_TIMEOUTS, type RequestTimeouts } from "./requestTimers.ts";
import { type RequestTiming, openResponse, readText, requestJson } from "./sendRequest.ts";
import type { Transport, TransportRequest } from "./transport.ts";

/** A key is only ever sent to the origin it was entered for. */
export interface GatewayCredential {
  readonly origin: string;
  readonly key: string;
}

export interface GatewayOptions {
  /** For instance `https://openrouter.ai/api/v1`, without a slash at the end. */
  readonly baseUrl: URL;
  readonly transport: Transport;
  /** Read for each request, so that a changed key is used by the next one. Rejects when it cannot be read. */
  readonly credential: () => Promise<GatewayCredential | undefined>;
  readonly now: () => number;
  readonly timeouts?: RequestTimeouts;
  /** Set by whoever knows better than the model list tells. */
  readonly capabilities?: GatewayCapabilities;
}

/** How the app names itself. Source: OpenRouter app attribution. */
const ATTRIBUTION_HEADERS = {
  "HTTP-Referer": "https://github.com/waybill/waybill",
  "X-OpenRouter-Title": "Waybill",
  "X-OpenRouter-Categories": "ide-extension",
};

/** Whatever is no answer of a model comes soon or not at all. */
const LOOK_UP_TIMEOUT_MS = 20_000;

/** OpenRouter's API, or any server that speaks the OpenAI dialect of it. */
export function createOpenRouterGateway(options: GatewayOptions): Gateway {
  const { baseUrl, transport, now } = options;
  const timing: RequestTiming = { timeouts: options.timeouts ?? DEFAULT_TIMEOUTS, now };
  const lookUpTiming: RequestTiming = { timeouts: lookUpTimeouts(timing.timeouts), now };
  /** What the server understands; an unknown one shows it by its model list. */
  let capabilities = detectCapabilities(baseUrl, undefined, options.capabilities);

  async function buildRequest(path: string, signal: AbortSignal, body?: string): Promise<TransportRequest> {
    return {
      url: endpointUrl(baseUrl, path),
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...ATTRIBUTION_HEADERS,
        ...(await authorization(options)),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      signal,
      ...(body === undefined ? {} : { body }),
    };
  }

  async function fetchJson(path: string, signal: AbortSignal): Promise<unknown> {
    const sent = await buildRequest(path, signal);
    return requestJson(transport, sent, lookUpTiming).catch((error: unknown) => {
      throw withoutKey(error, sent);
    });
  }

  async function* streamChat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<readonly ChatEvent[]> {
    const plain = await buildRequest("/chat/completions", signal, chatRequestBody(request, capabilities));
    const sent = { ...plain, headers: { ...plain.headers, ...chatRequestHeaders(request, capabilities) } };
    const response = await openResponse(transport, sent, timing).catch((error: unknown) => {
      throw withoutKey(error, sent);
    });
    const body = response.body[Symbol.asyncIterator]();
    try {
      yield [{ type: "response-start", generationId: response.generationId }];
      const bytes = { [Symbol.asyncIterator]: () => body };
      if (/event-stream/i.test(response.contentType)) yield* readChatStream(bytes, now);
      else yield* readWholeAnswer(await readText(bytes), now);
    } finally {
      // A reader that leaves early must not keep the connection.
      await body.return?.();
    }
  }

  async function fetchCatalog(signal: AbortSignal): Promise<Catalog> {
    const body = await fetchJson("/models", signal);
    capabilities = detectCapabilities(baseUrl, body, options.capabilities);
    return readCatalog(body, now());
  }

  return {
    origin: baseUrl.origin,
    host: baseUrl.host,
    get maxFallbackModels() {
      return maxFallbackModels(capabilities);
    },
    streamChat,
    fetchCatalog,
    fetchKeyStatus: async (signal) => readKeyStatus(await fetchJson("/key", signal)),
    fetchGeneration: async (generationId, signal) => {
      try {
        return readGeneration(await fetchJson(`/generation?id=${encodeURIComponent(generationId)}`, signal));
      } catch (error) {
        if (!isAborted(error) && error instanceof WaybillError && error.status === 404) return undefined;
        throw error;
      }
    },
  };
}

function lookUpTimeouts(timeouts: RequestTimeouts): RequestTimeouts {
  return {
    ...timeouts,
    headMs: Math.min(timeouts.headMs, LOOK_UP_TIMEOUT_MS),
    idleMs: Math.min(timeouts.idleMs, LOOK_UP_TIMEOUT_MS),
  };
}

async function authorization({ baseUrl, credential }: GatewayOptions): Promise<Record<string, string>> {
  const known = await credential();
  if (known?.origin === baseUrl.origin) return { Authorization: `Bearer ${known.key}` };
  if (isLoopback(baseUrl.hostname)) return {};
  throw new WaybillError("key-missing", "There is no key for this gateway", { isUncharged: true });
}

/** A gateway on this machine may want a key after all; then the key is not wrong but missing. */
function withoutKey(error: unknown, sent: TransportRequest): unknown {
  const isMissing = error instanceof WaybillError && error.code === "auth" && !("Authorization" in sent.headers);
  return isMissing ? new WaybillError("key-missing", "The gateway wants a key", { isUncharged: true }) : error;
}
