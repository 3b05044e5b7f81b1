import { createHash } from "node:crypto";

import type { ChatMessage, ChatRequest } from "./chatRequest.ts";
import { messageTokens, promptTokens } from "./countTokens.ts";
import type { Endpoint } from "../catalog/endpoint.ts";

/** Shortest prefix that is cached, in tokens (prompt caching page: 1024 for most models). */
const DEFAULT_MINIMUM_TOKENS = 1024;
const LIFETIME_MS = { automatic: 600_000, "5m": 300_000, "1h": 3_600_000 } as const;

/** How much of a prompt comes from, and goes into, the provider's cache. */
export interface CacheUse {
  readonly cachedTokens: number;
  readonly cacheWriteTokens: number;
  readonly cacheWriteTtl: "5m" | "1h";
}

/** Whose cache it is. */
export interface CacheScope {
  readonly key: string;
  readonly endpoint: Endpoint;
  readonly nowMs: number;
}

interface Prefix {
  readonly id: string;
  readonly tokens: number;
}

/** Remembers message prefixes by key and model, as sticky routing and prompt caching do together. */
export class PromptCache {
  readonly #minimumTokens: number;
  /** Prefix id to the moment it is forgotten. */
  readonly #expiryMs = new Map<string, number>();

  constructor(minimumTokens = DEFAULT_MINIMUM_TOKENS) {
    this.#minimumTokens = minimumTokens;
  }

  /** Looks the prompt up and remembers it. Anthropic caches only what `cache_control` marks, and charges the write. */
  use(request: ChatRequest, scope: CacheScope): CacheUse {
    const ttl = explicitTtl(request) ?? "5m";
    const { row, pricing } = scope.endpoint;
    const isExplicit = row.id.startsWith("anthropic/");
    const isCached = pricing.input_cache_read !== undefined && (!isExplicit || explicitTtl(request) !== undefined);
    const prefixes = isCached ? this.#cacheablePrefixes(request, scope) : [];
    const cachedTokens = this.#longestKnown(prefixes, scope.nowMs);
    const lifetimeMs = isExplicit ? LIFETIME_MS[ttl] : LIFETIME_MS.automatic;
    for (const prefix of prefixes) this.#expiryMs.set(prefix.id, scope.nowMs + lifetimeMs);
    const longest = prefixes.at(-1)?.tokens ?? 0;
    const cacheWriteTokens = isExplicit ? Math.max(longest - cachedTokens, 0) : 0;
    return { cachedTokens, cacheWriteTokens, cacheWriteTtl: ttl };
  }

  clear(): void {
    this.#expiryMs.clear();
  }

  #longestKnown(prefixes: readonly Prefix[], nowMs: number): number {
    return prefixes.findLast(({ id }) => (this.#expiryMs.get(id) ?? 0) > nowMs)?.tokens ?? 0;
  }

  /** Ever longer prefixes; the last token of a prompt is never cached. */
  #cacheablePrefixes(request: ChatRequest, scope: CacheScope): readonly Prefix[] {
    const hash = createHash("sha256").update(
      `${scope.key}\n${scope.endpoint.row.id}\n${JSON.stringify(request.tools ?? [])}`,
    );
    const most = promptTokens(request) - 1;
    let tokens = 0;
    const prefixes = request.messages.map((message: ChatMessage) => {
      hash.update(JSON.stringify(message));
      tokens += messageTokens(message);
      return { id: hash.copy().digest("hex"), tokens: Math.min(tokens, most) };
    });
    return prefixes.filter((prefix) => prefix.tokens >= this.#minimumTokens);
  }
}

function explicitTtl(request: ChatRequest): "5m" | "1h" | undefined {
  if (request.cache_control) return request.cache_control.ttl ?? "5m";
  const parts = request.messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
  const marked = parts.findLast((part) => part.cache_control !== undefined);
  return marked && (marked.cache_control?.ttl ?? "5m");
}
