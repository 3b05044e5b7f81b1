import type { Catalog } from "../core/catalog/catalogModel.ts";
import type { CatalogChange } from "../core/catalog/compareCatalogs.ts";
import { WaybillError } from "../core/errors/waybillError.ts";
import { DEFAULT_KEY_NAME } from "../core/keys/keyName.ts";
import type { CatalogAnswer } from "../gateway/catalogAnswer.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { CatalogCache, KeptCatalog, ToldChange } from "../store/catalogCache.ts";
import type { NewsOfModels, newsOfModels } from "./newsOfModels.ts";

/** Models whose changes concern the person. */
export interface ModelsInUse {
  readonly pinned: readonly string[];
  /** Asked or served lately. */
  readonly used: readonly string[];
}

export type CatalogEvent =
  | {
      readonly type: "catalog-refreshed";
      readonly models: number;
      readonly skippedRows: number;
      /** Of models in use, since the list before; each is told once on this machine. */
      readonly changes: readonly CatalogChange[];
      /** What the person is to be told, if anything. */
      readonly notice: string | undefined;
    }
  /** The list was not to be had, or empty; the one before stays in use. */
  | { readonly type: "catalog-not-refreshed"; readonly error: unknown };

export interface CatalogSourceParts {
  readonly cache: CatalogCache;
  readonly now: () => number;
  readonly modelsInUse: (gatewayOrigin: string) => Promise<ModelsInUse>;
  /** Loads what compares two lists, which the first list does not need. */
  readonly loadComparison: () => Promise<{ readonly newsOfModels: typeof newsOfModels }>;
  readonly report: (event: CatalogEvent) => void;
}

/** What is known of one gateway's list. */
interface KnownList {
  readonly gateway: Gateway;
  catalog?: Catalog;
  /** Reading what is on the disk, which happens once. */
  loading?: Promise<void>;
  /** Turns that come while the list is on its way share it. */
  refreshing?: Promise<Catalog>;
  /** After a failure nobody asks again before this. */
  quietUntilMs: number;
}

const FRESH_MS = 60 * 60 * 1000;
/** A server on this machine has a model the moment it is pulled, and is asked at no cost. */
const FRESH_LOCALLY_MS = 30 * 1000;
const QUIET_AFTER_FAILURE_MS = 60 * 1000;
const TOLD_FOR_MS = 30 * 24 * 60 * 60 * 1000;
const MAX_TOLD = 200;
const NOTHING_USED: ModelsInUse = { pinned: [], used: [] };
const NO_NEWS: NewsOfModels = { changes: [], keys: [], notice: undefined };

/**
 * The model list: from memory, else from the disk, else from the gateway. An old one is answered at once while one refresh
 * runs beside; only without any does a turn wait. Does nothing unless asked.
 */
export class CatalogSource {
  readonly #parts: CatalogSourceParts;
  readonly #ended = new AbortController();
  /** Of the gateway in use; what a gateway understands is learned from its list, so another one starts anew. */
  #list: KnownList | undefined;
  /** Lists fetched before this count as old: they are of another key. */
  #expiredAtMs = 0;

  constructor(parts: CatalogSourceParts) {
    this.#parts = parts;
  }

