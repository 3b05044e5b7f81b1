import assert from "node:assert/strict";
import { DEFAULT_POLICY, type PolicySet, type RoutePolicy, policyFor } from "../../../src/core/routing/routePolicy.ts";
import { tightenPolicies } from "../../../src/core/routing/tightenPolicy.ts";
import { thriftyPolicies } from "../../../src/core/routing/thriftyPolicies.ts";

const WISH = { taskType: "title", mostTokens: 100 } as const;

function titleRules(base: Partial<RoutePolicy>, title?: Partial<RoutePolicy>): RoutePolicy {
  const policies: PolicySet = { base: { ...DEFAULT_POLICY, ...base }, tasks: title === undefined ? {} : { title } };
  return policyFor(thriftyPolicies(policies, WISH), "title");
}

describe("the rules for a turn that is not worth much", () => {
  it("ask a cheap model for a short answer without much thought, once", () => {
    assert.deepEqual(titleRules({ profile: "quality", climb: "on-failed-check", reasoningEffort: "high" }), {
      ...DEFAULT_POLICY,
      profile: "economy",
      maxCompletionTokens: 100,
      climb: "never",
      reasoningEffort: "minimal",
    });
  });

  it("keep what somebody demanded", () => {
    assert.equal(titleRules({ profile: "private" }).profile, "private");
    assert.equal(titleRules({ profile: "free" }).profile, "free");
    assert.equal(titleRules({}, { profile: "quality" }).profile, "quality");
    assert.equal(titleRules({ qualityFloor: 0.9 }).qualityFloor, 0.9);
    assert.equal(titleRules({}, { pin: "a/b" }).pin, "a/b");
    assert.equal(titleRules({}, { maxCompletionTokens: 20 }).maxCompletionTokens, 20);
    assert.equal(titleRules({ reasoningEffort: "none" }).reasoningEffort, "none");
    assert.equal(titleRules({ provider: { requireParameters: true } }).reasoningEffort, undefined);
  });

  it("stay within what a workspace allows", () => {
    const own: PolicySet = { base: DEFAULT_POLICY, tasks: {} };
    const tightened = tightenPolicies(own, { qualityFloor: 0.9, zdr: true, deny: ["a/*"] });
    const policy = policyFor(thriftyPolicies(tightened, WISH), "title");
    assert.deepEqual(
      [policy.profile, policy.qualityFloor, policy.provider, policy.deny],
      ["economy", 0.9, { zdr: true }, ["a/*"]],
    );
  });

  it("are those of every task where none is named", () => {
    const policies: PolicySet = { base: DEFAULT_POLICY, tasks: { title: { profile: "quality" } } };
    assert.equal(thriftyPolicies(policies, { ...WISH, taskType: undefined }).base.profile, "economy");
  });
});
