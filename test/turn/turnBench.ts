import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type SpendLimit, dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { DEFAULT_POLICY, type RoutePolicy } from "../../src/core/routing/routePolicy.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import type { RequestTimeouts } from "../../src/gateway/requestTimers.ts";
import { type TransportChoice, type TransportSelection, selectTransport } from "../../src/gateway/selectTransport.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { RequestLimiter } from "../../src/turn/requestLimiter.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import { ServiceHealth } from "../../src/turn/serviceHealth.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { TaskClassifier } from "../../src/core/tasks/taskClassifier.ts";
import type { TurnRequest, TurnServices } from "../../src/turn/turnRequest.ts";
import { type Simulator, type SimulatorOptions, startSimulator } from "../simulator/startSimulator.ts";

/** The real simulator, a real ledger in a folder of its own, and turns between them. */
export interface TurnBench {
  readonly simulator: Simulator;
  readonly ledger: Ledger;
  readonly ledgerPath: string;
  readonly services: TurnServices;
  /** The same for another key of the simulator. */
  servicesFor(key: string): TurnServices;
  run(wish?: TurnWish, signal?: AbortSignal): Promise<readonly TurnEvent[]>;
  rows(): readonly Record<string, unknown>[];
  openReservations(): number;
  close(): Promise<void>;
}

export type TurnWish = Partial<TurnRequest> & { readonly policy?: RoutePolicy };

export interface TurnBenchOptions {
  readonly simulator?: SimulatorOptions;
  readonly key?: string;
  readonly transport?: TransportChoice;
  readonly baseUrl?: string;
  readonly timeouts?: RequestTimeouts;
  /** Of the turns; the simulator has one of its own. */
  readonly now?: () => number;
}

const POLICY: RoutePolicy = { ...DEFAULT_POLICY, maxCompletionTokens: 1024 };
const TEN_DOLLARS: readonly SpendLimit[] = [dailyLimit("user", toNanoUsd(10_000_000_000))];

export async function openTurnBench(options: TurnBenchOptions = {}): Promise<TurnBench> {
  const simulator = await startSimulator({ pace: "instant", generationLagMs: 0, ...options.simulator });
  const folder = mkdtempSync(join(tmpdir(), "waybill-turn-"));
  const ledgerPath = join(folder, "ledger.sqlite");
  const ledger = await openSqliteLedger({
    path: ledgerPath,
    journal: openLedgerJournal(join(folder, "ledger.jsonl")),
    owner: randomUUID(),
    nowMs: (options.now ?? Date.now)(),
  });
  const baseUrl = new URL(options.baseUrl ?? simulator.baseUrl);
  const transport = selectTransport(options.transport ?? "auto", baseUrl);
  const services = createServices({ ...options, key: options.key ?? simulator.key }, baseUrl, { transport, ledger });
  return {
    simulator,
    ledger,
    ledgerPath,
    services,
    servicesFor: (key) => createServices({ ...options, key }, baseUrl, { transport, ledger }),
    run: (wish, signal = new AbortController().signal) => collect(runTurn(services, turnRequest(wish), signal)),
    rows: () => query(ledgerPath, "SELECT * FROM waybill ORDER BY sequence"),
    openReservations: () => query(ledgerPath, "SELECT id FROM reservation").length,
    close: async () => {
      ledger.close();
      await simulator.close();
      await transport.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `policy` stands for the rules of every task. */
export function turnRequest({ policy = POLICY, ...wish }: TurnWish = {}): TurnRequest {
  const text = "Explain what this function does";
  return {
    turnId: randomUUID(),
    surface: "chat",
    workspace: "file:///demo",
    chatId: "chat-1",
    messages: [{ role: "user", content: text }],
    taskType: undefined,
    signals: { text, hasSelection: false, hasDiagnostics: false },
    policies: { base: policy, tasks: {} },
    limits: TEN_DOLLARS,
    ...wish,
  };
}

/** The same ledger with other stores. Its private fields are only there on the ledger itself. */
export function ledgerWith(ledger: Ledger, stores: Partial<Pick<Ledger, "outcomes" | "corrections">>): Ledger {
  return new Proxy(ledger, {
    get: (target, name) => {
      const value: unknown = Reflect.get(name in stores ? stores : target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

export async function collect(events: AsyncIterable<TurnEvent>): Promise<readonly TurnEvent[]> {
  const all: TurnEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

export function eventOf<Type extends TurnEvent["type"]>(
  events: readonly TurnEvent[],
  type: Type,
): Extract<TurnEvent, { type: Type }> {
  const found = events.find((event): event is Extract<TurnEvent, { type: Type }> => event.type === type);
  assert.ok(found, `no ${type} among ${events.map((event) => event.type).join(", ")}`);
  return found;
}

export function textOf(events: readonly TurnEvent[]): string {
  return events.map((event) => (event.type === "text-delta" ? event.text : "")).join("");
}

function createServices(
  options: TurnBenchOptions,
  baseUrl: URL,
  { transport, ledger }: { transport: TransportSelection; ledger: Ledger },
): TurnServices {
  const gateway = createOpenRouterGateway({
    baseUrl,
    transport: transport.send,
    credential: async () => (options.key === "" ? undefined : { origin: baseUrl.origin, key: options.key ?? "" }),
    now: () => Date.now(),
    ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
  });
  return {
    gateway,
    limiter: new RequestLimiter({ concurrent: 32, perMinute: undefined }),
    ledger: async () => ledger,
    catalog: (signal) => gateway.fetchCatalog(signal),
    classifier: new TaskClassifier(),
    now: options.now ?? (() => Date.now()),
    newId: () => randomUUID(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 20))),
    random: () => 0.5,
    health: new ServiceHealth(),
    formatTime: () => "00:00",
  };
}

function query(path: string, sql: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}
