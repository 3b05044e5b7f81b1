import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import fc from "fast-check";
import { SETTINGS } from "../../src/extension/platform/contributions.ts";
import type { Engine } from "../../src/extension/platform/engine.ts";
import { GatewayConsents } from "../../src/extension/platform/gatewayConsents.ts";
import { readSettings } from "../../src/extension/platform/readSettings.ts";
import { describeInvalidSetting } from "../../src/core/problems/describeInvalidSetting.ts";
import { parseDecimal } from "../../src/core/money/decimal.ts";
import { capabilitiesOf } from "../../src/gateway/gatewayCapabilities.ts";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import { selectTransport } from "../../src/gateway/selectTransport.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { readManifest } from "../architecture/manifest.ts";
import { type EditorStage, openEditorStage } from "../extension/editorStage.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { MemoryMemento } from "../setup/memoryMemento.ts";
import { startNotingServer, startRedirectingServer } from "./redirectingServers.ts";

const KEY = "sk-or-v1-canary0123456789abcdef";
const PRICE = parseDecimal("0.000001") ?? assert.fail();
const REDIRECTS = [301, 302, 303, 307, 308];

/** Everything that is asked of a gateway with the key. */
const USES: Readonly<Record<string, (gateway: Gateway, signal: AbortSignal) => Promise<unknown>>> = {
  "a chat": async (gateway, signal) => {
    const request = {
      ...{ model: "a/b", messages: [{ role: "user", content: "my code" }] as const, maxCompletionTokens: 16 },
      ...{
        priceCeiling: { promptPerToken: PRICE, completionPerToken: PRICE, perRequest: PRICE },
        sessionId: undefined,
      },
    };
    for await (const events of gateway.streamChat(request, signal)) assert.equal(events.length, 0);
  },
  "the model list": (gateway, signal) => gateway.fetchCatalog(signal),
  "the model list, unless it is the known one": (gateway, signal) => gateway.refreshCatalog(undefined, signal),
  "the key's standing": (gateway, signal) => gateway.fetchKeyStatus(signal),
  "a generation": (gateway, signal) => gateway.fetchGeneration("gen-1", signal),
  "the credits": (gateway, signal) => gateway.lookUp("/credits", signal),
  "the endpoints of a model": (gateway, signal) => gateway.lookUp("/models/a/b/endpoints", signal),
};

const defaults = readManifest().contributes.configuration.properties;

function gatewayUrlOf(userValue: unknown, workspaceValue?: unknown): string | undefined {
  return settingsWith(userValue, workspaceValue).gatewayUrl?.href;
}

function settingsWith(userValue: unknown, workspaceValue?: unknown): ReturnType<typeof readSettings> {
  return readSettings((key) => {
    const defaultValue = defaults[key]?.default;
    if (key !== SETTINGS.gatewayUrl) return { defaultValue, userValue: undefined, workspaceValue: undefined };
    return { defaultValue, userValue, workspaceValue, folderValues: [workspaceValue] };
  });
}

function namesOf(files: readonly string[]): readonly string[] {
  return files.map((file) => basename(file)).toSorted();
}

