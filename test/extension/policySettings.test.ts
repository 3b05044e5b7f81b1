import assert from "node:assert/strict";
import fc from "fast-check";
import { pricePerMillion } from "../../src/core/catalog/pricePerMillion.ts";
import { decimalToText, multiplyDecimal, parseDecimal } from "../../src/core/money/decimal.ts";
import { DEFAULT_POLICY, type RoutePolicy, policyFor, qualityFloor } from "../../src/core/routing/routePolicy.ts";
import type { TaskType } from "../../src/core/tasks/taskType.ts";
import { SETTINGS, type SettingKey } from "../../src/extension/platform/contributions.ts";
import { readSettings } from "../../src/extension/platform/readSettings.ts";
import type { RawSetting } from "../../src/extension/platform/settingReader.ts";
import { readManifest } from "../architecture/manifest.ts";

type Values = Partial<Record<SettingKey, unknown>>;

const defaults = readManifest().contributes.configuration.properties;

function read(values: Values, workspace: Partial<RawSetting> = {}) {
  return readSettings((key): RawSetting => ({
    defaultValue: defaults[key]?.default,
    userValue: values[key],
    workspaceValue: undefined,
    ...(key === SETTINGS.workspacePolicy ? workspace : {}),
  }));
}

const rulesFor = (taskType: TaskType, values: Values, workspace: Partial<RawSetting> = {}): RoutePolicy =>
  policyFor(read(values, workspace).policies, taskType);

const partsOf = (values: Values, workspace?: Partial<RawSetting>) =>
  read(values, workspace).invalid.map(({ key, part }) => `${key} ${part}`);

