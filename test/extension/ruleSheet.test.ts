import assert from "node:assert/strict";
import { TASK_TYPES } from "../../src/core/tasks/taskType.ts";
import type { RowScope, RuleCell, RuleName } from "../../src/protocol/routingMessages.ts";
import { SETTINGS } from "../../src/extension/platform/contributions.ts";
import { ruleSheet } from "../../src/extension/features/routing/ruleSheet.ts";
import { settingsWith } from "./ruleReading.ts";

function cell(read: ReturnType<typeof settingsWith>, scope: RowScope, rule: RuleName): RuleCell {
  const found = ruleSheet(read, true).find((row) => row.scope === scope)?.cells[rule];
  assert.ok(found, `${scope} ${rule}`);
  return found;
}

describe("the sheet of rules", () => {
  it("has a row for all tasks, one for the workspace where there is one, and one a task", () => {
    const scopes = (hasWorkspace: boolean) => ruleSheet(settingsWith({}), hasWorkspace).map(({ scope }) => scope);
    assert.deepEqual(scopes(true), ["all", "workspace", ...TASK_TYPES]);
    assert.deepEqual(scopes(false), ["all", ...TASK_TYPES]);
  });

  it("says what holds where nothing is written, and that it is the default", () => {
    const read = settingsWith({});
    assert.deepEqual(
      [cell(read, "fix", "profile"), cell(read, "all", "qualityFloor")].map(({ value, inherited, from }) => [
        value,
        inherited,
        from,
      ]),
      [
        ["", "balanced", "default"],
        ["", "0.8", "the profile"],
      ],
    );
    assert.equal(cell(read, "fix", "maxPromptPrice").inherited, "");
  });

  it("names the row that a rule comes from", () => {
    const read = settingsWith({
      [SETTINGS.maxCompletionPrice]: 2.5,
      [SETTINGS.tasks]: { plan: { maxCompletionPrice: 15, profile: "quality" } },
    });
    const of = (scope: RowScope, rule: RuleName) => {
      const { value, inherited, from } = cell(read, scope, rule);
      return [value, inherited, from];
    };
    assert.deepEqual(of("all", "maxCompletionPrice"), ["2.5", "", "you"]);
    assert.deepEqual(of("fix", "maxCompletionPrice"), ["", "2.5", "all tasks"]);
    assert.deepEqual(of("plan", "maxCompletionPrice"), ["15", "2.5", "this task"]);
    assert.deepEqual(of("plan", "qualityFloor"), ["", "0.95", "its profile"]);
  });

  it("shows a pin from either place, the task's rules first", () => {
    const read = settingsWith({
      [SETTINGS.pins]: { fix: "a/short", plan: "a/plan" },
      [SETTINGS.tasks]: { fix: { pin: "a/long" } },
    });
    assert.deepEqual([cell(read, "fix", "pin").value, cell(read, "plan", "pin").value], ["a/long", "a/plan"]);
  });

  it("says what the workspace tightens, and only there", () => {
    const read = settingsWith(
      { [SETTINGS.maxTokens]: 2_000, [SETTINGS.tasks]: { title: { maxTokens: 300 } } },
      { maxTokens: 1_000, qualityFloor: 0.9 },
    );
    assert.equal(cell(read, "fix", "maxTokens").tightened, "the workspace makes it 1000");
    assert.equal(cell(read, "title", "maxTokens").tightened, undefined);
    assert.equal(cell(read, "all", "qualityFloor").tightened, "the workspace makes it 0.9");
    assert.equal(cell(read, "workspace", "maxTokens").value, "1000");
  });

  it("locks a rule for all tasks that the environment replaces, and names the environment in the rows of tasks", () => {
    const read = settingsWith({
      [SETTINGS.environment]: "production",
      [SETTINGS.environments]: { production: { profile: "private", maxTokens: 500 } },
    });
    assert.match(cell(read, "all", "maxTokens").locked ?? "", /production has a rule of its own, 500/);
    assert.equal(cell(read, "all", "fallback").locked, undefined);
    const { inherited, from, locked } = cell(read, "fix", "maxTokens");
    assert.deepEqual([inherited, from, locked], ["500", "production", undefined]);
    assert.equal(cell(read, "fix", "qualityFloor").from, "production");
  });

  it("takes a value that makes no sense for none", () => {
    const read = settingsWith({ [SETTINGS.tasks]: { fix: { qualityFloor: 7 } }, [SETTINGS.profile]: "best" });
    assert.equal(cell(read, "fix", "qualityFloor").value, "");
    assert.deepEqual([cell(read, "all", "profile").value, cell(read, "all", "profile").inherited], ["", "balanced"]);
  });
});
