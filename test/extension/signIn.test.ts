import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SignInOrder } from "../../src/extension/features/signIn/signIn.ts";
import type { Engine } from "../../src/extension/platform/engine.ts";
import type { ExtensionServices } from "../../src/extension/platform/extensionServices.ts";
import { readSettings } from "../../src/extension/platform/readSettings.ts";
import { SETTINGS } from "../../src/extension/platform/contributions.ts";
import type { GatewayCredential } from "../../src/gateway/openRouterGateway.ts";
import { readManifest } from "../architecture/manifest.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { type EditorStage, openEditorStage } from "./editorStage.ts";

const defaults = readManifest().contributes.configuration.properties;
const PRODUCTION = 1;
const TEST = 3;
const WORKSPACE_HOST = 2;

describe("signing in", () => {
  let editor: EditorStage;
  let simulator: Simulator;
  let storageFolder: string;
  let engine: Engine;
  let gatewayUrl: string;
  let nowMs: number;
  const stored: GatewayCredential[] = [];
  const logged: string[] = [];
  /** What the person does with the page: follows a click on it and all redirects. */
  let visited: Promise<string>[] = [];

  beforeEach(async () => {
    editor = openEditorStage();
    nowMs = Date.now();
    simulator = await startSimulator({ now: () => nowMs });
    gatewayUrl = simulator.baseUrl;
    storageFolder = await mkdtemp(join(tmpdir(), "waybill-sign-in-"));
    stored.length = 0;
    logged.length = 0;
    visited = [];
    editor.answer = ({ choices }) => (choices.includes("Open") ? "Open" : undefined);
    const { createEngine } = await import("../../src/extension/platform/engine.ts");
    const nothing = () => undefined;
    engine = createEngine({
      ...{ storageFolder, settings, mayUse: () => true, askToUse: async () => true },
      credential: async ({ origin, name }) =>
        stored.findLast((each) => each.origin === origin && each.keyName === name),
      ...{ reportCatalog: nothing, reportLongPrompt: nothing, reportKeyNews: nothing },
      ...{ reportLive: nothing, reportRepair: nothing, reportOutbox: nothing },
    });
  });

  afterEach(async () => {
    await Promise.allSettled(visited);
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

  function services(extensionMode = TEST, extensionKind = WORKSPACE_HOST): ExtensionServices {
    const keys = {
      maskedKey: () => undefined,
      store: async (credential: GatewayCredential) => {
        stored.push(credential);
        return "stored";
      },
    };
    const log = { error: (event: string) => logged.push(event) };
    const context = { extensionMode, extension: { extensionKind } };
    const consents = { obtain: async () => true };
    const parts = { settings, keys, log, context, consents, engine: { get: async () => engine } };
    return parts as never;
  }

  async function signIn(order: Partial<SignInOrder> = {}, with_ = services()): Promise<void> {
    const { signIn: run } = await import("../../src/extension/features/signIn/signIn.ts");
    await run(with_, { signal: new AbortController().signal, ...order });
  }

  /** The browser follows the click, and the redirect to the editor's port. */
  function browserThat(decision: "allow" | "deny"): void {
    editor.browse = (address) => {
      visited.push(fetch(`${address}&decision=${decision}`).then((page) => page.text()));
    };
  }

  const opened = () => editor.effects.filter(({ kind }) => kind === "external").map(({ what }) => new URL(what));
  const told = () => editor.questions.at(-1)?.text ?? "";

  it("opens the page after its address was shown, and keeps the key that comes of it like an entered one", async () => {
    browserThat("allow");
    await signIn({ keyName: "acme" });
    const [page] = opened();
    assert.equal(`${page?.origin}${page?.pathname}`, `${simulator.origin}/auth`);
    assert.match(page?.searchParams.get("callback_url") ?? "", /^http:\/\/127\.0\.0\.1:\d+\/callback\/[\w-]{43}$/);
    const shown = editor.questions[0]?.detail?.split("\n")[0];
    assert.deepEqual([editor.questions[0]?.isModal, shown], [true, page?.href]);
    const [credential] = stored;
    assert.ok(stored.length === 1 && credential !== undefined && credential.key.startsWith("sk-or-v1-"));
    assert.deepEqual([credential.origin, credential.keyName], [simulator.origin, "acme"]);
    assert.match(told(), /The key acme \(sk-or-v1-….{4}\) is stored\. 127\.0\.0\.1:\d+ accepts it\./);
    assert.match(await (visited[0] ?? assert.fail()), /Signed in/);
    assert.ok(!JSON.stringify([editor.questions, editor.effects, logged]).includes(credential.key));
  });

  it("keeps the verifier to itself until the code is exchanged", async () => {
    browserThat("allow");
    await signIn();
    const sent = simulator.requests.find(({ path }) => path === "/api/v1/auth/keys")?.body;
    assert.ok(typeof sent === "object" && sent !== null && "code_verifier" in sent);
    const { code_verifier: verifier } = sent;
    assert.ok(typeof verifier === "string" && verifier.length === 43);
    assert.ok(!JSON.stringify([editor.questions, editor.effects]).includes(verifier));
  });

  for (const [screen, uiKind, remoteName] of [
    ["a browser", 2, undefined],
    ["another machine's desktop", 1, "ssh-remote"],
  ] as const) {
    it(`takes a pasted code where the editor is shown by ${screen}`, async () => {
      Object.assign(editor.screen, { uiKind, remoteName });
      editor.browse = (address) => {
        visited.push(fetch(`${address}&decision=allow`).then((page) => page.text()));
      };
      editor.answer = async ({ text, choices }) => {
        if (choices.includes("Open")) return "Open";
        if (!text.startsWith("Sign in at")) return undefined;
        return ` ${/<code>(.*)<\/code>/.exec((await visited[0]) ?? "")?.[1] ?? ""}\n`;
      };
      await signIn();
      assert.equal(opened()[0]?.searchParams.get("callback_url"), null);
      assert.ok(stored.length === 1 && stored[0]?.key.startsWith("sk-or-v1-"));
    });
  }

  it("uses the port where this code runs beside the browser of a remote window", async () => {
    editor.screen.remoteName = "ssh-remote";
    browserThat("allow");
    await signIn({}, services(TEST, 1));
    assert.equal(stored.length, 1);
  });

  it("stores nothing when the page says no", async () => {
    browserThat("deny");
    await signIn();
    assert.match(told(), /refused on the page of 127.* Nothing was stored or charged\./);
    assert.deepEqual([stored, simulator.requests], [[], []]);
  });

  it("opens nothing when the address is not wanted", async () => {
    editor.answer = () => undefined;
    await signIn();
    assert.deepEqual([opened(), stored, simulator.requests], [[], [], []]);
  });

  it("ends when it is stopped, and the port with it", async () => {
    editor.browse = () => setTimeout(() => editor.stops.forEach((stop) => stop()), 20);
    await signIn();
    assert.match(told(), /was stopped;.*show you a code instead\. Nothing was stored or charged\./);
    const callback = opened()[0]?.searchParams.get("callback_url") ?? "";
    await assert.rejects(fetch(`${callback}?code=auth_code_late`));
    assert.deepEqual([stored, simulator.requests, editor.stops.size], [[], [], 0]);
  });

  it("ends by itself after its time", async () => {
    await signIn({ waitMs: 20 });
    assert.match(told(), /did not come back within ten minutes/);
    assert.deepEqual([stored, simulator.requests], [[], []]);
  });

  it("ends silently with the next one, which the code of the first does not reach", async () => {
    const first = new AbortController();
    const running = signIn({ signal: first.signal });
    while (opened().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    first.abort();
    await running;
    const callback = opened()[0]?.searchParams.get("callback_url") ?? "";
    await assert.rejects(fetch(`${callback}?code=auth_code_late`));
    browserThat("allow");
    await signIn();
    assert.equal(stored.length, 1);
  });

  it("does not take a code that another page made for itself", async () => {
    const foreign = simulator.mintAuthCode("a-challenge-of-somebody-else");
    editor.browse = (address) => {
      const callback = new URL(address).searchParams.get("callback_url") ?? "";
      visited.push(fetch(`${callback}?code=${foreign}`).then((page) => page.text()));
    };
    await signIn();
    assert.match(told(), /did not accept the code: it was used before, .* another sign-in\. Nothing was stored/);
    assert.deepEqual(stored, []);
  });

  it("does not take a code that is too old", async () => {
    editor.screen.uiKind = 2;
    const code = simulator.mintAuthCode();
    nowMs += 600_001;
    editor.answer = ({ text, choices }) =>
      choices.includes("Open") ? "Open" : text.startsWith("Sign") ? code : undefined;
    await signIn();
    assert.match(told(), /older than ten minutes/);
    assert.deepEqual(stored, []);
  });

  it("says so when the gateway fails, and stores nothing", async () => {
    simulator.faultNext({ on: "auth", kind: "http", status: 500 });
    browserThat("allow");
    await signIn();
    assert.deepEqual([stored, logged], [[], ["sign-in"]]);
    assert.match(told(), /127\.0\.0\.1|provider/);
  });

  it("sends the code to no gateway that was chosen meanwhile", async () => {
    const other = await startSimulator();
    browserThat("allow");
    const before = editor.browse;
    editor.browse = (address) => {
      gatewayUrl = other.baseUrl;
      before(address);
    };
    await signIn();
    assert.deepEqual([stored, other.requests, simulator.requests], [[], [], []]);
    assert.match(told(), /changed during the sign-in/);
    await other.close();
  });

  it("is offered at OpenRouter, in development at this machine, and nowhere else", async () => {
    const { signInPageOf } = await import("../../src/extension/features/signIn/signInPage.ts");
    assert.equal(signInPageOf(new URL("https://openrouter.ai/api/v1"), false), "https://openrouter.ai/auth");
    for (const url of ["http://openrouter.ai/api", "https://openrouter.ai:444/api", "https://proxy.example/api/v1"]) {
      assert.equal(signInPageOf(new URL(url), true), undefined, url);
    }
    await signIn({}, services(PRODUCTION));
    assert.match(told(), /works with OpenRouter only; for 127\.0\.0\.1:\d+ a key is entered\. Nothing was sent/);
    assert.deepEqual([opened(), simulator.requests], [[], []]);
  });
});