describe("promise 01: a key goes to the origin it was entered for, and code to none that the person did not allow", () => {
  describe("redirects", () => {
    for (const name of ["host", "direct"] as const) {
      for (const status of REDIRECTS) {
        it(`with status ${status} lead the transport ${name} nowhere, whatever was asked`, async () => {
          const other = await startNotingServer();
          const first = await startRedirectingServer(status, (path) => `${other.origin}${path}`);
          const transport = selectTransport(name, new URL(first.origin));
          try {
            for (const [what, use] of Object.entries(USES)) {
              const before = first.received.length;
              const gateway = createOpenRouterGateway({
                baseUrl: new URL(`${first.origin}/api/v1`),
                transport: transport.send,
                credential: async () => ({ origin: first.origin, key: KEY }),
                now: () => 0,
                ...{ capabilities: capabilitiesOf("openrouter") ?? assert.fail() },
              });
              await assert.rejects(use(gateway, new AbortController().signal), { code: "network" }, what);
              assert.equal(first.received.length, before + 1, what);
              assert.ok(first.received.at(-1)?.includes(KEY), `${what}: the key was on its way`);
            }
            assert.deepEqual([other.connections(), other.received], [0, []]);
          } finally {
            await transport.close();
            await Promise.all([first.close(), other.close()]);
          }
        });
      }
    }

    it("are tried with everything that a gateway is asked", () => {
      const transport = async () => assert.fail("nothing is sent");
      const baseUrl = new URL("https://openrouter.ai/api/v1");
      const gateway = createOpenRouterGateway({ baseUrl, transport, credential: async () => undefined, now: () => 0 });
      const asked = Object.entries(gateway).flatMap(([name, value]) => (typeof value === "function" ? [name] : []));
      // It reads a list that is here already.
      const local = ["openCatalog"];
      const tried = Object.values(USES).join("\n");
      assert.deepEqual(
        asked.filter((name) => !tried.includes(`.${name}(`)),
        local,
      );
    });

    it("without a scheme, or to the same server, are not followed either", async () => {
      const other = await startNotingServer();
      for (const location of [other.origin.replace("http:", ""), "/elsewhere"]) {
        const first = await startRedirectingServer(302, () => location);
        for (const name of ["host", "direct"] as const) {
          const transport = selectTransport(name, new URL(first.origin));
          const gateway = createOpenRouterGateway({
            baseUrl: new URL(first.origin),
            transport: transport.send,
            credential: async () => ({ origin: first.origin, key: KEY }),
            now: () => 0,
          });
          await assert.rejects(gateway.fetchKeyStatus(new AbortController().signal), { code: "network" });
          await transport.close();
        }
        assert.equal(first.received.length, 2);
        await first.close();
      }
      assert.equal(other.connections(), 0);
      await other.close();
    });
  });

  describe("the address of the gateway", () => {
    const refuse = (value: unknown) =>
      it(`is none when the person's setting says ${JSON.stringify(value)}`, () => {
        assert.equal(gatewayUrlOf(value), undefined);
      });
    // Anybody on the way could read the key and the code.
    for (const host of ["openrouter.ai", "gateway.example", "localhost.example", "8.8.8.8", "172.32.0.1", "11.0.0.1"]) {
      refuse(`http://${host}/api/v1`);
    }
    // The metadata services of clouds, every interface, and names that may lead elsewhere tomorrow.
    for (const host of ["169.254.169.254", "0.0.0.0", "gpu-box", "ollama.local", "[fe80::1]", "[2001:db8::1]"]) {
      refuse(`http://${host}/v1`);
    }
    for (const text of ["ftp://a.example", "javascript:alert(1)", "file:///etc/passwd", "data:,x", "", "no address"]) {
      refuse(text);
    }
    for (const text of ["https://user@a.example", "https://:word@a.example", "https://a.example/?k=1", 7, {}, []]) {
      refuse(text);
    }

    const accept = (value: string) =>
      it(`may be ${value}`, () => assert.equal(gatewayUrlOf(value), new URL(value).href));
    for (const text of ["https://proxy.example/v1", "http://127.0.0.1:11434/v1", "http://localhost:1234/v1"])
      accept(text);
    for (const text of [
      "http://[::1]:8080/v1",
      "http://192.168.1.5:11434/v1",
      "http://10.0.0.1/",
      "http://172.31.9.9/",
    ]) {
      accept(text);
    }
    accept("http://[fd12:3456::1]:11434/v1");

    it("that is none is not replaced by the default, and that is what the person is told", () => {
      const { gatewayUrl, invalid } = settingsWith("http://gateway.example/v1");
      assert.equal(gatewayUrl, undefined);
      assert.equal(
        describeInvalidSetting(invalid[0] ?? assert.fail()),
        "The setting waybill.gateway.url makes no sense: it must be an https address, or http on this machine or to the number of a private network. Nothing is sent until it is",
      );
    });

    it("is never one of a workspace", () => {
      const anything = fc.oneof(fc.webUrl(), fc.anything());
      const own = fc.constantFrom<unknown>(undefined, "https://mine.example/v1", "nonsense");
      fc.assert(
        fc.property(own, anything, (user, workspace) => {
          assert.equal(gatewayUrlOf(user, workspace), gatewayUrlOf(user));
        }),
      );
    });

    it("is never one of the environment: no variable that other tools read is read here", () => {
      const readers = globSync("src/**/*.ts").filter((file) => /process\.env(?!`)/.test(readFileSync(file, "utf8")));
      assert.deepEqual(
        namesOf(readers),
        ["directTransport.ts", "extension.ts", "hostTransport.ts"],
        "both transports read the proxy's variables, and the start the development key's",
      );
    });
  });

  describe("the person's word", () => {
    const at = (text: string) => new URL(text);
    const PROXY = at("https://proxy.example/v1");

    function consentsThat(answer: boolean, memento = new MemoryMemento()) {
      const asked: string[] = [];
      const consents = new GatewayConsents(memento, async ({ origin }) => {
        asked.push(origin);
        return answer;
      });
      return { asked, consents, memento };
    }

    it("is not needed for OpenRouter and for this machine", async () => {
      const { asked, consents } = consentsThat(false);
      for (const url of [
        "https://openrouter.ai/api/v1",
        "http://127.0.0.1:9/v1",
        "http://localhost/",
        "http://[::1]/",
      ]) {
        assert.ok(await consents.obtain(at(url)), url);
      }
      assert.deepEqual(asked, []);
    });

    it("is asked once for an origin, and again for another host, port or scheme", async () => {
      const { asked, consents, memento } = consentsThat(true);
      for (const url of ["https://proxy.example/v1", "https://proxy.example/other", "https://proxy.example:443/v2"]) {
        assert.ok(await consents.obtain(at(url)));
      }
      assert.deepEqual(asked, ["https://proxy.example"]);
      assert.ok(consentsThat(false, memento).consents.has(PROXY), "other windows and the next start know it");
      for (const url of [
        "https://proxy.example:8443",
        "https://eu.openrouter.ai",
        "https://openrouter.ai.evil.example",
      ]) {
        assert.ok(!consents.has(at(url)), url);
      }
      assert.ok(!consents.has(at("http://192.168.1.5/v1")) && !consents.has(at("http://openrouter.ai/api/v1")));
    });

    it("that was not given changes nothing and is asked for again", async () => {
      const { asked, consents, memento } = consentsThat(false);
      assert.ok(!(await consents.obtain(PROXY)) && !(await consents.obtain(PROXY)));
      assert.deepEqual([asked.length, memento.values.size, consents.has(PROXY)], [2, 0, false]);
    });

    it("is asked for by one dialog, however many requests wait for it, and can be taken back", async () => {
      const { asked, consents } = consentsThat(true);
      assert.deepEqual(await Promise.all([1, 2, 3].map(() => consents.obtain(PROXY))), [true, true, true]);
      assert.equal(asked.length, 1);
      await consents.withdraw(PROXY);
      assert.ok(!consents.has(PROXY));
    });
  });

  describe("a gateway that nobody allowed", () => {
    let editor: EditorStage;
    let simulator: Simulator;
    let storageFolder: string;
    let engine: Engine;
    /** Counts what is asked of the person. */
    let asked: number;
    let isAllowed: boolean;
    let answer: boolean;
    let keysRead: number;

    beforeEach(async () => {
      editor = openEditorStage();
      simulator = await startSimulator();
      storageFolder = await mkdtemp(join(tmpdir(), "waybill-promise-"));
      [asked, isAllowed, answer, keysRead] = [0, false, false, 0];
      const { createEngine } = await import("../../src/extension/platform/engine.ts");
      const nothing = () => undefined;
      engine = createEngine({
        storageFolder,
        settings: () =>
          readSettings((key) => {
            const defaultValue = defaults[key]?.default;
            const userValue = key === SETTINGS.gatewayUrl ? simulator.baseUrl : undefined;
            return { defaultValue, userValue, workspaceValue: undefined };
          }),
        credential: async () => {
          keysRead += 1;
          return { origin: simulator.origin, key: simulator.key };
        },
        mayUse: () => isAllowed,
        askToUse: async () => {
          asked += 1;
          return (isAllowed ||= answer);
        },
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

    async function ask(): Promise<readonly TurnEvent[]> {
      const events: TurnEvent[] = [];
      const order = {
        ...{ surface: "chat" as const, taskType: undefined, workspace: "", chatId: "chat" },
        messages: [{ role: "user", content: "explain my code" }],
        signals: { text: "explain my code", hasSelection: false, hasDiagnostics: false },
      } as const;
      for await (const event of engine.runTurn(order, new AbortController().signal)) events.push(event);
      return events;
    }

    it("is asked for before the first byte, and gets none when the answer is no", async () => {
      const events = await ask();
      assert.equal(asked, 1);
      const [event] = events;
      assert.ok(events.length === 1 && event?.type === "turn-failed");
      assert.match(event.problem.sentence, /not allowed .*127\.0\.0\.1.* Nothing was sent, and your text is kept\.$/);
      assert.equal(event.problem.action.id, "review-gateway");
      assert.deepEqual([simulator.requests.length, keysRead], [0, 0]);
    });

    it("gets nothing by any other way: no list, no look at a key, no connection ahead", async () => {
      await engine.prepare();
      const { signal } = new AbortController();
      const refused = { code: "gateway-not-allowed" };
      assert.throws(() => engine.gateway(), refused);
      assert.throws(() => engine.gatewayWithKey("acme"), refused);
      assert.throws(() => engine.transportName(), refused);
      await assert.rejects(engine.catalog(signal), refused);
      await assert.rejects(engine.routeOnly({ surface: "chat", messages: [] } as never, signal), refused);
      assert.deepEqual([simulator.requests.length, keysRead, asked], [0, 0, 0]);
    });

    it("gets the question once the answer is yes", async () => {
      answer = true;
      const events = await ask();
      assert.equal(events.at(-1)?.type, "turn-end");
      assert.equal(simulator.requests.filter(({ path }) => path.endsWith("/chat/completions")).length, 1);
    });
  });

  describe("the dialog", () => {
    let editor: EditorStage;
    beforeEach(() => (editor = openEditorStage()));
    afterEach(() => editor.remove());

    async function consent(url: string, knownOrigins: readonly string[], ...clicks: readonly string[]) {
      const { askGatewayConsent } = await import("../../src/extension/features/gateway/askGatewayConsent.ts");
      const replies = [...clicks];
      editor.answer = () => replies.shift();
      return askGatewayConsent(new URL(url), {
        list: async () => knownOrigins.map((origin) => ({ origin, name: "default" })),
      });
    }

    it("names the address, what goes there, the key or none, and what cannot be promised", async () => {
      assert.ok(await consent("https://proxy.example:8443/v1", ["https://openrouter.ai"], "Allow"));
      const [question] = editor.questions;
      assert.ok(editor.questions.length === 1 && question?.isModal === true);
      assert.equal(question.text, "Send questions and code to https://proxy.example:8443?");
      for (const part of [/questions/, /code and files/, /No key/, /costs what the ledger says/, /zero retention/]) {
        assert.match(question.detail, part);
      }
      await consent("https://proxy.example:8443/v1", ["https://proxy.example:8443"]);
      assert.match(editor.questions[1]?.detail ?? "", /The key that you entered for it, and no other/);
    });

    it("that is closed is a no", async () => {
      assert.ok(!(await consent("https://proxy.example/v1", [])));
    });

    it("asks a second time where the network can read along", async () => {
      const nearby = "http://192.168.1.5:11434/v1";
      assert.ok(!(await consent(nearby, [], "Allow")));
      assert.match(editor.questions[1]?.detail ?? "", /not encrypted.*the key/);
      assert.ok(await consent(nearby, [], "Allow", "Send Unencrypted"));
    });
  });

  it("a way to a server is opened by the guarded connection, the test of its way, and the search on this machine alone", () => {
    const openers = globSync("src/**/*.ts").filter((file) => {
      return /selectTransport\(|create(?:Host|Direct)Transport\(/.test(readFileSync(file, "utf8"));
    });
    assert.deepEqual(namesOf(openers), [
      "directTransport.ts",
      "gatewayConnector.ts",
      "hostTransport.ts",
      "probeTransport.ts",
      "selectTransport.ts",
      "showLocalServers.ts",
    ]);
  });
});
