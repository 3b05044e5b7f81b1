import { access } from "node:fs/promises";
import { join } from "node:path";
import { budgetDay } from "../../core/budget/budgetPeriod.ts";
import type { Catalog } from "../../core/catalog/catalogModel.ts";
import { toWaybillError } from "../../core/errors/waybillError.ts";
import { describeError } from "../../core/problems/describeError.ts";
import type { KeyId } from "../../core/keys/keyName.ts";
import type { SentRequest } from "../../core/outbox/sentRequest.ts";
import { describeRepair } from "../../core/problems/describeRepair.ts";
import { type ChatChoice, withChatChoice } from "../../core/routing/chatChoice.ts";
import { pinnedModels } from "../../core/routing/pinnedModels.ts";
import type { RouteDecision } from "../../core/routing/routeDecision.ts";
import type { PolicySet } from "../../core/routing/routePolicy.ts";
import type { CountedOutcome } from "../../core/routing/acceptedLines.ts";
import type { OutcomeKind } from "../../core/routing/outcomeKind.ts";
import { RoutingMemo } from "../../core/routing/routingMemo.ts";
import { SecretVault } from "../../core/secrets/secretVault.ts";
import { TaskClassifier } from "../../core/tasks/taskClassifier.ts";
import type { CodeExchange, ExchangeOutcome } from "../../gateway/exchangeCode.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import type { GatewayCredential } from "../../gateway/openRouterGateway.ts";
import { openCatalogCache } from "../../store/catalogCache.ts";
import { type ChatStore, openChatStore } from "../../store/chatStore.ts";
import type { Ledger } from "../../store/ledger.ts";
import { openLedgerJournal } from "../../store/ledgerJournal.ts";
import { type OutboxStore, openOutboxStore } from "../../store/outboxStore.ts";
import { setLedgerAside } from "../../store/setLedgerAside.ts";
import { openSqliteLedger } from "../../store/sqliteLedger.ts";
import { type RoutedRequest, type RoutingRequest, routeTurn } from "../../turn/routeTurn.ts";
import { type CatalogEvent, CatalogSource, type ModelsInUse } from "../../turn/catalogSource.ts";
import type { EndpointSource } from "../../turn/endpointSource.ts";
import type { KeyNews, KeyWatch } from "../../turn/keyWatch.ts";
import { type LiveCost, LiveCosts } from "../../turn/liveCost.ts";
import { runTurn } from "../../turn/runTurn.ts";
import { ServiceHealth } from "../../turn/serviceHealth.ts";
import type { TurnEvent } from "../../turn/turnEvent.ts";
import type { TurnRequest, TurnServices } from "../../turn/turnRequest.ts";
import { formatMoment } from "./formatMoment.ts";
import { type GatewayConnection, GatewayConnector } from "./gatewayConnector.ts";
import { currentNetworkSettings } from "./networkSettings.ts";
import type { Settings } from "./readSettings.ts";

export interface EngineOptions {
  /** A folder that all windows of this machine share. */
  readonly storageFolder: string;
  readonly settings: () => Settings;
  readonly credential: (id: KeyId) => Promise<GatewayCredential | undefined>;
  readonly mayUse: (gatewayUrl: URL) => boolean;
  /** Asks the person to allow the gateway, unless that was done. */
  readonly askToUse: (gatewayUrl: URL) => Promise<boolean>;
  readonly reportCatalog: (event: CatalogEvent) => void;
  readonly reportLongPrompt: NonNullable<TurnServices["reportLongPrompt"]>;
  /** What the gateway said of keys and of costs, beside turns. */
  readonly reportKeyNews: (news: KeyNews) => void;
  /** What the turns under way have cost so far, estimated; `undefined` when none is. */
  readonly reportLive: (live: LiveCost | undefined) => void;
  /** The list of what was sent could not be written. */
  readonly reportOutbox: (error: unknown) => void;
  /** The ledger was lost or older than its journal, and is mended. */
  readonly reportRepair: (sentence: string) => void;
}

/** What a surface says of a turn; the engine adds what every turn has in common. */
export type TurnOrder = Omit<TurnRequest, "turnId" | "policies" | "limits" | "askAbove" | "attribution"> & Chosen;

export type RoutingOrder = Omit<RoutingRequest, "turnId" | "policies" | "limits"> & Chosen;

interface Chosen {
  /** What the chat asks instead of what the settings say. */
  readonly choice?: ChatChoice;
  /** The surface asks for less than the person's rules allow, for instance a cheaper model. */
  readonly narrow?: (policies: PolicySet) => PolicySet;
}

