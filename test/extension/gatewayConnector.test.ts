import assert from "node:assert/strict";
import type { KeyId } from "../../src/core/keys/keyName.ts";
import { GatewayConnector } from "../../src/extension/platform/gatewayConnector.ts";
import { type Settings, readSettings } from "../../src/extension/platform/readSettings.ts";
import { DEFAULT_PROXY_SETTINGS, type ProxySettings } from "../../src/gateway/proxySettings.ts";
import { readManifest } from "../architecture/manifest.ts";

const defaults = readManifest().contributes.configuration.properties;
const DEFAULTS = readSettings((key) => ({
  defaultValue: defaults[key]?.default,
  userValue: undefined,
  workspaceValue: undefined,
}));

/** Settings that a test changes between two requests. */
class World {
  settings: Settings = DEFAULTS;
  network: ProxySettings = DEFAULT_PROXY_SETTINGS;
  mayUse = true;
  /** Keys that were read, oldest first. */
  readonly asked: KeyId[] = [];
  readonly connector = new GatewayConnector({
    settings: () => this.settings,
    network: () => this.network,
    mayUse: () => this.mayUse,
    credential: async (id) => {
      this.asked.push(id);
      return undefined;
    },
  });

  /** What is made anew by a change. */
  changedBy(change: Partial<Settings>, network: ProxySettings = this.network): readonly string[] {
    const before = this.connector.connect();
    this.settings = { ...this.settings, ...change };
    this.network = network;
    const after = this.connector.connect();
    return (["gateway", "transport", "limiter"] as const).filter((part) => before[part] !== after[part]);
  }
}

describe("the connection to the gateway", () => {
  const check = (name: string, change: Partial<Settings>, expected: readonly string[]) =>
    it(`is made anew where ${name} is concerned: ${expected.join(", ") || "nothing"}`, () => {
      assert.deepEqual(new World().changedBy(change), expected);
    });

  check(
    "nothing of it",
    { limits: [], policies: { ...DEFAULTS.policies, tasks: { explain: { profile: "free" } } } },
    [],
  );
  check("its address", { gatewayUrl: new URL("http://127.0.0.1:9/v1") }, ["gateway", "transport", "limiter"]);
  check("another path", { gatewayUrl: new URL("https://openrouter.ai/api/v2") }, ["gateway", "transport"]);
  check("the transport", { transport: "direct" }, ["gateway", "transport"]);
  check("a time-out", { timeouts: { ...DEFAULTS.timeouts, idleMs: 1_000 } }, ["gateway"]);
  check("the dialect", { dialect: "plain" }, ["gateway"]);
  check("a price of its models", { prices: [{ pattern: "*", prompt: 1, completion: 2 }] }, ["gateway"]);
  check("the key", { keyChoice: { kind: "key", name: "acme", reason: { kind: "default" } } }, ["gateway"]);
  check("a limit", { requestLimits: { concurrent: 4, perMinute: 10 } }, ["limiter"]);

  it("is made anew when the editor's network changes", () => {
    const network = { ...DEFAULT_PROXY_SETTINGS, proxyUrl: "http://proxy.example:3128" };
    assert.deepEqual(new World().changedBy({}, network), ["gateway", "transport"]);
  });

  it("speaks the dialect of the settings", () => {
    const world = new World();
    assert.equal(world.connector.connect().gateway.maxFallbackModels, 2);
    world.settings = { ...DEFAULTS, dialect: "plain" };
    assert.equal(world.connector.connect().gateway.maxFallbackModels, 0);
  });

  it("keeps the limiter's memory through a change of the rest", async () => {
    const world = new World();
    world.settings = { ...DEFAULTS, requestLimits: { concurrent: 1, perMinute: undefined } };
    const release = await world.connector.connect().limiter.admit(new AbortController().signal);
    world.settings = { ...world.settings, dialect: "plain" };
    const stop = new AbortController();
    const waiting = world.connector.connect().limiter.admit(stop.signal);
    assert.equal(world.connector.connect().limiter.waiting, 1);
    stop.abort();
    await assert.rejects(waiting, { code: "aborted" });
    release();
  });

  it("keeps the key of a request that is under way, and asks for another one by its name", async () => {
    const world = new World();
    const before = world.connector.connect().gateway;
    world.settings = { ...DEFAULTS, keyChoice: { kind: "key", name: "acme", reason: { kind: "default" } } };
    const after = world.connector.connect().gateway;
    assert.deepEqual([before.keyName, after.keyName], ["default", "acme"]);
    await assert.rejects(after.fetchKeyStatus(new AbortController().signal), { code: "key-missing", detail: "acme" });
    await assert.rejects(before.fetchKeyStatus(new AbortController().signal), { code: "key-missing" });
    assert.deepEqual(world.asked, [
      { origin: "https://openrouter.ai", name: "acme" },
      { origin: "https://openrouter.ai", name: "default" },
    ]);
    assert.equal(world.connector.gatewayWithKey("other").keyName, "other");
  });

  it("is none while it is not clear whose key pays", () => {
    const world = new World();
    world.settings = { ...DEFAULTS, keyChoice: { kind: "unclear", detail: "two keys" } };
    assert.throws(() => world.connector.connect(), { code: "settings-invalid", detail: "two keys" });
  });

  it("is none while nobody allowed the gateway, with whatever key", () => {
    const world = new World();
    world.mayUse = false;
    const refused = { code: "gateway-not-allowed", isUncharged: true, detail: "https://openrouter.ai" };
    assert.throws(() => world.connector.connect(), refused);
    assert.throws(() => world.connector.gatewayWithKey("acme"), refused);
    assert.deepEqual(world.asked, []);
  });

  it("is none while it is not clear what privacy holds", () => {
    const world = new World();
    world.settings = { ...DEFAULTS, privacyProblem: "what holds" };
    assert.throws(() => world.connector.connect(), { code: "settings-invalid", detail: "what holds" });
  });

  it("demands the privacy of the moment, also of a turn that began without any", async () => {
    const world = new World();
    const { gateway } = world.connector.connect();
    const { base } = DEFAULTS.policies;
    world.settings = {
      ...DEFAULTS,
      policies: { base: { ...base, privacy: { profile: "no-training", dataCollection: "deny" } }, tasks: {} },
    };
    const price = { coefficient: 0n, scale: 0 };
    const asked = gateway.streamChat(
      {
        model: "a/b",
        messages: [{ role: "user", content: "Why?" }],
        maxCompletionTokens: 100,
        priceCeiling: { promptPerToken: price, completionPerToken: price, perRequest: price },
        sessionId: undefined,
      },
      new AbortController().signal,
    );
    await assert.rejects(
      async () => {
        for await (const _ of asked) assert.fail("something came");
      },
      { code: "privacy-unmet" },
    );
    assert.deepEqual(world.asked, []);
  });

  it("is none without a usable address", () => {
    const world = new World();
    world.settings = { ...DEFAULTS, gatewayUrl: undefined };
    assert.throws(() => world.connector.connect(), { code: "settings-invalid" });
  });
});
