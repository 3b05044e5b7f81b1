import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { EXCEED_POLICIES } from "../../src/core/budget/exceedPolicy.ts";
import { type MoneyLimit, limitName } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import {
  CLIMB_MODES,
  DEFAULT_POLICY,
  FALLBACK_MODES,
  type RoutePolicy,
  WHEN_SPENT_MODES,
  policyFor,
  qualityFloor,
} from "../../src/core/routing/routePolicy.ts";
import {
  type WorkspaceRules,
  type WorkspaceWish,
  judgeWish,
  tightenSettings,
} from "../../src/core/settings/tightenSettings.ts";
import { TASK_TYPES } from "../../src/core/tasks/taskType.ts";
import { readManifest } from "../architecture/manifest.ts";

const MODELS = ["a/*", "*:free", "c/three", "*", "b/*"] as const;
const PROVIDERS = ["x", "y", "z"] as const;
const price = fc.nat(500).map((coefficient) => ({ coefficient: BigInt(coefficient), scale: 12 }));
const money = fc.nat(1_000).map(toNanoUsd);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const lists = <T extends string>(items: readonly T[]) => fc.array(fc.constantFrom(...items), { maxLength: 3 });
const limits: fc.Arbitrary<readonly MoneyLimit[]> = fc.array(
  fc.record({
    measure: fc.constant("money" as const),
    scope: fc.constantFrom("request" as const, "chat" as const, "workspace" as const),
    period: fc.constantFrom("whole" as const, "day" as const, "month" as const),
    limit: money,
  }),
  { maxLength: 4 },
);
const POLICY_PARTS = {
  qualityFloor: share,
  maxPromptPrice: price,
  maxCompletionPrice: price,
  maxCompletionTokens: fc.integer({ min: 1, max: 9_000 }),
  fallback: fc.constantFrom(...FALLBACK_MODES),
  providerPriceFactor: fc.double({ min: 1, max: 3, noNaN: true }),
  climb: fc.constantFrom(...CLIMB_MODES),
  climbBudget: money,
  whenSpent: fc.constantFrom(...WHEN_SPENT_MODES),
};

