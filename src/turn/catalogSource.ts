import type { Catalog } from "../core/catalog/catalogModel.ts";
import { type CatalogChange, changeKey, compareCatalogs } from "../core/catalog/compareCatalogs.ts";
import { describeCatalogChanges } from "../core/catalog/describeCatalogChanges.ts";
import { WaybillError } from "../core/errors/waybillError.ts";
import type { CatalogAnswer } from "../gateway/catalogAnswer.ts";
import type { Gateway } from "../gateway/gateway.ts";
import type { CatalogCache, KeptCatalog, ToldChange } from "../store/catalogCache.ts";

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
const QUIET_AFTER_FAILURE_MS = 60 * 1000;
const TOLD_FOR_MS = 30 * 24 * 60 * 60 * 1000;
const MAX_TOLD = 200;
const NOTHING_USED: ModelsInUse = { pinned: [], used: [] };

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

  /** Rejects only where there is no list at all, or with `aborted`. */
  catalog(gateway: Gateway, signal: AbortSignal): Promise<Catalog> {
    if (this.#list?.gateway !== gateway) this.#list = { gateway, quietUntilMs: 0 };
    return untilAborted(this.#answer(this.#list), signal);
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

  async #answer(list: KnownList): Promise<Catalog> {
    await (list.loading ??= this.#load(list));
    const { catalog } = list;
    if (catalog === undefined) return this.#refresh(list);
    if (!this.#isFresh(catalog) && this.#parts.now() >= list.quietUntilMs) {
      this.#refresh(list).catch(() => undefined);
    }
    return catalog;
  }

  async #load(list: KnownList): Promise<void> {
    const kept = await this.#parts.cache.read(list.gateway.address);
    const catalog = kept && open(list, kept);
    if (catalog !== undefined) list.catalog = catalog;
  }

  #refresh(list: KnownList): Promise<Catalog> {
    list.refreshing ??= this.#replace(list)
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
  async #replace(list: KnownList): Promise<Catalog> {
    const { gateway } = list;
    const kept = await this.#parts.cache.read(gateway.address);
    const keptCatalog = kept && open(list, kept);
    if (keptCatalog !== undefined && this.#isFresh(keptCatalog)) return (list.catalog = keptCatalog);
    const answer = await gateway.refreshCatalog(keptCatalog && kept?.version, this.#ended.signal);
    if (answer.kind === "list") return this.#adopt(list, answer, newerOf(keptCatalog, list.catalog));
    if (kept === undefined || keptCatalog === undefined) throw new WaybillError("protocol", "Nothing was asked");
    const fetchedAtMs = this.#parts.now();
    list.catalog = { ...keptCatalog, fetchedAtMs };
    await this.#parts.cache.write(gateway.address, { ...kept, fetchedAtMs });
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
    const inUse = before === undefined ? NOTHING_USED : await this.#modelsInUse(list.gateway);
    // Read again: another window may have told the same while the list was on its way.
    const told = this.#toldLately((await this.#parts.cache.read(list.gateway.address))?.told ?? []);
    const changes = newChanges({ before, after: catalog, inUse, told });
    const { fetchedAtMs } = catalog;
    await this.#parts.cache.write(list.gateway.address, {
      version,
      fetchedAtMs,
      told: [...told, ...changes.map((change) => ({ key: changeKey(change), atMs: fetchedAtMs }))],
      text,
    });
    this.#parts.report({
      type: "catalog-refreshed",
      models: catalog.models.length,
      skippedRows: catalog.skippedRows,
      changes,
      notice: describeCatalogChanges(changes, inUse.pinned),
    });
    return catalog;
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
  #isFresh({ fetchedAtMs }: Catalog): boolean {
    const ageMs = this.#parts.now() - fetchedAtMs;
    return ageMs >= 0 && ageMs < FRESH_MS && fetchedAtMs > this.#expiredAtMs;
  }
}

interface Comparison {
  readonly before: Catalog | undefined;
  readonly after: Catalog;
  readonly inUse: ModelsInUse;
  readonly told: readonly ToldChange[];
}

/** What the person has not been told yet. */
function newChanges({ before, after, inUse, told }: Comparison): readonly CatalogChange[] {
  if (before === undefined) return [];
  const known = new Set(told.map(({ key }) => key));
  const changes = compareCatalogs(before, after, [...inUse.pinned, ...inUse.used]);
  return changes.filter((change) => !known.has(changeKey(change)));
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
