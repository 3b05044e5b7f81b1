import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Catalog } from "../../core/catalog/catalogModel.ts";
import { toWaybillError } from "../../core/errors/waybillError.ts";
import { describeError } from "../../core/problems/describeError.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import type { GatewayCredential } from "../../gateway/openRouterGateway.ts";
import { type ChatStore, openChatStore } from "../../store/chatStore.ts";
import type { Ledger } from "../../store/ledger.ts";
import { openLedgerJournal } from "../../store/ledgerJournal.ts";
import { setLedgerAside } from "../../store/setLedgerAside.ts";
import { openSqliteLedger } from "../../store/sqliteLedger.ts";
import { runTurn } from "../../turn/runTurn.ts";
import { ServiceHealth } from "../../turn/serviceHealth.ts";
import type { TurnEvent } from "../../turn/turnEvent.ts";
import type { TurnRequest } from "../../turn/turnRequest.ts";
import { type GatewayConnection, GatewayConnector } from "./gatewayConnector.ts";
import { currentNetworkSettings } from "./networkSettings.ts";
import type { Settings } from "./readSettings.ts";

export interface EngineOptions {
  /** A folder that all windows of this machine share. */
  readonly storageFolder: string;
  readonly settings: () => Settings;
  readonly credential: (origin: string) => Promise<GatewayCredential | undefined>;
}

/** What a surface says of a turn; the engine adds what every turn has in common. */
export type TurnOrder = Omit<TurnRequest, "turnId" | "policy" | "limits">;

/** Gateway, store and turn, put together. Loaded with the first use, since most of the code is here. */
export interface Engine {
  /** Rejects with `settings-invalid` when the gateway's address makes no sense. */
  gateway(): Gateway;
  transportName(): "host" | "direct";
  /** Opens a connection ahead, sending nothing. Never rejects. */
  prepare(): Promise<void>;
  ledger(): Promise<Ledger>;
  /** Whether there is a ledger already. */
  hasLedger(): Promise<boolean>;
  chats(): Promise<ChatStore>;
  catalog(signal: AbortSignal): Promise<Catalog>;
  runTurn(order: TurnOrder, signal: AbortSignal): AsyncGenerator<TurnEvent>;
  /** Keeps a damaged ledger beside the new one. */
  startNewLedger(): Promise<void>;
  close(): Promise<void>;
}

const CATALOG_AGE_LIMIT_MS = 60 * 60 * 1000;

export function createEngine(options: EngineOptions): Engine {
  return new WaybillEngine(options);
}

class WaybillEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #connector: GatewayConnector;
  /** Opened on first use. A failed opening is tried again with the next use. */
  #ledger: Promise<Ledger> | undefined;
  #chats: Promise<ChatStore> | undefined;
  /** What failed lately, for all turns of this window. */
  readonly #health = new ServiceHealth();
  /** The last model list, and the gateway it came from: what that understands is learned from it. */
  #catalog: { readonly gateway: Gateway; readonly catalog: Catalog } | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#connector = new GatewayConnector({ ...options, network: currentNetworkSettings });
  }

  gateway(): Gateway {
    return this.#connector.connect().gateway;
  }

  transportName(): "host" | "direct" {
    return this.#connector.connect().transport.name;
  }

  async prepare(): Promise<void> {
    const { gatewayUrl } = this.#options.settings();
    if (gatewayUrl !== undefined) await this.#connector.connect().transport.prepare(gatewayUrl.href);
  }

  ledger(): Promise<Ledger> {
    this.#ledger ??= this.#openLedger().catch((error: unknown) => {
      this.#ledger = undefined;
      throw error;
    });
    return this.#ledger;
  }

  hasLedger(): Promise<boolean> {
    return access(this.#ledgerPath()).then(
      () => true,
      () => false,
    );
  }

  chats(): Promise<ChatStore> {
    this.#chats ??= openChatStore(join(this.#options.storageFolder, "chats.sqlite")).catch((error: unknown) => {
      this.#chats = undefined;
      throw error;
    });
    return this.#chats;
  }

  async catalog(signal: AbortSignal): Promise<Catalog> {
    const gateway = this.gateway();
    const known = this.#catalog?.gateway === gateway ? this.#catalog.catalog : undefined;
    if (known !== undefined && Date.now() - known.fetchedAtMs < CATALOG_AGE_LIMIT_MS) return known;
    try {
      const catalog = await gateway.fetchCatalog(signal);
      if (catalog.models.length > 0) this.#catalog = { gateway, catalog };
      return catalog;
    } catch (error) {
      if (known !== undefined && !signal.aborted) return known;
      throw error;
    }
  }

  async *runTurn(order: TurnOrder, signal: AbortSignal): AsyncGenerator<TurnEvent> {
    const { policy, limits } = this.#options.settings();
    let connection: GatewayConnection;
    try {
      connection = this.#connector.connect();
    } catch (error) {
      const context = { gatewayHost: "The gateway", modelName: undefined, wasSent: false, hasText: false };
      yield { type: "turn-failed", problem: describeError(toWaybillError(error), context), waybill: undefined };
      return;
    }
    yield* runTurn(
      {
        gateway: connection.gateway,
        limiter: connection.limiter,
        ledger: () => this.ledger(),
        catalog: (catalogSignal) => this.catalog(catalogSignal),
        now: () => Date.now(),
        newId: () => crypto.randomUUID(),
        wait,
        random: () => Math.random(),
        health: this.#health,
        formatTime: (atMs) => new Date(atMs).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }),
      },
      { ...order, turnId: crypto.randomUUID(), policy, limits },
      signal,
    );
  }

  async startNewLedger(): Promise<void> {
    const open = await this.#ledger?.catch(() => undefined);
    open?.close();
    this.#ledger = undefined;
    setLedgerAside(this.#ledgerPath(), Date.now());
    await this.ledger();
  }

  async close(): Promise<void> {
    const [ledger, chats] = await Promise.allSettled([this.#ledger, this.#chats]);
    if (ledger.status === "fulfilled") ledger.value?.close();
    if (chats.status === "fulfilled") chats.value?.close();
    await this.#connector.close();
  }

  async #openLedger(): Promise<Ledger> {
    const ledger = await openSqliteLedger({
      path: this.#ledgerPath(),
      journal: openLedgerJournal(join(this.#options.storageFolder, "ledger.jsonl")),
      owner: crypto.randomUUID(),
    });
    await ledger.recoverOrphans(Date.now());
    return ledger;
  }

  #ledgerPath(): string {
    return join(this.#options.storageFolder, "ledger.sqlite");
  }
}

/** Ends early when the signal aborts. */
function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onAbort = () => resolve();
  const timer = setTimeout(resolve, milliseconds);
  if (signal?.aborted === true) resolve();
  signal?.addEventListener("abort", onAbort, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  });
}
