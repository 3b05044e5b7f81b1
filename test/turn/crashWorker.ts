// A window that asks question after question until it is killed: by itself at the moment it was told, or from outside.
// Bundled by crash.test.ts. Writes the name of each moment it comes to, so that it is known where it died.
import { randomUUID } from "node:crypto";
import { readFileSync, writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { deserialize } from "node:v8";
import * as z from "zod/mini";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import type { Catalog } from "../../src/core/catalog/catalogModel.ts";
import { PASSED, failed } from "../../src/core/checks/checkVerdict.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import { TaskClassifier } from "../../src/core/tasks/taskClassifier.ts";
import { OPENROUTER_CAPABILITIES } from "../../src/gateway/gatewayCapabilities.ts";
import { createHostTransport } from "../../src/gateway/hostTransport.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import type { Transport } from "../../src/gateway/transport.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { type LedgerJournal, openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { RequestLimiter } from "../../src/turn/requestLimiter.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import { ServiceHealth } from "../../src/turn/serviceHealth.ts";
import type { TurnRequest, TurnServices } from "../../src/turn/turnRequest.ts";

const orderSchema = z.object({
  folder: z.string(),
  baseUrl: z.string(),
  key: z.string(),
  catalogPath: z.string(),
  /** The moment to die at, and which time it comes; `""` for none. */
  moment: z.string(),
  occurrence: z.number(),
});

type Order = z.infer<typeof orderSchema>;

const TURNS = 3;
const POLICY = {
  ...DEFAULT_POLICY,
  maxCompletionTokens: 1_024,
  climb: "on-failed-check",
  climbBudget: toNanoUsd(1e9),
  fallbackPriceFactor: 3,
} as const;

async function askUntilKilled(order: Order): Promise<void> {
  // Node keeps compiled code when it ends well, which none of these does.
  flushCompileCache();
  let left = order.occurrence;
  const reach = (moment: string): void => {
    writeSync(1, `${moment}\n`);
    if (moment !== order.moment) return;
    left -= 1;
    if (left <= 0) process.kill(process.pid, "SIGKILL");
  };
  reach("opening");
  const services = await createServices(order, reach);
  reach("opened");
  for (let turn = 0; turn < TURNS; turn += 1) {
    for await (const event of runTurn(services, questionOf(turn), new AbortController().signal)) reach(event.type);
    reach("between turns");
  }
  // The moment did not come.
  process.kill(process.pid, "SIGKILL");
}

/** The first answer of every other turn fails its check, so that it climbs. The chat's id is the turn's, by which the bill knows it. */
function questionOf(turn: number): TurnRequest {
  const turnId = randomUUID();
  const text = "Explain what this function does";
  let checks = 0;
  return {
    turnId,
    surface: "chat",
    workspace: "file:///demo",
    chatId: turnId,
    messages: [{ role: "user", content: text }],
    taskType: undefined,
    signals: { text, hasSelection: false, hasDiagnostics: false },
    policies: { base: POLICY, tasks: {} },
    limits: [dailyLimit("user", toNanoUsd(1e15))],
    check: async () => ((checks += 1) === 1 && turn % 2 === 0 ? failed("is not what was asked for") : PASSED),
  };
}

async function createServices(order: Order, reach: (moment: string) => void): Promise<TurnServices> {
  const ledger = watchLedger(await openLedger(order, reach), reach);
  const { origin } = new URL(order.baseUrl);
  const gateway = createOpenRouterGateway({
    baseUrl: new URL(order.baseUrl),
    transport: watchTransport(createHostTransport(), reach),
    credential: async () => ({ origin, key: order.key }),
    now: () => Date.now(),
    capabilities: OPENROUTER_CAPABILITIES,
  });
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- written by the test itself, from the real list
  const catalog = deserialize(readFileSync(order.catalogPath)) as Catalog;
  return {
    gateway,
    limiter: new RequestLimiter({ concurrent: 8, perMinute: undefined }),
    ledger: async () => ledger,
    catalog: async () => catalog,
    classifier: new TaskClassifier(),
    now: () => Date.now(),
    newId: () => randomUUID(),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 5))),
    random: () => 0.5,
    health: new ServiceHealth(),
    formatTime: () => "00:00",
  };
}

function openLedger({ folder }: Order, reach: (moment: string) => void): Promise<Ledger> {
  const journal = openLedgerJournal(join(folder, "ledger.jsonl"));
  const watched: LedgerJournal = {
    ...journal,
    append: (row) => {
      reach("before the journal");
      const mark = journal.append(row);
      reach("after the journal");
      return mark;
    },
  };
  return openSqliteLedger({
    path: join(folder, "ledger.sqlite"),
    journal: watched,
    owner: randomUUID(),
    nowMs: Date.now(),
  });
}

const WATCHED = ["reserve", "renew", "settle", "release"] as const;

/** Says when a change of the ledger begins and when it is done. */
function watchLedger(ledger: Ledger, reach: (moment: string) => void): Ledger {
  return new Proxy(ledger, {
    get: (target, name) => {
      // Else turns would learn from the failed checks, and soon begin with the strongest model.
      if (name === "outcomes") return { ...target.outcomes, tallies: async () => [] };
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      if (!WATCHED.some((watched) => watched === name)) return value.bind(target);
      return async (...parameters: readonly unknown[]): Promise<unknown> => {
        reach(`before ${String(name)}`);
        const result: unknown = await Reflect.apply(value, target, parameters);
        reach(`after ${String(name)}`);
        return result;
      };
    },
  });
}

function watchTransport(send: Transport, reach: (moment: string) => void): Transport {
  return async (request) => {
    const what = request.url.includes("/generation") ? "lookup" : "request";
    reach(`before the ${what}`);
    const sending = send(request);
    setTimeout(() => reach(`in the ${what}`), 1);
    const response = await sending;
    reach(`head of the ${what}`);
    return response;
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  await askUntilKilled(orderSchema.parse(JSON.parse(line)));
}