/** Gateway, store and turn, put together. Loaded with the first use, since most of the code is here. */
export interface Engine {
  /** Throws `settings-invalid` when its address or the choice of its key makes no sense, or `gateway-not-allowed`. */
  gateway(): Gateway;
  /** The same with a key of one's own choice, for looking at that key. */
  gatewayWithKey(keyName: string): Gateway;
  /** Makes a code of the gateway's sign-in page into a key. */
  exchangeCode(exchange: CodeExchange, signal: AbortSignal): Promise<ExchangeOutcome>;
  transportName(): "host" | "direct";
  /** Opens a connection ahead, sending nothing. Never rejects. */
  prepare(): Promise<void>;
  ledger(): Promise<Ledger>;
  /** Whether there is a ledger already. */
  hasLedger(): Promise<boolean>;
  chats(): Promise<ChatStore>;
  /** What left this machine with a person's text. */
  outbox(): Promise<OutboxStore>;
  catalog(signal: AbortSignal): Promise<Catalog>;
  /** Who serves the models. */
  endpoints(): Promise<EndpointSource>;
  /** Knows what the gateway says of the key. */
  keyWatch(): Promise<KeyWatch>;
  /** After a change of the key: the next use asks for the list again. */
  expireCatalog(): void;
  /** A text as it would leave, and how many different secrets were masked in it. */
  mask(text: string): { readonly text: string; readonly count: number };
  runTurn(order: TurnOrder, signal: AbortSignal): AsyncGenerator<TurnEvent>;
  /** What a turn would do; nothing is reserved or sent. Rejects when there is no model list. */
  routeOnly(order: RoutingOrder, signal: AbortSignal): Promise<RoutedRequest>;
  /** The same by what is known already: nothing at all is asked of the gateway. `undefined` without a model list. */
  routeKnown(order: RoutingOrder): Promise<RoutedRequest | undefined>;
  /** Takes down what the person did with a turn's answer, for routing. Rejects when the ledger cannot be written. */
  noteOutcome(turnId: string, outcome: OutcomeKind | CountedOutcome): Promise<void>;
  /** Takes down, beside the verdict, how many lines of an accepted edit the person changed afterwards. */
  noteEdited(turnId: string, lines: number): Promise<void>;
  /** Keeps a damaged ledger beside the new one. */
  startNewLedger(): Promise<void>;
  close(): Promise<void>;
}

/** A model not used for this long is not "in use" any more. */
const USED_LATELY_MS = 14 * 24 * 60 * 60 * 1000;

export function createEngine(options: EngineOptions): Engine {
  return new WaybillEngine(options);
}

class WaybillEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #connector: GatewayConnector;
  /** Opened on first use. A failed opening is tried again with the next use. */
  #ledger: Promise<Ledger> | undefined;
  #chats: Promise<ChatStore> | undefined;
  #outbox: Promise<OutboxStore> | undefined;
  /** What failed lately, for all turns of this window. */
  readonly #health = new ServiceHealth();
  readonly #classifier = new TaskClassifier();
  readonly #routing = new RoutingMemo();
  /** In memory only: nothing of it is ever written down. */
  readonly #secrets = new SecretVault(Math.random().toString(36).slice(2, 6).padEnd(4, "0"));
  readonly #catalogs: CatalogSource;
  /** Loaded after the first decision, so that no turn waits for it. */
  #endpoints: EndpointSource | undefined;
  #keyWatch: KeyWatch | undefined;
  #isClosed = false;
  readonly #live: LiveCosts;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#live = new LiveCosts(options.reportLive, () => Date.now());
    this.#connector = new GatewayConnector({ ...options, network: currentNetworkSettings });
    this.#catalogs = new CatalogSource({
      cache: openCatalogCache(options.storageFolder),
      now: () => Date.now(),
      modelsInUse: (gatewayOrigin) => this.#modelsInUse(gatewayOrigin),
      loadComparison: () => import("../besideParts.ts"),
      report: options.reportCatalog,
    });
  }

  gateway(): Gateway {
    return this.#connector.connect().gateway;
  }

  gatewayWithKey(keyName: string): Gateway {
    return this.#connector.gatewayWithKey(keyName);
  }

  exchangeCode(exchange: CodeExchange, signal: AbortSignal): Promise<ExchangeOutcome> {
    return this.#connector.exchangeCode(exchange, signal);
  }

  transportName(): "host" | "direct" {
    return this.#connector.connect().transport.name;
  }

  async prepare(): Promise<void> {
    const { gatewayUrl, keyChoice } = this.#options.settings();
    if (gatewayUrl === undefined || keyChoice.kind === "unclear" || !this.#options.mayUse(gatewayUrl)) return;
    await this.#connector.connect().transport.prepare(gatewayUrl.href);
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

  outbox(): Promise<OutboxStore> {
    this.#outbox ??= this.#openOutbox().catch((error: unknown) => {
      this.#outbox = undefined;
      throw error;
    });
    return this.#outbox;
  }

  async catalog(signal: AbortSignal, wanted?: string): Promise<Catalog> {
    return this.#catalogs.catalog(this.gateway(), signal, wanted);
  }

  async endpoints(): Promise<EndpointSource> {
    const { EndpointSource } = await import("../besideParts.ts");
    this.#endpoints ??= new EndpointSource({
      cache: openCatalogCache(this.#options.storageFolder),
      now: () => Date.now(),
      mayAsk: () => this.#connector.connect().limiter.waiting === 0,
    });
    if (this.#isClosed) this.#endpoints.close();
    return this.#endpoints;
  }

  async keyWatch(): Promise<KeyWatch> {
    const { KeyWatch } = await import("../besideParts.ts");
    this.#keyWatch ??= new KeyWatch({
      ledger: () => this.ledger(),
      gatewayWithKey: (keyName) => this.gatewayWithKey(keyName),
      now: () => Date.now(),
      report: this.#options.reportKeyNews,
    });
    if (this.#isClosed) this.#keyWatch.close();
    return this.#keyWatch;
  }

  expireCatalog(): void {
    this.#catalogs.expire();
    this.#endpoints?.expire();
  }

  mask(text: string): { readonly text: string; readonly count: number } {
    const masked = this.#vault()?.mask(text);
    return { text: masked?.text ?? text, count: masked?.placeholders.length ?? 0 };
  }

  async *runTurn({ choice, ...order }: TurnOrder, signal: AbortSignal): AsyncGenerator<TurnEvent> {
    const { limits, onExceed, askAbove, attribution, ...settings } = this.#options.settings();
    const policies = withChatChoice(settings.policies, choice);
    let connection: GatewayConnection;
    try {
      if (settings.gatewayUrl !== undefined) await this.#options.askToUse(settings.gatewayUrl);
      connection = this.#connector.connect();
    } catch (error) {
      const context = { gatewayHost: "The gateway", modelName: undefined, wasSent: false, hasText: false };
      yield { type: "turn-failed", problem: describeError(toWaybillError(error), context), waybill: undefined };
      return;
    }
    const rules = order.narrow?.(policies) ?? policies;
    let chosen: RouteDecision | undefined;
    let wasRefused = false;
    const events = runTurn(
      {
        gateway: connection.gateway,
        limiter: connection.limiter,
        ledger: () => this.ledger(),
        catalog: (catalogSignal, wanted) => this.catalog(catalogSignal, wanted),
        endpoints: () => this.#endpoints?.rules(connection.gateway),
        classifier: this.#classifier,
        routing: this.#routing,
        vault: this.#vault(),
        now: () => Date.now(),
        newId: () => crypto.randomUUID(),
        wait,
        random: () => Math.random(),
        health: this.#health,
        outbox: { keepsText: settings.keepsSentText, note: (sent) => this.#noteSent(sent) },
        reportLongPrompt: this.#options.reportLongPrompt,
        formatTime: (atMs) => formatMoment(atMs, Date.now()),
      },
      { onExceed, ...order, turnId: crypto.randomUUID(), policies: rules, limits, askAbove, attribution },
      signal,
    );
    const live = this.#live.begin();
    try {
      for await (const event of events) {
        if (event.type === "route-chosen") chosen = event.decision;
        wasRefused ||= event.type === "turn-refused" || event.type === "turn-failed";
        this.#live.note(live, event);
        yield event;
      }
    } finally {
      this.#live.end(live);
      if (chosen !== undefined) {
        void this.#learnEndpoints(connection.gateway, chosen, policies);
        void this.#beside(connection.gateway, async () =>
          (await this.keyWatch()).noteUse(connection.gateway, wasRefused),
        );
      }
    }
  }

  async routeOnly(order: RoutingOrder, signal: AbortSignal): Promise<RoutedRequest> {
    const gateway = this.gateway();
    const catalog: TurnServices["catalog"] = (catalogSignal, wanted) => this.catalog(catalogSignal, wanted);
    const turnId = crypto.randomUUID();
    const routed = await this.#route({ ...order, turnId }, { gateway, catalog }, signal);
    void this.#learnEndpoints(gateway, routed.decision, this.#options.settings().policies);
    return routed;
  }

  async routeKnown(order: RoutingOrder): Promise<RoutedRequest | undefined> {
    const gateway = this.gateway();
    const known = await this.#catalogs.known(gateway);
    if (known === undefined) return undefined;
    // An experiment draws by this id, and a price must not jump with every letter typed.
    const turnId = order.chatId ?? "";
    const { signal } = new AbortController();
    return this.#route({ ...order, turnId }, { gateway, catalog: async () => known }, signal);
  }

  #route(
    { choice, narrow, ...order }: RoutingOrder & { readonly turnId: string },
    { gateway, catalog }: Pick<TurnServices, "gateway" | "catalog">,
    signal: AbortSignal,
  ): Promise<RoutedRequest> {
    const { limits, ...settings } = this.#options.settings();
    const chosen = withChatChoice(settings.policies, choice);
    const policies = narrow?.(chosen) ?? chosen;
    const services = {
      gateway,
      catalog,
      endpoints: () => this.#endpoints?.rules(gateway),
      ledger: () => this.ledger(),
      classifier: this.#classifier,
      routing: this.#routing,
      vault: this.#vault(),
      now: () => Date.now(),
    };
    return routeTurn(services, { ...order, policies, limits }, signal);
  }

  async noteOutcome(turnId: string, outcome: OutcomeKind | CountedOutcome): Promise<void> {
    const { outcomes } = await this.ledger();
    await outcomes.note(turnId, outcome, Date.now());
  }

  async noteEdited(turnId: string, lines: number): Promise<void> {
    const { outcomes } = await this.ledger();
    await outcomes.noteEdited(turnId, lines);
  }

  async startNewLedger(): Promise<void> {
    const open = await this.#ledger?.catch(() => undefined);
    open?.close();
    this.#ledger = undefined;
    setLedgerAside(this.#ledgerPath(), Date.now());
    await this.ledger();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#catalogs.close();
    this.#endpoints?.close();
    this.#keyWatch?.close();
    const [ledger, chats, outbox] = await Promise.allSettled([this.#ledger, this.#chats, this.#outbox]);
    if (ledger.status === "fulfilled") ledger.value?.close();
    if (chats.status === "fulfilled") chats.value?.close();
    if (outbox.status === "fulfilled") await outbox.value?.close();
    await this.#connector.close();
  }

  #vault(): SecretVault | undefined {
    return this.#options.settings().masksSecrets ? this.#secrets : undefined;
  }

  /** Rejects when it cannot be listed, which is told in the log. */
  async #noteSent(sent: SentRequest): Promise<void> {
    try {
      await (await this.outbox()).note(sent);
    } catch (error) {
      this.#options.reportOutbox(error);
      throw error;
    }
  }

  #openOutbox(): Promise<OutboxStore> {
    return openOutboxStore({
      path: join(this.#options.storageFolder, "outbox.sqlite"),
      now: () => Date.now(),
      reportDamage: () => this.#options.reportRepair(OUTBOX_DAMAGED),
    });
  }

  #learnEndpoints(gateway: Gateway, decision: RouteDecision, policies: PolicySet): Promise<void> {
    return this.#beside(gateway, async () => (await this.endpoints()).learnFrom(gateway, { decision, policies }));
  }

  /** Beside the next turn, and never its concern: what is not known rules nothing out. */
  async #beside({ hasEndpoints }: Gateway, action: () => Promise<unknown>): Promise<void> {
    if (hasEndpoints && !this.#isClosed) await action().catch(() => undefined);
  }

  async #modelsInUse(gatewayOrigin: string): Promise<ModelsInUse> {
    const pinned = pinnedModels(this.#options.settings().policies);
    if (!(await this.hasLedger())) return { pinned, used: [] };
    const ledger = await this.ledger();
    return { pinned, used: await ledger.modelsUsed(budgetDay(Date.now() - USED_LATELY_MS), gatewayOrigin) };
  }

  async #openLedger(): Promise<Ledger> {
    const ledger = await openSqliteLedger({
      path: this.#ledgerPath(),
      journal: openLedgerJournal(join(this.#options.storageFolder, "ledger.jsonl")),
      owner: crypto.randomUUID(),
      nowMs: Date.now(),
    });
    await ledger.recoverOrphans(Date.now());
    if (ledger.repair !== undefined) this.#options.reportRepair(describeRepair(ledger.repair));
    return ledger;
  }

  #ledgerPath(): string {
    return join(this.#options.storageFolder, "ledger.sqlite");
  }
}

const OUTBOX_DAMAGED =
  "The list of what was sent was damaged. It is kept beside a new one, which begins now; money and chats are not concerned.";

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
