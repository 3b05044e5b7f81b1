import assert from "node:assert/strict";
import { TASK_TYPES, isCodeTask } from "../../src/core/tasks/taskType.ts";
import { certainTask } from "../core/tasks/certainTask.ts";
import type { ModelChoice, RouteDecision } from "../../src/core/routing/routeDecision.ts";
import { rowRoute, routeTable } from "../../src/extension/features/routing/routeTable.ts";
import { typicalRequest } from "../../src/extension/features/routing/typicalRequest.ts";
import { choiceOf } from "../core/routing/choiceOf.ts";

const task = certainTask("fix");

function decisionFor(choices: readonly ModelChoice[]): RouteDecision {
  const [choice = choiceOf("a/none", 1), second, third] = choices;
  return {
    kind: "route",
    task,
    choice,
    stronger: second === undefined ? [] : [second],
    cheaper: [],
    free: [],
    standIns: third === undefined ? [] : [third],
    explanation: { reasons: ["Because."], excluded: { denied: 2 }, candidates: choices },
  };
}

const REFUSAL: RouteDecision = {
  kind: "refuse",
  task,
  why: { code: "pin-unknown", pin: "a/gone", nearest: [] },
  explanation: { reasons: [], excluded: {}, candidates: [] },
};

const choices = (count: number) =>
  Array.from({ length: count }, (_none, number) => choiceOf(`a/${number}`, number + 1));

describe("a decision as a table", () => {
  it("names each model once, by what it is for", () => {
    const table = routeTable(decisionFor(choices(5)), "Fix it", "gateway.test");
    const ids = (part: "ladder" | "standIns" | "others") => table[part].map(({ modelId }) => modelId);
    assert.deepEqual([ids("ladder"), ids("standIns"), ids("others")], [["a/0", "a/1"], ["a/2"], ["a/3", "a/4"]]);
    assert.deepEqual([table.task, table.leftOut, table.sentence], ["fix, certain", 0, undefined]);
  });

  it("counts the models that are too many to show", () => {
    const { others, leftOut } = routeTable(decisionFor(choices(100)), "Fix it", "gateway.test");
    assert.equal(others.length + leftOut, 97);
    assert.ok(leftOut > 0);
  });

  it("says why nobody would be asked", () => {
    assert.match(
      routeTable(REFUSAL, "Fix it", "gateway.test").sentence ?? "",
      /gateway\.test does not know the model a\/gone/,
    );
    assert.deepEqual(Object.keys(rowRoute(REFUSAL, "gateway.test")), ["sentence"]);
  });
});

describe("a typical request", () => {
  it("is of its task, and has code where the task is about code", () => {
    for (const taskType of TASK_TYPES) {
      const request = typicalRequest(taskType, "w");
      const length = request.messages.reduce((sum, { content }) => sum + content.length, 0);
      assert.equal(request.taskType, taskType);
      assert.equal(length > 6_000, isCodeTask(taskType) || taskType === "commit-message", taskType);
    }
  });
});
