import type { Catalog } from "../core/catalog/catalogModel.ts";
import { WaybillError, isAborted } from "../core/errors/waybillError.ts";
import { DEFAULT_KEY_NAME } from "../core/keys/keyName.ts";
import type { PrivacyDemand } from "../core/privacy/privacyDemand.ts";
import { type CatalogAnswer, type CatalogVersion, conditionHeaders, versionOf } from "./catalogAnswer.ts";
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
import { type RequestTiming, openIfModified, openResponse, readJson, readText, requestJson } from "./sendRequest.ts";
import type { ListPrice } from "./listPrices.ts";
import type { Transport, TransportRequest } from "./transport.ts";

/** A key is only ever sent to the origin it was entered for. */
export interface GatewayCredential {
  readonly origin: string;
  readonly key: string;
  /** What the person calls the key; `default` when absent. */
  readonly keyName?: string;
}

export interface GatewayOptions {
  /** For instance `https://openrouter.ai/api/v1`, without a slash at the end. */
  readonly baseUrl: URL;
  readonly transport: Transport;
  /** Read for each request, so that a changed key is used by the next one. Rejects when it cannot be read. */
  readonly credential: () => Promise<GatewayCredential | undefined>;
  /** What the person calls the key; `default` when absent. A key with another name is never done without. */
  readonly keyName?: string;
  readonly now: () => number;
  readonly timeouts?: RequestTimeouts;
  /** Whether requests name this app; they do when absent. Other servers than OpenRouter's kind are never told. */
  readonly namesApp?: boolean;
  /** Counts where the model list has no prices. */
  readonly prices?: readonly ListPrice[];
  /** What every request must ask of providers, read for each; nothing when absent. */
  readonly privacy?: () => PrivacyDemand | undefined;
  /** Set by whoever knows better than the model list tells. */
  readonly capabilities?: GatewayCapabilities;
}

/** How the app names itself. Source: OpenRouter app attribution. */
const ATTRIBUTION_HEADERS = {
  "HTTP-Referer": "https://github.com/waybill/waybill",
  "X-OpenRouter-Title": "Waybill",
  "X-OpenRouter-Categories": "ide-extension",
};

const WHOLE_LIST = "/models";
const LIST_BY_KEY = "/models/user";

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
        ...(options.namesApp !== false && capabilities.parts.has("headers") ? ATTRIBUTION_HEADERS : {}),
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

  async function* streamChat(
    request: ChatRequest,
    signal: AbortSignal,
    beforeLeaving?: (body: string) => Promise<void>,
  ): AsyncGenerator<readonly ChatEvent[]> {
    const guard = { demand: options.privacy?.(), isLocal: isLoopback(baseUrl.hostname), host: baseUrl.host };
    const text = chatRequestBody(request, capabilities, guard);
    const plain = await buildRequest("/chat/completions", signal, text);
    if (!signal.aborted) await beforeLeaving?.(text);
    if (signal.aborted) throw new WaybillError("aborted", "Stopped before it left", { isUncharged: true });
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

  function openCatalog(text: string, fetchedAtMs: number): Catalog {
    const body = readJson(text);
    capabilities = detectCapabilities(baseUrl, body, options.capabilities);
    return readCatalog(body, fetchedAtMs, options.prices);
  }

  async function askForList(
    path: string,
    known: CatalogVersion | undefined,
    signal: AbortSignal,
  ): Promise<CatalogAnswer> {
    const plain = await buildRequest(path, signal);
    const conditions = known?.path === path ? conditionHeaders(known) : undefined;
    const sent = { ...plain, headers: { ...plain.headers, ...conditions } };
    const open = conditions === undefined ? openResponse : openIfModified;
    const response = await open(transport, sent, lookUpTiming).catch((error: unknown) => {
      throw withoutKey(error, sent);
    });
    if (response === undefined) return { kind: "unchanged" };
    const text = await readText(response.body);
    return { kind: "list", catalog: openCatalog(text, now()), text, version: versionOf(path, response) };
  }

  async function refreshCatalog(known: CatalogVersion | undefined, signal: AbortSignal): Promise<CatalogAnswer> {
    if (capabilities.hasListByKey && "Authorization" in (await authorization(options))) {
      try {
        return await askForList(LIST_BY_KEY, known, signal);
      } catch (error) {
        if (!isUnknownEndpoint(error)) throw error;
      }
    }
    return askForList(WHOLE_LIST, known, signal);
  }

  async function fetchCatalog(signal: AbortSignal): Promise<Catalog> {
    const answer = await refreshCatalog(undefined, signal);
    if (answer.kind === "list") return answer.catalog;
    throw new WaybillError("protocol", "The model list is missing", { detail: "no model list" });
  }

  return {
    origin: baseUrl.origin,
    address: endpointUrl(baseUrl, ""),
    host: baseUrl.host,
    keyName: options.keyName ?? DEFAULT_KEY_NAME,
    get maxFallbackModels() {
      return maxFallbackModels(capabilities);
    },
    isLocal: isLoopback(baseUrl.hostname),
    get hasEndpoints() {
      return capabilities.parts.has("provider");
    },
    lookUp: fetchJson,
    streamChat,
    fetchCatalog,
    refreshCatalog,
    openCatalog,
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

/** What a server, or a proxy before it, answers to a path that it does not have. */
function isUnknownEndpoint(error: unknown): boolean {
  if (!(error instanceof WaybillError)) return false;
  return error.status === 403 || error.status === 404 || error.status === 405;
}

function lookUpTimeouts(timeouts: RequestTimeouts): RequestTimeouts {
  return {
    ...timeouts,
    headMs: Math.min(timeouts.headMs, LOOK_UP_TIMEOUT_MS),
    idleMs: Math.min(timeouts.idleMs, LOOK_UP_TIMEOUT_MS),
  };
}

async function authorization(options: GatewayOptions): Promise<Record<string, string>> {
  const { baseUrl, credential, keyName = DEFAULT_KEY_NAME } = options;
  const known = await credential();
  const isMeant = known?.origin === baseUrl.origin && (known.keyName ?? DEFAULT_KEY_NAME) === keyName;
  if (isMeant) return { Authorization: `Bearer ${known.key}` };
  if (keyName !== DEFAULT_KEY_NAME) {
    throw new WaybillError("key-missing", "The named key is not there", { isUncharged: true, detail: keyName });
  }
  if (isLoopback(baseUrl.hostname)) return {};
  throw new WaybillError("key-missing", "There is no key for this gateway", { isUncharged: true });
}

/** A gateway on this machine may want a key after all; then the key is not wrong but missing. */
function withoutKey(error: unknown, sent: TransportRequest): unknown {
  const isMissing = error instanceof WaybillError && error.code === "auth" && !("Authorization" in sent.headers);
  return isMissing ? new WaybillError("key-missing", "The gateway wants a key", { isUncharged: true }) : error;
}