  /**
   * Rejects only where there is no list at all, or with `aborted`. A server on this machine is asked again, and waited
   * for, when its list lacks the model that is `wanted`.
   */
  catalog(gateway: Gateway, signal: AbortSignal, wanted?: string): Promise<Catalog> {
    return untilAborted(this.#answer(this.#listOf(gateway), wanted), signal);
  }

  /** The list that is in memory or on the disk, however old; never asks the gateway. */
  async known(gateway: Gateway): Promise<Catalog | undefined> {
    const list = this.#listOf(gateway);
    await (list.loading ??= this.#load(list));
    return list.catalog;
  }

  /** What a key may use depends on its account, so the next use asks again. */
  expire(): void {
    this.#expiredAtMs = this.#parts.now();
    if (this.#list !== undefined) this.#list.quietUntilMs = 0;
  }

  /** Ends a refresh that is under way. */
  close(): void {
    this.#ended.abort();
  }

  #listOf(gateway: Gateway): KnownList {
    if (this.#list?.gateway !== gateway) this.#list = { gateway, quietUntilMs: 0 };
    return this.#list;
  }

  async #answer(list: KnownList, wanted: string | undefined): Promise<Catalog> {
    await (list.loading ??= this.#load(list));
    const { catalog, gateway } = list;
    if (catalog === undefined) return this.#refresh(list);
    const isMissing = gateway.isLocal && wanted !== undefined && !catalog.models.some(({ id }) => id === wanted);
    if ((!isMissing && this.#isFresh(catalog, gateway)) || this.#parts.now() < list.quietUntilMs) return catalog;
    const refreshed = this.#refresh(list, isMissing).catch(() => catalog);
    return isMissing ? refreshed : catalog;
  }

  async #load(list: KnownList): Promise<void> {
    const kept = await this.#parts.cache.read(listAddress(list.gateway));
    const catalog = kept && open(list, kept);
    if (catalog !== undefined) list.catalog = catalog;
  }

  #refresh(list: KnownList, isMissing = false): Promise<Catalog> {
    list.refreshing ??= this.#replace(list, isMissing)
      .catch((error: unknown) => {
        this.#noteFailure(list, error);
        throw error;
      })
      .finally(() => {
        delete list.refreshing;
      });
    return list.refreshing;
  }

  /** Another window may have fetched the list already. Else the gateway is asked whether it has changed. */
  async #replace(list: KnownList, isMissing: boolean): Promise<Catalog> {
    const { gateway } = list;
    const kept = await this.#parts.cache.read(listAddress(gateway));
    const keptCatalog = kept && open(list, kept);
    if (!isMissing && keptCatalog !== undefined && this.#isFresh(keptCatalog, gateway)) {
      return (list.catalog = keptCatalog);
    }
    const answer = await gateway.refreshCatalog(keptCatalog && kept?.version, this.#ended.signal);
    if (answer.kind === "list") return this.#adopt(list, answer, newerOf(keptCatalog, list.catalog));
    if (kept === undefined || keptCatalog === undefined) throw new WaybillError("protocol", "Nothing was asked");
    const fetchedAtMs = this.#parts.now();
    list.catalog = { ...keptCatalog, fetchedAtMs };
    await this.#parts.cache.write(listAddress(gateway), { ...kept, fetchedAtMs });
    return list.catalog;
  }

  async #adopt(
    list: KnownList,
    { catalog, text, version }: Extract<CatalogAnswer, { kind: "list" }>,
    before: Catalog | undefined,
  ): Promise<Catalog> {
    if (catalog.models.length === 0) {
      if (before === undefined) return catalog;
      this.#noteFailure(list, new WaybillError("protocol", "The model list is empty"));
      return before;
    }
    list.catalog = catalog;
    // Read again: another window may have told the same while the list was on its way.
    const told = this.#toldLately((await this.#parts.cache.read(listAddress(list.gateway)))?.told ?? []);
    const { changes, keys, notice } = await this.#newsSince(before, { list, after: catalog, told });
    const { fetchedAtMs } = catalog;
    await this.#parts.cache.write(listAddress(list.gateway), {
      version,
      fetchedAtMs,
      told: [...told, ...keys.map((key) => ({ key, atMs: fetchedAtMs }))],
      text,
    });
    this.#parts.report({
      type: "catalog-refreshed",
      models: catalog.models.length,
      skippedRows: catalog.skippedRows,
      changes,
      notice,
    });
    return catalog;
  }

  async #newsSince(before: Catalog | undefined, { list, after, told }: NewList): Promise<NewsOfModels> {
    if (before === undefined) return NO_NEWS;
    const [{ newsOfModels }, inUse] = await Promise.all([
      this.#parts.loadComparison(),
      this.#modelsInUse(list.gateway),
    ]);
    return newsOfModels(before, after, { inUse, told });
  }

  /** Without the ledger nothing is known of what was used, and the list is as good. */
  #modelsInUse(gateway: Gateway): Promise<ModelsInUse> {
    return this.#parts.modelsInUse(gateway.origin).catch(() => NOTHING_USED);
  }

  #toldLately(told: readonly ToldChange[]): readonly ToldChange[] {
    const sinceMs = this.#parts.now() - TOLD_FOR_MS;
    return told.filter(({ atMs }) => atMs >= sinceMs).slice(-MAX_TOLD);
  }

  #noteFailure(list: KnownList, error: unknown): void {
    if (this.#ended.signal.aborted) return;
    list.quietUntilMs = this.#parts.now() + QUIET_AFTER_FAILURE_MS;
    this.#parts.report({ type: "catalog-not-refreshed", error });
  }

  /** A list from the future was kept under a clock that was wrong. */
  #isFresh({ fetchedAtMs }: Catalog, { isLocal }: Gateway): boolean {
    const ageMs = this.#parts.now() - fetchedAtMs;
    return ageMs >= 0 && ageMs < (isLocal ? FRESH_LOCALLY_MS : FRESH_MS) && fetchedAtMs > this.#expiredAtMs;
  }
}

interface NewList {
  readonly list: KnownList;
  readonly after: Catalog;
  readonly told: readonly ToldChange[];
}

/** `undefined` for a damaged list. One that is in memory already is not read again. */
function open({ gateway, catalog }: KnownList, { text, fetchedAtMs }: KeptCatalog): Catalog | undefined {
  if (catalog?.fetchedAtMs === fetchedAtMs) return catalog;
  try {
    const opened = gateway.openCatalog(text, fetchedAtMs);
    return opened.models.length === 0 ? undefined : opened;
  } catch {
    return undefined;
  }
}

function newerOf(left: Catalog | undefined, right: Catalog | undefined): Catalog | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return left.fetchedAtMs >= right.fetchedAtMs ? left : right;
}

/** What a key may use depends on its account, so each has a list of its own; the default key's has the plain address. */
function listAddress({ address, keyName }: Gateway): string {
  return keyName === DEFAULT_KEY_NAME ? address : `${address} ${keyName}`;
}

/** The work goes on for others who wait for it. */
async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new WaybillError("aborted", "Stopped", { isUncharged: true }));
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([promise, work]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
