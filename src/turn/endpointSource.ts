import type { EndpointList, ZeroRetentionList } from "../core/catalog/modelEndpoint.ts";
import { WaybillError, isAborted } from "../core/errors/waybillError.ts";
import type { EndpointRules } from "../core/routing/endpointNeeds.ts";
import { endpointRules } from "../core/routing/endpointRules.ts";
import type { RouteDecision } from "../core/routing/routeDecision.ts";
import { type PolicySet, policyFor, providerRules } from "../core/routing/routePolicy.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { readEndpoints, readZeroRetention, zeroRetentionBody } from "../gateway/readEndpoints.ts";
import type { CatalogCache } from "../store/catalogCache.ts";
import { type KeptAnswer, keptEndpointsText, readKeptEndpoints } from "../store/keptEndpoints.ts";

export interface EndpointSourceParts {
  readonly cache: CatalogCache;
  readonly now: () => number;
  /** Whether nothing that a person waits for would wait for a look-up. */
  readonly mayAsk: () => boolean;
}

/** An answer of the gateway, read, and when it came. */
interface Known<Value> {
  readonly value: Value;
  readonly fetchedAtMs: number;
}

/** What is known of one gateway's endpoints. */
interface KnownOfGateway {
  readonly gateway: Gateway;
  /** By path below the gateway's address. `value` is `undefined` where the gateway knows no endpoints. */
  readonly lists: Map<string, Known<EndpointList | undefined>>;
  zeroRetention?: Known<ZeroRetentionList>;
  /** As they came, for the disk. */
  readonly answers: Map<string, KeptAnswer>;
  /** Reading what is on the disk, which happens once. */
  loading?: Promise<void>;
  /** Look-ups beside turns, one round at a time. */
  round?: Promise<void>;
  /** After a failure nobody asks beside a turn again before this. */
  quietUntilMs: number;
}

const FRESH_MS = 60 * 60 * 1000;
/** A provider that was out of service is asked of again, and until then counts as back. */
const DOWN_FOR_MS = 10 * 60 * 1000;
const QUIET_AFTER_FAILURE_MS = 5 * 60 * 1000;
const CONCURRENT = 2;
const ZERO_RETENTION_PATH = "/endpoints/zdr";

/**
 * Who serves the models, for those that turns choose from. A turn takes what is in memory and never waits; after it, what
 * is missing or old is looked up beside. Does nothing unless used.
 */
export class EndpointSource {
  readonly #parts: EndpointSourceParts;
  readonly #ended = new AbortController();
  #known: KnownOfGateway | undefined;
  /** What was fetched before this is of another key, which may see other figures. */
  #expiredAtMs = 0;

  constructor(parts: EndpointSourceParts) {
    this.#parts = parts;
  }

  /** What is in memory now, for one decision. */
  rules(gateway: Gateway): EndpointRules {
    const known = this.#of(gateway);
    const { zeroRetention } = known;
    return endpointRules({
      endpointsOf: (modelId) => this.#usableList(known, endpointsPath(modelId)),
      zeroRetention:
        zeroRetention !== undefined && this.#ageOf(zeroRetention) < FRESH_MS ? zeroRetention.value : undefined,
    });
  }

