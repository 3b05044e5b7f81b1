import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parseDecimal } from "../../src/core/money/decimal.ts";
import { SETTINGS } from "../../src/extension/platform/contributions.ts";
import type { Engine, TurnOrder } from "../../src/extension/platform/engine.ts";
import { readSettings } from "../../src/extension/platform/readSettings.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import { readManifest } from "../architecture/manifest.ts";
import { type EditorStage, openEditorStage } from "../extension/editorStage.ts";
import { DONE, collectReading, deltaFrame } from "../gateway/streamReading.ts";
import { eventually } from "../setup/eventually.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";

const CYCLES = 100;
const STREAMS = 2_000;
const MEGABYTE = 1024 * 1024;
const PRICE = parseDecimal("0.000001") ?? assert.fail();
const ORDER: TurnOrder = {
  ...{ surface: "chat", taskType: undefined, workspace: "", chatId: "chat" },
  messages: [{ role: "user", content: "explain my code" }],
  signals: { text: "explain my code", hasSelection: false, hasDiagnostics: false },
};

setFlagsFromString("--expose-gc");
const collectGarbage: unknown = runInNewContext("gc");

describe("promise 38: an end in whatever order leaves nothing behind", function () {
  this.timeout(60_000);

  describe("the engine", () => {
    const defaults = readManifest().contributes.configuration.properties;
    let editor: EditorStage;
    let simulator: Simulator;
    let storageFolder: string;
    let createEngine: () => Engine;

    before(async () => {
      editor = openEditorStage();
      simulator = await startSimulator({ pace: "instant" });
      storageFolder = await mkdtemp(join(tmpdir(), "waybill-cycles-"));
      const module = await import("../../src/extension/platform/engine.ts");
      const nothing = () => undefined;
      const settings = () =>
        readSettings((key) => ({
          defaultValue: defaults[key]?.default,
          userValue: key === SETTINGS.gatewayUrl ? simulator.baseUrl : undefined,
          workspaceValue: undefined,
        }));
      createEngine = () =>
        module.createEngine({
          ...{ storageFolder, settings, mayUse: () => true, askToUse: async () => true },
          credential: async () => ({ origin: simulator.origin, key: simulator.key }),
          ...{ reportCatalog: nothing, reportLongPrompt: nothing, reportKeyNews: nothing },
          ...{ reportLive: nothing, reportRepair: nothing, reportOutbox: nothing },
        });
    });
    after(async () => {
      await simulator.close();
      await rm(storageFolder, { recursive: true, force: true, maxRetries: 5 });
      editor.remove();
    });

    /** Uses all that an engine can hold open; every tenth time it asks a model, too. */
    async function use(engine: Engine, cycle: number): Promise<void> {
      await Promise.all([engine.ledger(), engine.chats(), engine.outbox(), engine.keyWatch(), engine.endpoints()]);
      if (cycle % 10 !== 0) return engine.prepare();
      for await (const event of engine.runTurn(ORDER, new AbortController().signal)) {
        if (event.type === "turn-end") assert.equal(event.waybill.finish, "complete");
      }
    }

    it(`leaves no handle, timer, file, socket or listener after ${CYCLES} starts and ends`, async () => {
      // What is loaded and kept for good with the first use is no leak.
      const first = createEngine();
      await use(first, 0);
      await first.close();
      await settled();
      const before = held();
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        const engine = createEngine();
        await use(engine, cycle);
        await engine.close();
      }
      await eventually(async () => assert.deepEqual(held(), before), 5_000);
    });

    /** Turns that the ledger knows of, settled and held. */
    function rows(): number {
      const database = new DatabaseSync(join(storageFolder, "ledger.sqlite"), { readOnly: true });
      try {
        return ["waybill", "reservation"].reduce((sum, table) => {
          return sum + database.prepare(`SELECT 1 FROM ${table}`).all().length;
        }, 0);
      } finally {
        database.close();
      }
    }

    it("ends at once in the midst of a turn, whose hold or cost stays in the ledger", async () => {
      await settled();
      const before = held();
      const rowsBefore = rows();
      simulator.faultNext({ kind: "pace", tokensPerSecond: 2 });
      const engine = createEngine();
      const stop = new AbortController();
      const turn = engine.runTurn(ORDER, stop.signal);
      const ends: string[] = [];
      let hasText = false;
      const reading = (async () => {
        for await (const event of turn) {
          hasText ||= event.type.endsWith("-delta");
          ends.push(event.type);
        }
      })();
      await eventually(async () => assert.ok(hasText, ends.join(" ")), 10_000);
      const closing = engine.close();
      const winner = await Promise.race([closing.then(() => "closed"), sleep(5_000, "late", { ref: false })]);
      assert.equal(winner, "closed");
      stop.abort();
      await reading;
      assert.match(ends.at(-1) ?? "", /^turn-(?:end|failed|refused)$/);
      assert.equal(rows(), rowsBefore + 1);
      await eventually(async () => assert.deepEqual(held(), before), 10_000);
    });
  });

  it(`keeps nothing of ${STREAMS} streams that were read, stopped or left`, async () => {
    const bodies: WeakRef<object>[] = [];
    const frame = new TextEncoder().encode(deltaFrame({ content: "word ".repeat(200) }).repeat(20));
    const end = new TextEncoder().encode(deltaFrame({ content: "" }, "stop") + DONE);
    const gateway = createOpenRouterGateway({
      ...{ baseUrl: new URL("http://127.0.0.1:9/api/v1"), now: () => 0 },
      credential: async () => ({ origin: "http://127.0.0.1:9", key: "sk-or-v1-x" }),
      transport: async () => {
        const body = (async function* body() {
          yield frame;
          yield end;
        })();
        bodies.push(new WeakRef(body));
        return { status: 200, header: () => "text/event-stream", body };
      },
    });
    const request = {
      ...{ model: "a/b", messages: [{ role: "user", content: "x" }] as const, maxCompletionTokens: 16 },
      ...{ priceCeiling: { promptPerToken: PRICE, completionPerToken: PRICE, perRequest: PRICE } },
      sessionId: undefined,
    };
    /** One signal for all, as a chat that is never stopped has. */
    const { signal } = new AbortController();
    const sizes: number[] = [];
    await settled();
    const before = held();
    for (let index = 0; index < STREAMS; index += 1) {
      const stop = new AbortController();
      const stream = gateway.streamChat(request, index % 3 === 0 ? stop.signal : signal);
      if (index % 3 === 1) for await (const events of stream) if (events.length > 0) break;
      if (index % 3 === 0) stop.abort();
      if (index % 3 !== 1) await collectReading(stream);
      if (index % (STREAMS / 4) === STREAMS / 4 - 1) sizes.push(await heapInUse());
    }
    await heapInUse();
    const alive = bodies.filter((body) => body.deref() !== undefined).length;
    assert.ok(bodies.length > STREAMS / 2 && alive < 20, `${alive} of ${bodies.length} are held`);
    const growth = (sizes.at(-1) ?? 0) - (sizes[0] ?? 0);
    assert.ok(growth < 8 * MEGABYTE, `${growth} bytes after ${sizes.join(", ")}`);
    await eventually(async () => assert.deepEqual(held(), before), 5_000);
  });
});

/** What keeps a process busy, by kind, with its open files where the system tells, and who listens to the process. */
function held(): Readonly<Record<string, number>> {
  // Writing the report of the tests, and reading a folder, are not ours.
  const kinds = process.getActiveResourcesInfo().filter((kind) => !/^(?:TTYWrap|PipeWrap|FSReq|Immediate)/.test(kind));
  const counts = Object.fromEntries([...Map.groupBy(kinds, (kind) => kind)].map(([kind, all]) => [kind, all.length]));
  const listeners = process.eventNames().map((name) => [`on ${String(name)}`, process.listenerCount(name)] as const);
  const files = process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0;
  return { ...counts, ...Object.fromEntries(listeners), files };
}

/** Mocha's own timer runs by then. */
async function settled(): Promise<void> {
  await sleep(100);
}

async function heapInUse(): Promise<number> {
  assert.ok(typeof collectGarbage === "function");
  for (let round = 0; round < 3; round += 1) {
    await sleep(5);
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}
