import assert from "node:assert/strict";
import { chooseRoute } from "../../../src/core/routing/chooseRoute.ts";
import { pinnedModels } from "../../../src/core/routing/pinnedModels.ts";
import { DEFAULT_POLICY, type RoutePolicy } from "../../../src/core/routing/routePolicy.ts";
import { certainTask } from "../tasks/certainTask.ts";
import { LIST_AT_MS, catalogOf, modelOf } from "../catalog/catalogOf.ts";

const HOUR_MS = 60 * 60 * 1000;

function reasonsAfter(hours: number, policy: RoutePolicy = DEFAULT_POLICY): string {
  const task = certainTask("explain");
  const request = { task, promptTokens: 1_000, nowMs: LIST_AT_MS + hours * HOUR_MS };
  return chooseRoute(request, catalogOf(modelOf("a/b", { codingIndex: 40 })), policy).explanation.reasons.join("\n");
}

describe("a choice by an old model list", () => {
  const check = (hours: number, expected: string | undefined) =>
    it(`after ${hours} hours says ${expected ?? "nothing of it"}`, () => {
      for (const policy of [DEFAULT_POLICY, { ...DEFAULT_POLICY, pin: "a/b" }]) {
        assert.equal(/The model list is .*/.exec(reasonsAfter(hours, policy))?.[0], expected);
      }
    });

  check(0, undefined);
  check(5.9, undefined);
  check(6, "The model list is 6 hours old.");
  check(47.9, "The model list is 47 hours old.");
  check(72, "The model list is 3 days old.");
});

describe("the pinned models", () => {
  it("are those for all tasks and for some, each once", () => {
    const tasks = { explain: { pin: "a/1" }, fix: { pin: "a/2" }, test: { profile: "free" } } as const;
    assert.deepEqual(pinnedModels({ base: { ...DEFAULT_POLICY, pin: "a/1" }, tasks }), ["a/1", "a/2"]);
  });
});