const ownPolicy: fc.Arbitrary<RoutePolicy> = fc
  .record(
    {
      ...POLICY_PARTS,
      allow: fc.array(lists(MODELS), { maxLength: 2 }),
      deny: lists(MODELS),
      provider: fc.record({ only: lists(PROVIDERS), ignore: lists(PROVIDERS) }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  )
  .map((parts) => ({ ...DEFAULT_POLICY, ...parts }));

const own: fc.Arbitrary<WorkspaceRules> = fc.record({
  limits,
  onExceed: fc.constantFrom(...EXCEED_POLICIES),
  askAbove: fc.option(money, { nil: undefined }),
  policies: fc.record({ base: ownPolicy, tasks: fc.record({ fix: ownPolicy }, { requiredKeys: [] }) }),
});

const wish: fc.Arbitrary<WorkspaceWish> = fc.record(
  {
    limits,
    onExceed: fc.constantFrom(...EXCEED_POLICIES),
    askAbove: money,
    policy: fc.record(
      {
        ...POLICY_PARTS,
        allow: lists(MODELS),
        deny: lists(MODELS),
        dataCollection: fc.constant("deny" as const),
        zdr: fc.constant(true as const),
        onlyProviders: lists(PROVIDERS),
        ignoreProviders: lists(PROVIDERS),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

/** Rules without what means the same: the order of names, lists and limits, and what a list says twice. */
function meaningOf({ policies, ...others }: WorkspaceRules): string {
  const tasks = Object.fromEntries(TASK_TYPES.map((taskType) => [taskType, policyFor(policies, taskType)]));
  return wordOf({ ...others, tasks });
}

function wordOf(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${[...new Set(value.map(wordOf))].toSorted().join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const parts = Object.entries(value).map(([name, item]) => `${name}:${wordOf(item)}`);
  return `{${parts.toSorted().join()}}`;
}

describe("promise 02: what a workspace says of settings", () => {
  it("never allows more money, and is asked about no less", () => {
    fc.assert(
      fc.property(own, fc.array(wish, { maxLength: 4 }), (rules, wishes) => {
        const after = tightenSettings(rules, wishes);
        const limitOf = (name: string) =>
          Math.min(...after.limits.filter((limit) => limitName(limit) === name).map(({ limit }) => limit));
        for (const before of rules.limits) assert.ok(limitOf(limitName(before)) <= before.limit);
        assert.ok(EXCEED_POLICIES.indexOf(after.onExceed) >= EXCEED_POLICIES.indexOf(rules.onExceed));
        if (rules.askAbove !== undefined) assert.ok(after.askAbove !== undefined && after.askAbove <= rules.askAbove);
      }),
    );
  });

  it("never allows another model, provider or longer answer, and denies no less", () => {
    fc.assert(
      fc.property(own, fc.array(wish, { maxLength: 4 }), (rules, wishes) => {
        for (const taskType of ["fix", "plan"] as const) {
          const before = policyFor(rules.policies, taskType);
          const after = policyFor(tightenSettings(rules, wishes).policies, taskType);
          const word = (list: readonly string[]) => [...new Set(list)].toSorted().join();
          const allowed = new Set(after.allow?.map(word));
          assert.ok(before.allow?.every((list) => allowed.has(word(list))) ?? true, "an allow list went");
          assert.ok(before.deny?.every((pattern) => after.deny?.includes(pattern)) ?? true, "a deny went");
          assert.ok(before.provider.ignore?.every((slug) => after.provider.ignore?.includes(slug)) ?? true);
          if (before.provider.only !== undefined) {
            assert.ok(after.provider.only?.every((slug) => before.provider.only?.includes(slug)) ?? false);
          }
          assert.ok(qualityFloor(after) >= qualityFloor(before));
          assert.ok(after.maxCompletionTokens <= before.maxCompletionTokens);
          assert.ok(after.climbBudget <= before.climbBudget && after.providerPriceFactor <= before.providerPriceFactor);
          assert.deepEqual([after.profile, after.pin], [before.profile, before.pin]);
        }
      }),
    );
  });

  it("comes to the same in any order, however often it is said", () => {
    fc.assert(
      fc.property(own, fc.array(wish, { maxLength: 4 }), (rules, wishes) => {
        const once = meaningOf(tightenSettings(rules, wishes));
        assert.equal(meaningOf(tightenSettings(rules, wishes.toReversed())), once);
        assert.equal(meaningOf(tightenSettings(tightenSettings(rules, wishes), wishes)), once);
      }),
    );
  });

  it("is called refused where it changes nothing, and taken where it does", () => {
    fc.assert(
      fc.property(own, wish, (rules, wished) => {
        const nothing = meaningOf(tightenSettings(rules, [{ policy: {} }]));
        const isTaken = judgeWish(rules, wished).some(({ verdict }) => verdict === "taken");
        assert.equal(isTaken, meaningOf(tightenSettings(rules, [wished, { policy: {} }])) !== nothing);
      }),
    );
  });
});

describe("promise 02: the sources", () => {
  /** Settings of the editor itself, read by name: the person's own proxy, and whether a file saves by itself. */
  const OF_THE_EDITOR: Readonly<Record<string, string>> = {
    "src/extension/platform/networkSettings.ts": '"http"',
    "src/extension/features/inlineEdit/diffTab.ts": '"files", { uri, languageId }',
  };

  const calls = globSync("src/**/*.ts").flatMap((path) => {
    const file = path.replaceAll("\\", "/");
    const text = readFileSync(path, "utf8");
    return [...text.matchAll(/getConfiguration\(([^)]*)\)/gu)].map(([, section = ""]) => ({ file, section, text }));
  });

  it("ask VS Code for no section but the whole, so that each key is written out", () => {
    assert.ok(calls.length > 5);
    for (const { file, section } of calls) {
      if (section === "" || section.startsWith("undefined, ")) continue;
      assert.equal(section, OF_THE_EDITOR[file], file);
    }
  });

  it("read, write and inspect keys of the table alone, which the manifest declares", () => {
    const declared = Object.keys(readManifest().contributes.configuration.properties);
    assert.ok(declared.every((key) => key.startsWith("waybill.")));
    for (const { file, text } of calls.filter(({ file }) => !(file in OF_THE_EDITOR))) {
      for (const [call, key = ""] of text.matchAll(/\.(?:inspect|update|get)\((["'`][^,)]*)/gu)) {
        assert.ok(!key.includes("waybill"), `${file}: ${call} names a key that no table knows`);
      }
    }
  });
});
