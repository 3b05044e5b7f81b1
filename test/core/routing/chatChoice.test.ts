import assert from "node:assert/strict";
import { withChatChoice } from "../../../src/core/routing/chatChoice.ts";
import { DEFAULT_POLICY, type PolicySet, policyFor } from "../../../src/core/routing/routePolicy.ts";
import { tightenPolicies } from "../../../src/core/routing/tightenPolicy.ts";
import { TASK_TYPES } from "../../../src/core/tasks/taskType.ts";

const SETTINGS: PolicySet = {
  base: { ...DEFAULT_POLICY, deny: ["x/*"] },
  tasks: { fix: { pin: "a/pinned" }, explain: { profile: "private" } },
};

describe("the choice of a chat", () => {
  it("leaves the rules as they are where nothing is chosen", () => {
    assert.equal(withChatChoice(SETTINGS, undefined), SETTINGS);
  });

  it("asks one model for every task, and keeps what the settings exclude", () => {
    const chosen = withChatChoice(SETTINGS, { kind: "model", modelId: "x/y", name: "Y" });
    for (const taskType of TASK_TYPES) {
      const policy = policyFor(chosen, taskType);
      assert.deepEqual([policy.pin, policy.deny], ["x/y", ["x/*"]]);
    }
    assert.equal(policyFor(chosen, "explain").profile, "private");
  });

  it("takes another profile, but leaves pins of tasks and what is private", () => {
    const chosen = withChatChoice(SETTINGS, { kind: "profile", profile: "economy" });
    assert.equal(policyFor(chosen, "refactor").profile, "economy");
    assert.equal(policyFor(chosen, "fix").pin, "a/pinned");
    assert.equal(policyFor(chosen, "explain").profile, "private");
  });

  it("lowers no floor that somebody set, in a workspace either", () => {
    const tight = tightenPolicies(SETTINGS, { qualityFloor: 0.9 });
    const chosen = withChatChoice(tight, { kind: "profile", profile: "free" });
    for (const taskType of TASK_TYPES) assert.equal(policyFor(chosen, taskType).qualityFloor, 0.9);
  });
});