describe("the rules of routing in the settings", () => {
  it("are read for every task", () => {
    const policy = rulesFor("plan", {
      [SETTINGS.profile]: "private",
      [SETTINGS.allow]: ["a/*", " b/* "],
      [SETTINGS.deny]: ["*mini*"],
      [SETTINGS.qualityFloor]: 0.7,
      [SETTINGS.maxPromptPrice]: 2.5,
      [SETTINGS.maxCompletionPrice]: 10,
      [SETTINGS.providers]: { zdr: true },
      [SETTINGS.fallback]: "none",
      [SETTINGS.fallbackPriceFactor]: 2,
      [SETTINGS.providerPriceFactor]: 1.5,
      [SETTINGS.climb]: "on-failed-check",
      [SETTINGS.climbBudget]: 0.1,
      [SETTINGS.whenSpent]: "free",
      [SETTINGS.maxTokens]: 1_000,
      [SETTINGS.reasoningEffort]: "low",
      [SETTINGS.temperature]: 0,
    });
    assert.deepEqual(policy, {
      profile: "private",
      allow: [["a/*", "b/*"]],
      deny: ["*mini*"],
      qualityFloor: 0.7,
      maxPromptPrice: { coefficient: 25n, scale: 7 },
      maxCompletionPrice: { coefficient: 10n, scale: 6 },
      provider: { zdr: true },
      fallback: "none",
      fallbackPriceFactor: 2,
      providerPriceFactor: 1.5,
      climb: "on-failed-check",
      climbBudget: 100_000_000,
      whenSpent: "free",
      maxCompletionTokens: 1_000,
      reasoningEffort: "low",
      temperature: 0,
    });
  });

  it("of a task replace the general ones that they name, and no others", () => {
    const values = {
      [SETTINGS.deny]: ["a/*"],
      [SETTINGS.maxTokens]: 1_000,
      [SETTINGS.providers]: { zdr: true, sort: "price" },
      [SETTINGS.tasks]: { fix: { deny: [], providers: { sort: "latency" }, pin: "a/b", temperature: 1 } },
    };
    const fix = rulesFor("fix", values);
    assert.deepEqual([fix.deny, fix.pin, fix.temperature, fix.maxCompletionTokens], [[], "a/b", 1, 1_000]);
    assert.deepEqual(fix.provider, { zdr: true, sort: "latency" });
    assert.deepEqual(rulesFor("plan", values).deny, ["a/*"]);
  });

  it("take a pin of the shorthand, unless the task's rules have another", () => {
    const values = {
      [SETTINGS.pins]: { fix: "a/short", plan: "a/plan" },
      [SETTINGS.tasks]: { fix: { pin: "a/long" } },
    };
    assert.deepEqual([rulesFor("fix", values).pin, rulesFor("plan", values).pin], ["a/long", "a/plan"]);
  });

  it("of the chosen environment lie over the general ones and under those of a task", () => {
    const environments = { production: { profile: "quality", maxTokens: 2_000 }, staging: { deny: ["a/*"] } };
    const values = { [SETTINGS.environments]: environments, [SETTINGS.tasks]: { title: { profile: "economy" } } };
    const inProduction = { ...values, [SETTINGS.environment]: "production" };
    assert.equal(rulesFor("fix", values).profile, "balanced");
    assert.equal(rulesFor("fix", inProduction).profile, "quality");
    const title = rulesFor("title", inProduction);
    assert.deepEqual([title.profile, title.maxCompletionTokens], ["economy", 2_000]);
    assert.deepEqual(rulesFor("fix", { ...values, [SETTINGS.environment]: "staging" }).deny, ["a/*"]);
    assert.deepEqual(rulesFor("fix", { ...values, [SETTINGS.environment]: null }), rulesFor("fix", values));
  });

  it("give a narrower profile its own floor, unless a floor is named with it", () => {
    const floor = (title: object) =>
      qualityFloor(rulesFor("title", { [SETTINGS.qualityFloor]: 0.9, [SETTINGS.tasks]: { title } }));
    assert.deepEqual(
      [floor({}), floor({ profile: "economy" }), floor({ profile: "economy", qualityFloor: 0.5 })],
      [0.9, 0.6, 0.5],
    );
  });

  const check = (name: string, values: Values, parts: readonly string[]) =>
    it(`name ${name}`, () => assert.deepEqual(partsOf(values), parts));

  check("an unknown task", { [SETTINGS.tasks]: { fixx: {} } }, ["waybill.routing.tasks fixx"]);
  check("a task that is no object", { [SETTINGS.tasks]: { fix: "a/b" } }, ["waybill.routing.tasks fix"]);
  check("an unknown rule", { [SETTINGS.tasks]: { fix: { dney: [] } } }, ["waybill.routing.tasks fix.dney"]);
  check(
    "each part that makes no sense",
    { [SETTINGS.tasks]: { fix: { qualityFloor: 2, deny: ["a/*", 7, ""] }, plan: { temperature: null } } },
    ["fix.qualityFloor", "fix.deny.1", "fix.deny.2", "plan.temperature"].map((part) => `waybill.routing.tasks ${part}`),
  );
  check("a pin in an environment, which belongs to a task", { [SETTINGS.environments]: { staging: { pin: "a/b" } } }, [
    "waybill.environments staging.pin",
  ]);
  check("a pin that is none", { [SETTINGS.pins]: { fix: "", plan: "a/b" } }, ["waybill.routing.pins fix"]);

  it("hold where they make sense, beside parts that do not", () => {
    const values = { [SETTINGS.tasks]: { fix: { deny: ["a/*", 7], temperature: 9, maxTokens: 300 } } };
    const fix = rulesFor("fix", values);
    assert.deepEqual([fix.deny, fix.temperature, fix.maxCompletionTokens], [["a/*"], undefined, 300]);
    assert.equal(read(values).invalid[0]?.expected, "a model id, where * stands for any text");
  });
});