  /** After a decision: looks up what it would have been good to know. Never rejects. */
  learnFrom(gateway: Gateway, { decision, policies }: { decision: RouteDecision; policies: PolicySet }): Promise<void> {
    const known = this.#of(gateway);
    if (decision.kind !== "route" || !gateway.hasEndpoints) return Promise.resolve();
    const { choice, stronger, standIns, task } = decision;
    const paths = [choice, ...stronger, ...standIns].map(({ model }) => endpointsPath(model.id));
    const wantsZeroRetention = providerRules(policyFor(policies, task.taskType)).zdr === true;
    known.round ??= this.#lookUpAll(known, [...(wantsZeroRetention ? [ZERO_RETENTION_PATH] : []), ...paths]).finally(
      () => {
        delete known.round;
      },
    );
    return known.round;
  }

  /** Who serves a model, for somebody who waits; `undefined` where the gateway does not say. */
  async endpointsOf(gateway: Gateway, modelId: string, signal: AbortSignal): Promise<EndpointList | undefined> {
    const known = this.#of(gateway);
    const path = endpointsPath(modelId);
    if (!gateway.hasEndpoints || path === undefined) return undefined;
    await this.#makeKnown(known, path, signal);
    return known.lists.get(path)?.value;
  }

  /** Which models have endpoints that keep no data, for somebody who waits. */
  async zeroRetention(gateway: Gateway, signal: AbortSignal): Promise<ZeroRetentionList> {
    const known = this.#of(gateway);
    if (gateway.hasEndpoints) await this.#makeKnown(known, ZERO_RETENTION_PATH, signal);
    if (known.zeroRetention === undefined) throw noList();
    return known.zeroRetention.value;
  }

  /** What a key may use depends on its account. */
  expire(): void {
    this.#expiredAtMs = this.#parts.now();
    if (this.#known !== undefined) this.#known.quietUntilMs = 0;
  }

  /** Ends look-ups that are under way. */
  close(): void {
    this.#ended.abort();
  }

  async #makeKnown(known: KnownOfGateway, path: string, signal: AbortSignal): Promise<void> {
    await this.#load(known);
    if (!this.#needs(known, path)) return;
    await this.#lookUp(known, path, signal);
    await this.#save(known);
  }

  #of(gateway: Gateway): KnownOfGateway {
    if (this.#known?.gateway !== gateway) {
      this.#known = { gateway, lists: new Map(), answers: new Map(), quietUntilMs: 0 };
    }
    return this.#known;
  }

  /** Out of service is a matter of minutes, prices and limits one of days. */
  #usableList(known: KnownOfGateway, path: string | undefined): EndpointList | undefined {
    const list = path === undefined ? undefined : known.lists.get(path);
    if (list?.value === undefined || this.#ageOf(list) >= FRESH_MS) return undefined;
    if (this.#ageOf(list) < DOWN_FOR_MS) return list.value;
    const endpoints = list.value.endpoints.map((endpoint) => ({ ...endpoint, isDown: false }));
    return { ...list.value, endpoints };
  }

  /** Two at a time, the first failure ends them. */
  async #lookUpAll(known: KnownOfGateway, wanted: readonly (string | undefined)[]): Promise<void> {
    await this.#load(known);
    const missing = wanted.filter((path) => path !== undefined && this.#needs(known, path));
    const queue = new Set(missing).values();
    const work = async () => {
      for (const path of queue) {
        if (path === undefined || !this.#isQuietTime(known)) return;
        await this.#lookUp(known, path, this.#ended.signal);
      }
    };
    if (missing.length === 0) return;
    await Promise.allSettled(Array.from({ length: CONCURRENT }, work));
    await this.#save(known);
  }

  #isQuietTime({ quietUntilMs }: KnownOfGateway): boolean {
    return this.#parts.mayAsk() && this.#parts.now() >= quietUntilMs && !this.#ended.signal.aborted;
  }

  /** Rejects with what the gateway says; a model that it does not know has no list. */
  async #lookUp(known: KnownOfGateway, path: string, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#ended.signal]);
    try {
      this.#keep(known, path, { body: await known.gateway.lookUp(path, either), fetchedAtMs: this.#parts.now() });
    } catch (error) {
      if (isUnknownModel(error) && path !== ZERO_RETENTION_PATH) {
        known.lists.set(path, { value: undefined, fetchedAtMs: this.#parts.now() });
        return;
      }
      if (!isAborted(error)) known.quietUntilMs = this.#parts.now() + QUIET_AFTER_FAILURE_MS;
      throw error;
    }
  }

  /** Throws `protocol` for an answer without any form, which is then not kept. */
  #keep(known: KnownOfGateway, path: string, answer: KeptAnswer): void {
    const { body, fetchedAtMs } = answer;
    if (path === ZERO_RETENTION_PATH) {
      const value = readZeroRetention(body);
      known.zeroRetention = { value, fetchedAtMs };
      known.answers.set(path, { body: zeroRetentionBody(value), fetchedAtMs });
    } else {
      known.lists.set(path, { value: readEndpoints(body), fetchedAtMs });
      known.answers.set(path, answer);
    }
  }

  #load(known: KnownOfGateway): Promise<void> {
    known.loading ??= this.#takeOver(known);
    return known.loading;
  }

  /** What the disk has newer than the memory. What cannot be read is asked for again. */
  async #takeOver(known: KnownOfGateway): Promise<void> {
    const kept = await this.#parts.cache.read(diskAddress(known.gateway));
    for (const [path, answer] of readKeptEndpoints(kept?.text)) {
      if (answer.fetchedAtMs <= (known.answers.get(path)?.fetchedAtMs ?? 0)) continue;
      if (!this.#isFresh(answer)) continue;
      try {
        this.#keep(known, path, answer);
      } catch {
        // Of another version, perhaps.
      }
    }
  }

  /** Another window may have looked up others meanwhile. */
  async #save(known: KnownOfGateway): Promise<void> {
    await this.#takeOver(known);
    const fetchedAtMs = this.#parts.now();
    const fresh = [...known.answers].filter(([, answer]) => this.#isFresh(answer));
    const text = keptEndpointsText(fresh);
    await this.#parts.cache.write(diskAddress(known.gateway), { version: { path: "" }, told: [], fetchedAtMs, text });
  }

  #needs(known: KnownOfGateway, path: string): boolean {
    const found = path === ZERO_RETENTION_PATH ? known.zeroRetention : known.lists.get(path);
    if (found === undefined || !this.#isFresh(found)) return true;
    const hasDown = known.lists.get(path)?.value?.endpoints.some(({ isDown }) => isDown) === true;
    return hasDown && this.#ageOf(found) >= DOWN_FOR_MS;
  }

  #isFresh(found: { readonly fetchedAtMs: number }): boolean {
    return this.#ageOf(found) < FRESH_MS && found.fetchedAtMs > this.#expiredAtMs;
  }

  /** What comes from the future was kept under a clock that was wrong. */
  #ageOf({ fetchedAtMs }: { readonly fetchedAtMs: number }): number {
    const ageMs = this.#parts.now() - fetchedAtMs;
    return ageMs < 0 ? Number.POSITIVE_INFINITY : ageMs;
  }
}

function noList(): WaybillError {
  return new WaybillError("protocol", "There is no such list", { detail: "no list of providers that keep no data" });
}

/** Ids come from the gateway; one that would lead to another path has no endpoints. */
function endpointsPath(modelId: string): string | undefined {
  const isPlain = /^[\w~@:.-]+(?:\/[\w~@:.-]+)*$/.test(modelId) && !/(?:^|\/)\.+(?:\/|$)/.test(modelId);
  return isPlain ? `/models/${modelId}/endpoints` : undefined;
}

/** Apart from the model list of the same gateway. */
function diskAddress({ address }: Gateway): string {
  return `${address}/endpoints`;
}

function isUnknownModel(error: unknown): boolean {
  return error instanceof WaybillError && error.status === 404;
}
