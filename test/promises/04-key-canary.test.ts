import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import type { WebviewView } from "vscode";
import { SETTINGS } from "../../src/extension/platform/contributions.ts";
import type { Engine, TurnOrder } from "../../src/extension/platform/engine.ts";
import type { Log } from "../../src/extension/platform/log.ts";
import { readSettings } from "../../src/extension/platform/readSettings.ts";
import { fetchCredits } from "../../src/gateway/fetchCredits.ts";
import type { ToChatView } from "../../src/protocol/chatMessages.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { readManifest } from "../architecture/manifest.ts";
import { servicesWith } from "../extension/chatServices.ts";
import { type EditorStage, openEditorStage } from "../extension/editorStage.ts";
import { WindowSecrets } from "../extension/windowSecrets.ts";
import { eventually } from "../setup/eventually.ts";
import { formsIn, formsOf } from "../setup/secretForms.ts";
import { type Fault, type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { collect } from "../turn/turnBench.ts";
import { MemoryMemento } from "../setup/memoryMemento.ts";

const CANARY = `sk-or-v1-${"c4n4ry7e".repeat(3)}${"b1rd5ong".repeat(3)}${"9f8e7d6c".repeat(2)}`;

/** A third of it is as bad as the whole. */
const PIECES = [CANARY, CANARY.slice(9, 33), CANARY.slice(33, 57), CANARY.slice(49)].flatMap(formsOf);

const ECHO = `No auth: Bearer ${CANARY} (${encodeURIComponent(CANARY)}, ${Buffer.from(CANARY).toString("base64")})`;
const STATUSES = [400, 401, 402, 403, 404, 408, 429, 500, 502, 503];
const HEADERS = { "Retry-After": "0", "X-Key": CANARY, "X-Generation-Id": CANARY };
const ECHO_BODY = {
  error: {
    ...{ code: ECHO, message: ECHO, type: ECHO, param: ECHO },
    metadata: {
      raw: JSON.stringify({ error: { message: ECHO } }),
      provider_name: ECHO,
      headers: HEADERS,
      reasons: [ECHO],
    },
  },
  ...{ user_id: CANARY, label: CANARY, data: ECHO, message: ECHO },
};

type Target = NonNullable<Fault["on"]>;

const defaults = readManifest().contributes.configuration.properties;
const signal = () => new AbortController().signal;

describe("promise 04: the key is in the secret storage and in the header of requests, and nowhere else", function () {
  this.timeout(60_000);
  let editor: EditorStage;
  let simulator: Simulator;
  let storageFolder: string;
  let engine: Engine;
  const secrets = new WindowSecrets(new Map(), "shared");
  const memento = new MemoryMemento();
  /** Everything that left the code under test, by where it came out. */
  const told: { readonly place: string; readonly text: string }[] = [];

  before(async () => {
    editor = openEditorStage();
    simulator = await startSimulator({ pace: "instant", generationLagMs: 0, keys: [{ key: CANARY }] });
    storageFolder = await mkdtemp(join(tmpdir(), "waybill-canary-"));
    const { createEngine } = await import("../../src/extension/platform/engine.ts");
    const { createLog } = await import("../../src/extension/platform/log.ts");
    const { KeyVault } = await import("../../src/extension/platform/secrets.ts");
    const keys = new KeyVault(secrets, memento);
    // The log is not told of the key: what its redactor would take out counts as found here.
    const log = createLog();
    const report = (event: string) => (what: unknown) => {
      tell(event, what);
      log.error(event, what);
    };
    engine = createEngine({
      ...{ storageFolder, settings, mayUse: () => true, askToUse: async () => true },
      credential: (id) => keys.read(id),
      ...{
        reportCatalog: report("catalog"),
        reportLongPrompt: report("long prompt"),
        reportKeyNews: report("key news"),
      },
      ...{ reportLive: report("live"), reportRepair: report("repair"), reportOutbox: report("outbox") },
    });
    assert.equal(await keys.store({ origin: simulator.origin, key: CANARY, keyName: "default" }), "stored");

    await useTurns();
    await useGateway(log);
    await useChat({ log, keys });
    await reconcileAll();
    await copyDiagnostics({ log, keys });
    tell("effects of the editor", editor.effects);
    tell("questions to the person", editor.questions);
    tell("what the editor keeps", [...memento.values]);
    tell(
      "requests as the simulator saw them, without the header",
      simulator.requests.map(({ path }) => path),
    );
  });

  after(async () => {
    await engine.close();
    await simulator.close();
    await rm(storageFolder, { recursive: true, force: true, maxRetries: 5 });
    editor.remove();
  });

  function settings() {
    const own: Readonly<Record<string, unknown>> = {
      [SETTINGS.gatewayUrl]: simulator.baseUrl,
      [SETTINGS.gatewayDialect]: "openrouter",
      [SETTINGS.keepSentText]: true,
      [SETTINGS.autoTitle]: true,
    };
    return readSettings((key) => ({
      ...{ defaultValue: defaults[key]?.default, userValue: own[key], workspaceValue: undefined },
    }));
  }

  function tell(place: string, what: unknown): void {
    const all = {
      depth: Infinity,
      showHidden: true,
      maxStringLength: Infinity,
      maxArrayLength: Infinity,
      getters: true,
    };
    told.push({ place, text: inspect(what, all).replaceAll("\\\\", "\\") });
    if (!(what instanceof Error)) return;
    const { message, stack } = what;
    told.push({ place, text: [message, stack, String(what), JSON.stringify(what)].join("\n") });
  }

  async function ask(text = "Explain what this function does"): Promise<readonly TurnEvent[]> {
    const order: TurnOrder = {
      ...{ surface: "chat", taskType: undefined, workspace: "file:///w", chatId: "chat" },
      messages: [{ role: "user", content: text }],
      signals: { text, hasSelection: false, hasDiagnostics: false },
    };
    return collect(engine.runTurn(order, signal()));
  }

  const echoes = (on: Target, times = 1): readonly Fault[] =>
    STATUSES.map((status) => ({ kind: "http", on, status, body: ECHO_BODY, headers: HEADERS, times }));

  /** Turns that end well, turns that are refused with the key in every field, and streams that break with it. */
  async function useTurns(): Promise<void> {
    const good = await ask();
    assert.equal(good.at(-1)?.type, "turn-end");
    tell("a turn", good);
    tell("a turn about the key", await ask(`Why is ${CANARY} refused?`));
    const streams: readonly Fault[] = [
      { kind: "stream-error", afterChunks: 1, message: ECHO, code: ECHO, errorType: ECHO },
      { kind: "garbage", afterChunks: 1, frame: `data: ${ECHO}\n\ndata: {"error":{"message":"${CANARY}"}}\n\n` },
      { kind: "garbage", afterChunks: 0, frame: `data: ${JSON.stringify(ECHO_BODY)}\n\n` },
      { kind: "usage-missing" },
    ];
    for (const fault of [...echoes("chat"), ...echoes("chat", 8).slice(7, 8), ...streams]) {
      simulator.faultNext(fault);
      tell(`a turn with ${fault.kind}`, await ask());
      simulator.faultNext([]);
      simulator.reset();
      simulator.addKey({ key: CANARY });
    }
  }

  /** Everything else that is asked with the key, with answers that echo it. */
  async function useGateway(log: Log): Promise<void> {
    const gateway = engine.gateway();
    const uses: readonly (readonly [Target, () => Promise<unknown>])[] = [
      ["key", () => gateway.fetchKeyStatus(signal())],
      ["credits", () => fetchCredits(gateway, signal())],
      ["models", () => gateway.fetchCatalog(signal())],
      ["generation", () => gateway.fetchGeneration("gen-1", signal())],
      ["endpoints", () => gateway.lookUp("/models/openai/gpt-4o-mini/endpoints", signal())],
      [
        "auth",
        () => engine.exchangeCode({ baseUrl: new URL(simulator.baseUrl), code: CANARY, verifier: CANARY }, signal()),
      ],
    ];
    let failed = 0;
    for (const [on, use] of uses) {
      if (on !== "auth") tell(on, await use());
      for (const fault of [...echoes(on), { kind: "http", status: 200, body: ECHO_BODY, on } satisfies Fault]) {
        simulator.faultNext(fault);
        await use().then(
          () => undefined,
          (error: unknown) => {
            failed += 1;
            tell(`${on}, refused`, error);
            log.error(`${on}, refused`, error);
          },
        );
      }
    }
    assert.ok(failed > 40, `${failed} failed`);
  }

  /** The chat's own page is told of questions, answers and failures, and keeps them. */
  async function useChat({ log, keys }: { readonly log: unknown; readonly keys: unknown }): Promise<void> {
    const { ChatPanel } = await import("../../src/extension/features/chat/chatPanel.ts");
    const services = servicesWith(await engine.chats(), { done: [], logged: [] });
    const panel = new ChatPanel({
      ...services,
      ...{ log, keys, settings, engine: { get: async () => engine, mask: (text: string) => engine.mask(text) } },
    } as never);
    const messages: ToChatView[] = [];
    const postMessage = async (message: ToChatView) => void messages.push(message);
    panel.attach({ visible: true, webview: { postMessage } } as unknown as WebviewView);
    panel.receive({ type: "ready" });
    await eventually(async () => assert.ok(messages.some(({ type }) => type === "snapshot")), 5_000);
    const ends = /"kind":"answer-changed","messageId":"[^"]+","state":"(?!streaming)/g;
    const answered = async (count: number) =>
      eventually(async () => assert.equal(JSON.stringify(messages).match(ends)?.length, count), 10_000);
    panel.receive({ type: "send", text: "What is a closure?" });
    await answered(1);
    simulator.faultNext(echoes("chat", 8)[1] ?? assert.fail());
    panel.receive({ type: "send", text: "And what is a monad?" });
    await answered(2).catch(() => assert.fail(inspect(messages.slice(-6), { depth: 4 })));
    tell("messages to the page of the chat", messages);
    services.disposables.dispose();
  }

  async function reconcileAll(): Promise<void> {
    const { reconcile } = await import("../../src/extension/features/reconcile/reconcile.ts");
    const parts = {
      ...{ gateway: engine.gateway(), gatewayWithKey: (name: string) => engine.gatewayWithKey(name) },
      ...{ ledger: await engine.ledger(), now: () => Date.now(), onLookUp: () => undefined },
    };
    simulator.faultNext([...echoes("generation"), ...echoes("key")]);
    await reconcile(parts, "day", signal()).then(
      (outcome) => tell("a reconciliation", outcome),
      (error: unknown) => tell("a reconciliation that failed", error),
    );
    tell("the list of what was sent", await (await engine.outbox()).list(100));
  }

  async function copyDiagnostics({ log, keys }: { readonly log: unknown; readonly keys: unknown }): Promise<void> {
    const { copyDiagnostics: run } = await import("../../src/extension/features/diagnostics/copyDiagnostics.ts");
    const services = {
      ...{ log, keys, settings, engine: { get: async () => engine } },
      context: { extension: { packageJSON: { version: "0.1.0" } } },
    };
    editor.answer = () => "Copy";
    await run(services as never, { show: async (page: string) => tell("diagnostics", page) } as never);
  }

  async function foundInFiles(): Promise<readonly string[]> {
    const names = await readdir(storageFolder, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const found = files.map(async (file) => formsIn(await readFile(file), PIECES).map((form) => `${file}: ${form}`));
    return (await Promise.all(found)).flat();
  }

  const foundIn = (texts: typeof told) =>
    texts.flatMap(({ place, text }) => formsIn(Buffer.from(text), PIECES).map((form) => `${place}: ${form}`));

  it("was sent, and is stored where it belongs", async () => {
    assert.match(JSON.stringify(await Promise.all((await secrets.keys()).map((key) => secrets.get(key)))), /c4n4ry7e/);
    assert.ok(simulator.books(CANARY).length > 0);
  });

  it("is in no file of the storage: ledger and its journal, chats, the list of what was sent with its texts, models", async () => {
    const names = await readdir(storageFolder);
    for (const name of ["ledger.sqlite", "chats.sqlite", "outbox.sqlite"]) assert.ok(names.includes(name), name);
    assert.ok(names.some((name) => name.endsWith(".jsonl")) && names.some((name) => name.startsWith("catalog-")));
    assert.deepEqual(await foundInFiles(), []);
  });

  it("is in no log line, error, question, diagnostics, outcome of a turn or message to a page", () => {
    const places = new Set(told.map(({ place }) => place));
    for (const place of ["a turn", "diagnostics", "messages to the page of the chat", "key, refused"]) {
      assert.ok(places.has(place), place);
    }
    assert.ok(editor.effects.filter(({ kind }) => kind === "log").length > 40);
    assert.ok(editor.effects.some(({ kind }) => kind === "clipboard"));
    assert.deepEqual(foundIn(told), []);
  });

  it("would be found in any of them, in every form, whole or in part", async () => {
    const planted = [CANARY, CANARY.slice(40)].flatMap(formsOf);
    for (const [index, { bytes }] of planted.entries()) {
      await writeFile(join(storageFolder, `planted-${index}`), bytes);
      await writeFile(join(storageFolder, `planted-${index}.gz`), gzipSync(bytes));
    }
    const files = (await foundInFiles()).join("\n");
    for (const [index, { form, bytes }] of planted.entries()) {
      assert.ok(files.includes(`/planted-${index}: `), form);
      assert.ok(files.includes(`/planted-${index}.gz: gzip, `), form);
      if (form === "UTF-16") continue;
      const count = told.length;
      tell("planted", new Error("outer", { cause: [bytes.toString()] }));
      assert.ok(foundIn(told.splice(count)).length > 0, form);
    }
  });
});
