import assert from "node:assert/strict";
import fc from "fast-check";
import { SETTINGS, type SettingKey } from "../../src/extension/platform/contributions.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import { readSettings } from "../../src/extension/platform/readSettings.ts";
import type { RawSetting } from "../../src/extension/platform/settingReader.ts";
import { DEFAULT_TIMEOUTS } from "../../src/gateway/requestTimers.ts";
import { readManifest } from "../architecture/manifest.ts";

type Values = Partial<Record<SettingKey, { user?: unknown; workspace?: unknown }>>;

const defaults = readManifest().contributes.configuration.properties;

function read(values: Values = {}) {
  return readSettings((key): RawSetting => ({
    defaultValue: defaults[key]?.default,
    userValue: values[key]?.user,
    workspaceValue: values[key]?.workspace,
  }));
}

const limitOf = (values: Values, scope: string) => read(values).limits.find((limit) => limit.scope === scope)?.limit;

describe("settings", () => {
  it("have sound defaults", () => {
    const settings = read();
    assert.deepEqual(settings.invalid, []);
    assert.equal(settings.gatewayUrl?.href, "https://openrouter.ai/api/v1");
    assert.deepEqual(settings.policies, { base: { ...DEFAULT_POLICY, allow: [], deny: [] }, tasks: {} });
    assert.deepEqual(settings.timeouts, DEFAULT_TIMEOUTS);
    assert.deepEqual(settings.requestLimits, { concurrent: 4, perMinute: undefined });
    assert.deepEqual([settings.transport, settings.dialect], ["auto", "auto"]);
    assert.equal(limitOf({}, "user"), 10e9);
    assert.equal(limitOf({}, "workspace"), 5e9);
  });

  it("of a workspace lower its budget and never raise it", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.anything(), (user, workspace) => {
        const alone = limitOf({ [SETTINGS.workspacePerDay]: { user } }, "workspace");
        const both = limitOf({ [SETTINGS.workspacePerDay]: { user, workspace } }, "workspace");
        assert.ok(alone !== undefined && both !== undefined && both <= alone);
      }),
    );
  });

  it("of a workspace lower the amount above which the person is asked, and never raise it", () => {
    const askAboveOf = (user: unknown, workspace?: unknown) =>
      read({ [SETTINGS.askAbove]: { user, workspace } }).askAbove;
    assert.deepEqual([askAboveOf(undefined), askAboveOf(null), askAboveOf(0.1)], [undefined, undefined, 1e8]);
    assert.deepEqual([askAboveOf(0.1, 0.02), askAboveOf(0.1, 5), askAboveOf(0.1, null)], [2e7, 1e8, 1e8]);
    assert.deepEqual([askAboveOf(null, 0.02), askAboveOf(0.1, "much")], [2e7, 1e8]);
  });

  it("of a workspace cannot touch the gateway, the person's budget or the rules of routing", () => {
    const hostile: Values = {
      [SETTINGS.gatewayUrl]: { workspace: "https://evil.example" },
      [SETTINGS.gatewayTransport]: { workspace: "direct" },
      [SETTINGS.gatewayDialect]: { workspace: "plain" },
      [SETTINGS.firstByteTimeout]: { workspace: 1 },
      [SETTINGS.idleTimeout]: { workspace: 1 },
      [SETTINGS.totalTimeout]: { workspace: 1 },
      [SETTINGS.maxConcurrentRequests]: { workspace: 32 },
      [SETTINGS.requestsPerMinute]: { workspace: 1 },
      [SETTINGS.tokensPerDay]: { workspace: 0 },
      [SETTINGS.budgetRequestsPerMinute]: { workspace: 1 },
      [SETTINGS.alertAt]: { workspace: [1] },
      [SETTINGS.providers]: { workspace: { only: ["evil"] } },
      [SETTINGS.fallback]: { workspace: "none" },
      [SETTINGS.fallbackPriceFactor]: { workspace: 10 },
      [SETTINGS.providerPriceFactor]: { workspace: 3 },
      [SETTINGS.gatewayPrices]: { workspace: { "*": { prompt: 0, completion: 0 } } },
      [SETTINGS.climb]: { workspace: "on-failed-check" },
      [SETTINGS.climbBudget]: { workspace: 1_000 },
      [SETTINGS.whenSpent]: { workspace: "free" },
      [SETTINGS.profile]: { workspace: "quality" },
      [SETTINGS.pins]: { workspace: { explain: "dear/model" } },
      [SETTINGS.allow]: { workspace: ["*"] },
      [SETTINGS.deny]: { workspace: ["*"] },
      [SETTINGS.qualityFloor]: { workspace: 0 },
      [SETTINGS.maxPromptPrice]: { workspace: 1_000 },
      [SETTINGS.maxCompletionPrice]: { workspace: 1_000 },
      [SETTINGS.tasks]: { workspace: { fix: { pin: "dear/model" } } },
      [SETTINGS.maxTokens]: { workspace: 65_536 },
      [SETTINGS.reasoningEffort]: { workspace: "max" },
      [SETTINGS.temperature]: { workspace: 2 },
      [SETTINGS.environment]: { workspace: "production" },
      [SETTINGS.environments]: { workspace: { production: { profile: "quality", key: "dear" } } },
      [SETTINGS.keysOfWorkspaces]: { workspace: { "*": "dear" } },
      [SETTINGS.keepSentText]: { workspace: true },
      [SETTINGS.privacyDefault]: { workspace: "zero-retention" },
      [SETTINGS.privacyOfWorkspaces]: { workspace: { "*": "local-only" } },
      [SETTINGS.attributionUser]: { workspace: "jane@example.org" },
      [SETTINGS.attributionSession]: { workspace: false },
      [SETTINGS.attributionMetadata]: { workspace: { secret: "x" } },
      [SETTINGS.attributionApp]: { workspace: false },
      [SETTINGS.chatInstructions]: { workspace: false },
      [SETTINGS.chatNearbySymbols]: { workspace: false },
      [SETTINGS.maskSecrets]: { workspace: false },
      [SETTINGS.autoTitle]: { workspace: false },
      [SETTINGS.condenseAt]: { workspace: 0 },
      [SETTINGS.rememberErrors]: { workspace: false },
      [SETTINGS.inlineEditKey]: { workspace: false },
    };
    const inReach = [
      SETTINGS.workspacePerDay,
      SETTINGS.workspacePerWeek,
      SETTINGS.workspacePerMonth,
      SETTINGS.userPerDay,
      SETTINGS.userPerWeek,
      SETTINGS.userPerMonth,
      SETTINGS.keyPerMonth,
      SETTINGS.perRequest,
      SETTINGS.perChat,
      SETTINGS.onExceed,
      SETTINGS.askAbove,
      SETTINGS.workspacePolicy,
    ];
    const others = Object.values(SETTINGS).filter((key) => !inReach.some((reached) => reached === key));
    assert.deepEqual(Object.keys(hostile).toSorted(), others.toSorted());
    assert.deepEqual(read(hostile), read());
  });

  it("let a workspace lower what may be spent and tighten what happens then, and nothing else", () => {
    const limitOf = (values: Values) =>
      read(values).limits.find(({ scope, period }) => scope === "workspace" && period === "month")?.limit;
    const key = SETTINGS.workspacePerMonth;
    assert.equal(limitOf({ [key]: { user: 5, workspace: 2 } }), 2_000_000_000);
    assert.equal(limitOf({ [key]: { user: 5, workspace: 20 } }), 5_000_000_000);
    assert.equal(limitOf({ [key]: { workspace: 3 } }), 3_000_000_000);
    assert.equal(limitOf({ [key]: { user: 5, workspace: null } }), 5_000_000_000);
    const policy = (user: string, workspace: string) => read({ [SETTINGS.onExceed]: { user, workspace } }).onExceed;
    assert.equal(policy("downgrade", "ask"), "downgrade");
    assert.equal(policy("ask", "downgrade"), "downgrade");
    assert.equal(policy("ask", "block"), "block");
    assert.equal(policy("block", "ask"), "block");
  });

  it("that make no sense are named, and the default is used", () => {
    const nonsense: Values = {
      [SETTINGS.gatewayTransport]: { user: "carrier pigeon" },
      [SETTINGS.gatewayDialect]: { user: "klingon" },
      [SETTINGS.firstByteTimeout]: { user: 0 },
      [SETTINGS.idleTimeout]: { user: "120" },
      [SETTINGS.totalTimeout]: { user: Number.NaN },
      [SETTINGS.maxConcurrentRequests]: { user: 2.5 },
      [SETTINGS.requestsPerMinute]: { user: -1 },
      [SETTINGS.providers]: { user: { onyl: ["a"] } },
      [SETTINGS.fallback]: { user: true },
      [SETTINGS.fallbackPriceFactor]: { user: 0.5 },
      [SETTINGS.providerPriceFactor]: { user: 4 },
      [SETTINGS.gatewayPrices]: { user: { "a/b": { prompt: "1", completion: 2 } } },
      [SETTINGS.userPerDay]: { user: "ten" },
      [SETTINGS.workspacePerDay]: { user: -1 },
      [SETTINGS.profile]: { user: 7 },
      [SETTINGS.pins]: { user: { explian: "a/b" } },
      [SETTINGS.allow]: { user: "a/b" },
      [SETTINGS.deny]: { user: { "a/b": true } },
      [SETTINGS.qualityFloor]: { user: 80 },
      [SETTINGS.maxPromptPrice]: { user: -1 },
      [SETTINGS.maxCompletionPrice]: { user: "3" },
      [SETTINGS.tasks]: { user: ["fix"] },
      [SETTINGS.workspacePolicy]: { workspace: "strict" },
      [SETTINGS.maxTokens]: { user: 1.5 },
      [SETTINGS.reasoningEffort]: { user: "hard" },
      [SETTINGS.temperature]: { user: 2.5 },
      [SETTINGS.environment]: { user: "home" },
      [SETTINGS.environments]: { user: { home: {} } },
      [SETTINGS.attributionUser]: { user: "u".repeat(129) },
      [SETTINGS.attributionSession]: { user: "no" },
      [SETTINGS.attributionMetadata]: { user: { team: 5 } },
      [SETTINGS.attributionApp]: { user: 0 },
    };
    const settings = read(nonsense);
    assert.deepEqual(settings.invalid.map(({ key }) => key).toSorted(), Object.keys(nonsense).toSorted());
    assert.deepEqual({ ...settings, invalid: [] }, read());
  });

  it("that make no sense say what was expected", () => {
    const expectedOf = (key: SettingKey, user: unknown) => read({ [key]: { user } }).invalid[0]?.expected;
    assert.equal(expectedOf(SETTINGS.fallback, "all"), "one of models, provider-only, none");
    assert.equal(expectedOf(SETTINGS.totalTimeout, 0), "a number from 1 to 86400");
    assert.equal(expectedOf(SETTINGS.requestsPerMinute, "9"), "a whole number from 1 to 10000, or null");
    assert.match(expectedOf(SETTINGS.providers, []) ?? "", /^an object with order, only, .*maxLatency/);
  });

  it("that are numbers take just what the manifest allows", () => {
    const numbers = Object.values(SETTINGS).filter((key) => defaults[key]?.maximum !== undefined);
    assert.equal(numbers.length, 13);
    for (const key of numbers) {
      const { minimum = Number.NaN, maximum = Number.NaN } = defaults[key] ?? {};
      const isValid = (user: unknown) => read({ [key]: { user } }).invalid.length === 0;
      assert.deepEqual([minimum - 0.5, minimum, maximum, maximum + 1].map(isValid), [false, true, true, false], key);
    }
  });

  it("of time are seconds, and fractions count", () => {
    const { timeouts } = read({
      [SETTINGS.firstByteTimeout]: { user: 1.5 },
      [SETTINGS.idleTimeout]: { user: 30 },
      [SETTINGS.totalTimeout]: { user: 86_400 },
    });
    assert.deepEqual(timeouts, { headMs: 1_500, idleMs: 30_000, totalMs: 86_400_000 });
  });

  it("limit the requests of a minute, and with null do not", () => {
    const perMinute = (user: unknown) => read({ [SETTINGS.requestsPerMinute]: { user } }).requestLimits.perMinute;
    assert.deepEqual([perMinute(20), perMinute(null), perMinute(undefined)], [20, undefined, undefined]);
  });

  it("without a usable gateway address leave none, rather than another one", () => {
    for (const user of [
      "",
      "not a url",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "https://user:pass@host/",
      "https://host/?key=1",
      5,
      null,
    ]) {
      const settings = read({ [SETTINGS.gatewayUrl]: { user: user ?? "" } });
      assert.equal(settings.gatewayUrl, undefined, String(user));
      assert.equal(settings.invalid[0]?.key, SETTINGS.gatewayUrl);
    }
  });

  it("take null for no limit", () => {
    assert.equal(limitOf({ [SETTINGS.userPerDay]: { user: null } }, "user"), undefined);
    assert.equal(limitOf({ [SETTINGS.workspacePerDay]: { user: null, workspace: 1 } }, "workspace"), 1e9);
  });
});
