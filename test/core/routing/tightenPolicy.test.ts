import assert from "node:assert/strict";
import fc from "fast-check";
import { toNanoUsd } from "../../../src/core/money/nanoUsd.ts";
import { matchesModel } from "../../../src/core/routing/modelPattern.ts";
import { eligibleModels } from "../../../src/core/routing/eligibleModels.ts";
import {
  CLIMB_MODES,
  DEFAULT_POLICY,
  FALLBACK_MODES,
  type PolicySet,
  type RoutePolicy,
  WHEN_SPENT_MODES,
  policyFor,
  qualityFloor,
} from "../../../src/core/routing/routePolicy.ts";
import { type WorkspacePolicy, tightenPolicies } from "../../../src/core/routing/tightenPolicy.ts";
import { choiceOf } from "./choiceOf.ts";

const MODELS = ["a/one", "a/two", "b/one:free", "c/three"].map((id, index) => choiceOf(id, (index + 1) * 100).model);
const price = (coefficient: number) => ({ coefficient: BigInt(coefficient), scale: 12 });

const patterns = fc.array(fc.constantFrom("a/*", "*:free", "c/three", "*", "b/*"), { maxLength: 3 });
const providers = fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 3 });
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });

const policy: fc.Arbitrary<RoutePolicy> = fc
  .record({
    allow: optional(fc.array(patterns, { maxLength: 2 })),
    deny: optional(patterns),
    qualityFloor: optional(fc.double({ min: 0, max: 1, noNaN: true })),
    maxPromptPrice: optional(fc.nat(500).map(price)),
    maxCompletionTokens: fc.integer({ min: 1, max: 9_000 }),
    fallback: fc.constantFrom(...FALLBACK_MODES),
    providerPriceFactor: fc.double({ min: 1, max: 3, noNaN: true }),
    climb: fc.constantFrom(...CLIMB_MODES),
    climbBudget: fc.nat(100).map(toNanoUsd),
    whenSpent: fc.constantFrom(...WHEN_SPENT_MODES),
    provider: fc.record({ only: providers, ignore: providers }),
  })
  .map((fields) => ({ ...DEFAULT_POLICY, ...known(fields) }));

const workspace: fc.Arbitrary<WorkspacePolicy> = fc
  .record({
    allow: optional(patterns),
    deny: optional(patterns),
    qualityFloor: optional(fc.double({ min: 0, max: 1, noNaN: true })),
    maxPromptPrice: optional(fc.nat(500).map(price)),
    maxCompletionTokens: optional(fc.integer({ min: 1, max: 9_000 })),
    dataCollection: optional(fc.constant("deny" as const)),
    zdr: optional(fc.constant(true as const)),
    onlyProviders: optional(providers),
    ignoreProviders: optional(providers),
    fallback: optional(fc.constantFrom(...FALLBACK_MODES)),
    providerPriceFactor: optional(fc.double({ min: 1, max: 3, noNaN: true })),
    climb: optional(fc.constantFrom(...CLIMB_MODES)),
    climbBudget: optional(fc.nat(100).map(toNanoUsd)),
    whenSpent: optional(fc.constantFrom(...WHEN_SPENT_MODES)),
  })
  .map(known);

function known<T extends object>(fields: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

function candidates(rules: RoutePolicy): readonly string[] {
  const needs = { promptTokens: 10, images: false, freeModels: "allowed", nowMs: 0, policy: rules } as const;
  return eligibleModels(MODELS, needs).eligible.map(({ id }) => id);
}

describe("a workspace's policy", () => {
  it("never adds a candidate, a token, a provider or a way to fall back, and never loosens privacy", () => {
    fc.assert(
      fc.property(policy, workspace, (own, theirs) => {
        const policies: PolicySet = { base: own, tasks: { fix: { deny: ["a/one"] } } };
        for (const taskType of ["fix", "explain"] as const) {
          const before = policyFor(policies, taskType);
          const after = policyFor(tightenPolicies(policies, theirs), taskType);
          const allowed = new Set(candidates(before));
          assert.ok(candidates(after).every((id) => allowed.has(id)));
          assert.ok(qualityFloor(after) >= qualityFloor(before));
          assert.ok(after.providerPriceFactor <= before.providerPriceFactor);
          assert.ok(after.maxCompletionTokens <= before.maxCompletionTokens);
          assert.ok(FALLBACK_MODES.indexOf(after.fallback) >= FALLBACK_MODES.indexOf(before.fallback));
          assert.ok(CLIMB_MODES.indexOf(after.climb) >= CLIMB_MODES.indexOf(before.climb));
          assert.ok(after.climbBudget <= before.climbBudget);
          assert.ok(WHEN_SPENT_MODES.indexOf(after.whenSpent) >= WHEN_SPENT_MODES.indexOf(before.whenSpent));
          const only = new Set(before.provider.only);
          assert.ok(after.provider.only?.every((slug) => only.has(slug)) ?? before.provider.only === undefined);
          assert.ok(before.provider.ignore?.every((slug) => after.provider.ignore?.includes(slug)) ?? true);
          if (theirs.zdr === true) assert.equal(after.provider.zdr, true);
          if (theirs.dataCollection === "deny") assert.equal(after.provider.dataCollection, "deny");
        }
      }),
    );
  });

  it("leaves nothing to ask when it and the person agree on no provider", () => {
    const policies: PolicySet = { base: { ...DEFAULT_POLICY, provider: { only: ["x"] } }, tasks: {} };
    const { base } = tightenPolicies(policies, { onlyProviders: ["y"] });
    assert.deepEqual(candidates(base), []);
  });

  it("keeps a pin, which then must obey the rules like any model", () => {
    const policies: PolicySet = { base: DEFAULT_POLICY, tasks: { fix: { pin: "a/one" } } };
    const fix = policyFor(tightenPolicies(policies, { deny: ["a/*"] }), "fix");
    assert.equal(fix.pin, "a/one");
    assert.ok(!candidates(fix).includes("a/one"));
  });
});

describe("a pattern of model ids", () => {
  const cases: readonly [string, string, boolean][] = [
    ["anthropic/*", "anthropic/claude-x", true],
    ["anthropic/*", "openai/anthropic/x", false],
    ["*:free", "a/b:free", true],
    ["*:free", "a/b:freedom", false],
    ["*mini*", "openai/gpt-5-mini-2026", true],
    ["a/b", "A/B", true],
    ["a/b", "a/bc", false],
    ["a*a", "a", false],
    ["*", "anything", true],
    ["a*b*c", "aXbYc", true],
    ["a*b*c", "acb", false],
  ];
  for (const [pattern, id, matches] of cases) {
    it(`${pattern} ${matches ? "matches" : "does not match"} ${id}`, () => {
      assert.equal(matchesModel(pattern, id), matches);
    });
  }

  it("takes everything else in it literally, whatever it is", () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        assert.equal(matchesModel(id.replaceAll("*", ""), id.replaceAll("*", "")), true);
        assert.equal(matchesModel("*", id), true);
      }),
    );
  });
});
