import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SETTINGS } from "../../src/extension/platform/contributions.ts";
import type { Engine } from "../../src/extension/platform/engine.ts";
import type { Log } from "../../src/extension/platform/log.ts";
import { readSettings } from "../../src/extension/platform/readSettings.ts";
import { readManifest } from "../architecture/manifest.ts";
import { MemoryMemento } from "../setup/memoryMemento.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { type EditorStage, openEditorStage } from "./editorStage.ts";
import { type StorageMode, WindowSecrets } from "./windowSecrets.ts";

const defaults = readManifest().contributes.configuration.properties;

describe("copying diagnostics", () => {
  let editor: EditorStage;
  let simulator: Simulator;
  let storageFolder: string;
  let engine: Engine;
  let log: Log;
  let gatewayUrl: string;
  const pages: string[] = [];

  beforeEach(async () => {
    editor = openEditorStage();
    simulator = await startSimulator();
    storageFolder = await mkdtemp(join(tmpdir(), "waybill-diagnostics-"));
    gatewayUrl = simulator.baseUrl;
    pages.length = 0;
    const { createEngine } = await import("../../src/extension/platform/engine.ts");
    const { createLog } = await import("../../src/extension/platform/log.ts");
    log = createLog();
    const nothing = () => undefined;
    engine = createEngine({
      ...{ storageFolder, settings, mayUse: () => true, askToUse: async () => true },
      credential: () => assert.fail("the key was read to be sent"),
      ...{ reportCatalog: nothing, reportLongPrompt: nothing, reportKeyNews: nothing },
      ...{ reportLive: nothing, reportRepair: nothing, reportOutbox: nothing },
    });
  });

  afterEach(async () => {
    await engine.close();
    await simulator.close();
    await rm(storageFolder, { recursive: true, force: true, maxRetries: 5 });
    editor.remove();
  });

  function settings() {
    return readSettings((key) => {
      const userValue = key === SETTINGS.gatewayUrl ? gatewayUrl : undefined;
      return { defaultValue: defaults[key]?.default, userValue, workspaceValue: undefined };
    });
  }

  async function copy(mode: StorageMode = "works"): Promise<string> {
    const { copyDiagnostics } = await import("../../src/extension/features/diagnostics/copyDiagnostics.ts");
    const { KeyVault } = await import("../../src/extension/platform/secrets.ts");
    const secrets = new WindowSecrets(new Map(), "shared");
    secrets.mode = mode;
    const services = {
      ...{ settings, log, keys: new KeyVault(secrets, new MemoryMemento(), 50) },
      context: { extension: { packageJSON: { version: "0.1.0" } } },
      engine: { get: async () => engine },
    };
    await copyDiagnostics(services as never, { show: async (page: string) => void pages.push(page) } as never);
    assert.equal(pages.length, 1);
    return pages[0] ?? "";
  }

  const copied = () => editor.effects.filter(({ kind }) => kind === "clipboard").map(({ what }) => what);

  it("shows the page first, and copies exactly it once the person says so", async () => {
    const page = await copy();
    assert.equal(editor.questions.length, 1);
    assert.deepEqual([editor.questions[0]?.choices, copied()], [["Copy"], []]);
    assert.match(page, /\| Key \| none \|/);
    assert.match(page, /\| Gateway \| this machine \|/);
    assert.match(page, /\| Ledger \| none yet \|/);
    assert.match(page, /\| Chats \| usable, no chats \|/);
    pages.length = 0;
    editor.answer = () => "Copy";
    assert.deepEqual(copied(), []);
    assert.deepEqual([await copy()], copied());
  });

  it("works with a damaged ledger, a key storage that fails and in Restricted Mode, and sends nothing", async () => {
    editor.change("workspace", { isTrusted: false });
    await writeFile(join(storageFolder, "ledger.sqlite"), "no database at all ".repeat(100));
    await writeFile(join(storageFolder, "chats.sqlite"), "no database at all ".repeat(100));
    const page = await copy("silent");
    assert.match(page, /\| Workspace \| Restricted Mode \|/);
    assert.match(page, /\| Key \| unreadable \|/);
    assert.match(page, /\| Ledger \| ledger-damaged \|/);
    assert.match(page, /\| Chats \| [a-z]+-damaged \|/);
    assert.equal(simulator.requests.length, 0);
  });

  it("works where the gateway's address makes no sense", async () => {
    gatewayUrl = "no address";
    const page = await copy();
    assert.match(page, /\| Gateway \| makes no sense \|/);
    assert.match(page, /\| Transport \| settings-invalid \|/);
    assert.match(page, /## Settings That Make No Sense\n\n- waybill\.gateway\.url\n/);
  });

  it("names changed settings without their values, and holds no path, address, key or text", async () => {
    editor.userSettings.set("waybill.gateway.url", "https://proxy.acme.example/v1");
    editor.userSettings.set("waybill.privacy.workspaces", { "/home/me/acme": "local-only" });
    const key = `sk-or-v1-${"0f1e2d3c".repeat(8)}`;
    log.keepOut(key);
    const error = new Error(`asked ${key} at https://proxy.acme.example`);
    error.name = `Error of ${key}`;
    for (let count = 0; count < 30; count += 1) log.error("models", new TypeError("private words"));
    log.error("sign-in", Object.assign(error, { code: "/home/me/acme" }));
    log.error("sign-in", Object.assign(new Error("said"), { name: `E${key.slice(9, 40)}`, code: "ECONNRESET" }));
    const page = await copy();
    assert.match(page, /- waybill\.gateway\.url\n- waybill\.privacy\.workspaces\n/);
    assert.doesNotMatch(page, /acme|https?:|127\.0|private words|sk-or|0f1e2d3c/);
    assert.ok(!page.includes(storageFolder) && !page.includes(editor.root));
    assert.equal(page.match(/models \| TypeError/g)?.length, 18);
    assert.match(page, /sign-in \| other\\\(other\\\) \|\n/);
    assert.match(page, /sign-in \| E•••\\\(ECONNRESET\\\) \|\n/);
  });
});

describe("a field of a log line", () => {
  let editor: EditorStage;
  beforeEach(() => (editor = openEditorStage()));
  afterEach(() => editor.remove());

  async function logged(tell: (log: Log) => void): Promise<string> {
    const { createLog } = await import("../../src/extension/platform/log.ts");
    tell(createLog());
    return editor.effects.find(({ kind }) => kind === "log")?.what ?? "";
  }

  it("has only letters, digits and ._:/- and is cut at eighty signs", async () => {
    const model = "a/b:free\nERROR code=“forged” x";
    assert.equal(
      await logged((log) => log.info("waybill", { model, provider: "x".repeat(200), count: -1.5 })),
      `waybill model=a/b:free_ERROR_code__forged__x provider=${"x".repeat(80)} count=-1.5`,
    );
  });

  it("holds for the class and the code of an error, too", async () => {
    const error = Object.assign(new Error("said"), { name: "E\nforged", code: "why? ".repeat(40) });
    const line = await logged((log) => log.error("sign-in", error));
    assert.match(line, /^sign-in E_forged\((?:why__){16}\)(?: at [\w./:_-]+)?$/);
  });
});