describe("the policy of a workspace in the settings", () => {
  const policy = {
    allow: ["a/*"],
    deny: ["a/b"],
    qualityFloor: 0.9,
    maxPromptPrice: 1,
    maxCompletionPrice: 2,
    maxTokens: 500,
    dataCollection: "deny",
    zdr: true,
    onlyProviders: ["x", "y"],
    ignoreProviders: ["y"],
    fallback: "provider-only",
  };

  it("tightens every task", () => {
    const user = { [SETTINGS.tasks]: { fix: { maxTokens: 4_000, deny: ["c/*"] } }, [SETTINGS.maxPromptPrice]: 0.5 };
    for (const taskType of ["fix", "plan"] as const) {
      const rules = rulesFor(taskType, user, { workspaceValue: policy });
      assert.deepEqual(rules, {
        ...DEFAULT_POLICY,
        allow: [["a/*"]],
        deny: taskType === "fix" ? ["c/*", "a/b"] : ["a/b"],
        qualityFloor: 0.9,
        maxPromptPrice: pricePerMillion(0.5),
        maxCompletionPrice: pricePerMillion(2),
        maxCompletionTokens: 500,
        provider: { dataCollection: "deny", zdr: true, only: ["x", "y"], ignore: ["y"] },
        privacy: { profile: "none", dataCollection: "deny", zdr: true, onlyProviders: ["x", "y"] },
        fallback: "provider-only",
      });
    }
  });

  it("holds from wherever it comes, all of them together", () => {
    const { deny } = rulesFor(
      "fix",
      { [SETTINGS.workspacePolicy]: { deny: ["user/*"] } },
      { workspaceValue: { deny: ["root/*"] }, folderValues: [{ deny: ["one/*"] }, { deny: ["two/*"] }] },
    );
    assert.deepEqual(deny, ["user/*", "root/*", "one/*", "two/*"]);
  });

  it("asks for nothing by an empty list, and where there is none", () => {
    const without = rulesFor("fix", {});
    assert.deepEqual(rulesFor("fix", {}, { workspaceValue: {} }), without);
    const { allow, provider } = rulesFor("fix", {}, { workspaceValue: { allow: [], onlyProviders: [] } });
    assert.deepEqual([allow, provider], [[], {}]);
  });

  it("is named where it makes no sense, and the rest of it holds", () => {
    const workspaceValue = {
      zdr: false,
      dataCollection: "allow",
      profile: "quality",
      deny: [1, "a/*"],
      maxTokens: 300,
    };
    const workspace = { workspaceValue, folderValues: [workspaceValue] };
    const parts = ["zdr", "dataCollection", "profile", "deny.0"];
    assert.deepEqual(
      partsOf({}, workspace),
      parts.map((part) => `waybill.routing.workspacePolicy ${part}`),
    );
    const { deny, maxCompletionTokens, provider } = rulesFor("fix", {}, workspace);
    assert.deepEqual([[...new Set(deny)], maxCompletionTokens, provider], [["a/*"], 300, {}]);
  });

  it("never throws and never loosens, whatever a repository writes", () => {
    const parts = fc.dictionary(fc.constantFrom(...Object.keys(policy), "profile", "pin"), fc.anything());
    fc.assert(
      fc.property(fc.oneof(fc.anything(), parts), (workspaceValue) => {
        const rules = rulesFor("fix", { [SETTINGS.maxTokens]: 1_000 }, { workspaceValue });
        assert.ok(rules.maxCompletionTokens <= 1_000 && qualityFloor(rules) >= 0.8);
        assert.deepEqual([rules.profile, rules.pin, rules.fallbackPriceFactor], ["balanced", undefined, 1]);
      }),
    );
  });
});

describe("a price for a million tokens", () => {
  it("is exact for one token, whatever the number", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (usd) => {
        const price = pricePerMillion(usd);
        const written = parseDecimal(String(usd));
        assert.ok(price && written);
        assert.equal(decimalToText(multiplyDecimal(price, 1_000_000)), decimalToText(written));
      }),
    );
  });

  it("is none where there is no number, or a negative one", () => {
    assert.deepEqual([-1, Number.NaN, Number.POSITIVE_INFINITY].map(pricePerMillion), [
      undefined,
      undefined,
      undefined,
    ]);
  });
});
