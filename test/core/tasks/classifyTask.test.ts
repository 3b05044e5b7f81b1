import assert from "node:assert/strict";
import fc from "fast-check";
import { classifyTask } from "../../../src/core/tasks/classifyTask.ts";
import { TASK_TYPES, type TaskType, isTaskType } from "../../../src/core/tasks/taskType.ts";

function check(
  text: string,
  expected: TaskType,
  surroundings: { hasSelection?: boolean; hasDiagnostics?: boolean } = {},
): void {
  const signals = { text, hasSelection: false, hasDiagnostics: false, ...surroundings };
  assert.equal(classifyTask(signals).taskType, expected, text);
}

describe("the task type of a request", () => {
  it("is found by its words", () => {
    check("Explain what this function does", "explain");
    check("what does formatInvoice do?", "explain");
    check("There is an off-by-one bug in the loop, please fix it", "fix");
    check("this crashes when the list is empty", "fix");
    check("write unit tests for parseDate", "test");
    check("Add JSDoc to the exported functions", "document");
    check("Please review my changes", "review");
    check("refactor this into smaller functions", "refactor");
    check("suggest a commit message for this diff", "commit-message");
    check("which git command undoes the last commit?", "shell");
    check("How should we structure the storage layer?", "plan");
    check("Create a debounce function", "generate");
    check("hello there", "question");
  });

  it("uses the surroundings where words say nothing", () => {
    check("and this?", "fix", { hasDiagnostics: true });
    check("rename it and convert it to async", "refactor");
    check("convert it to async", "edit", { hasSelection: true });
    check("convert kilometres to miles", "generate");
  });

  it("is one of the closed set, the same every time, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), fc.boolean(), (text, hasSelection, hasDiagnostics) => {
        const signals = { text, hasSelection, hasDiagnostics };
        const found = classifyTask(signals);
        assert.ok(isTaskType(found.taskType));
        assert.ok(found.confidence > 0 && found.confidence <= 1);
        assert.deepEqual(classifyTask(signals), found);
      }),
    );
    assert.equal(TASK_TYPES.length, 13);
  });
});
