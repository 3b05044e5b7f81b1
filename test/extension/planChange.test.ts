import assert from "node:assert/strict";
import fc from "fast-check";
import { TASK_TYPES } from "../../src/core/tasks/taskType.ts";
import { type RowScope, RULE_NAMES, type RuleName } from "../../src/protocol/routingMessages.ts";
import { SETTINGS } from "../../src/extension/platform/contributions.ts";
import { planChange } from "../../src/extension/features/routing/planChange.ts";
import { settingText } from "../../src/extension/features/routing/settingWrite.ts";
import { settingsWith } from "./ruleReading.ts";

const KNOWN = (): undefined => undefined;

function plan(read: ReturnType<typeof settingsWith>, change: readonly [RowScope, RuleName, string]) {
  const [scope, rule, value] = change;
  return planChange(read, { scope, rule, value }, KNOWN);
}

/** What would stand in the settings, or the sentence of a refusal. */
function outcome(read: ReturnType<typeof settingsWith>, ...change: readonly [RowScope, RuleName, string]) {
  const planned = plan(read, change);
  if (planned.kind === "write") return planned.writes.map((write) => settingText(write, write.value ?? null));
  return planned.kind === "refuse" ? planned.sentence : planned.kind;
}

describe("a change in the table of rules", () => {
  const none = settingsWith({});
  const check = (name: string, change: readonly [RowScope, RuleName, string], expected: unknown) =>
    it(name, () => assert.deepEqual(outcome(none, ...change), expected));

  check(
    "of a task is written among the rules of that task",
    ["fix", "profile", "economy"],
    ['"waybill.routing.tasks": { "fix": { "profile": "economy" } }'],
  );
  check(
    "for all tasks is written into its own setting",
    ["all", "maxTokens", "2,000"],
    ['"waybill.answers.maxTokens": 2000'],
  );
  check(
    "for the workspace is written into its policy",
    ["workspace", "maxPromptPrice", "$3"],
    ['"waybill.routing.workspacePolicy": { "maxPromptPrice": 3 }'],
  );
  check(
    "takes a share in percent",
    ["plan", "qualityFloor", " 85% "],
    ['"waybill.routing.tasks": { "plan": { "qualityFloor": 0.85 } }'],
  );
  check(
    "takes a comma for a point where it can mean nothing else",
    ["all", "maxPromptPrice", "0,5"],
    ['"waybill.routing.maxPromptPrice": 0.5'],
  );
  check(
    "does not guess what a comma before three digits of a price means",
    ["all", "maxPromptPrice", "1,000"],
    "The price ceiling for prompts must be US dollars per million tokens, 0 or more; nothing was written.",
  );
  check(
    "that makes no sense is refused with what it must be",
    ["fix", "maxTokens", "10"],
    "The longest answer must be a whole number from 256 to 65536; nothing was written.",
  );
  check("that changes nothing writes nothing", ["fix", "profile", ""], "nothing");
  check("that the row does not have writes nothing", ["workspace", "pin", "a/b"], "nothing");

  it("of a pin goes to the shorthand, unless the task's rules have one", () => {
    const inTasks = settingsWith({ [SETTINGS.tasks]: { fix: { pin: "a/b" } } });
    assert.deepEqual(outcome(none, "fix", "pin", "a/c"), ['"waybill.routing.pins": { "fix": "a/c" }']);
    assert.deepEqual(outcome(inTasks, "fix", "pin", "a/c"), ['"waybill.routing.tasks": { "fix": { "pin": "a/c" } }']);
  });

  it("that takes a pin away takes it out of both places", () => {
    const both = settingsWith({
      [SETTINGS.tasks]: { fix: { pin: "a/b" } },
      [SETTINGS.pins]: { fix: "a/c" },
    });
    const planned = plan(both, ["fix", "pin", ""]);
    assert.ok(planned.kind === "write");
    assert.deepEqual(
      planned.writes.map(({ key, value }) => [key, value]),
      [
        [SETTINGS.tasks, undefined],
        [SETTINGS.pins, undefined],
      ],
    );
  });

  it("to a model that the gateway does not have is refused with the nearest names", () => {
    const change = { scope: "fix", rule: "pin", value: "a/opsu" } as const;
    const planned = planChange(none, change, () => ["a/opus"]);
    assert.ok(planned.kind === "refuse");
    assert.equal(
      planned.sentence,
      "The gateway has no model a/opsu; the nearest names are a/opus. Nothing was written.",
    );
  });

  it("cannot loosen what the workspace tightens, but may tighten more", () => {
    const read = settingsWith({}, { maxTokens: 1_000, fallback: "provider-only", maxPromptPrice: 2 });
    assert.match(String(outcome(read, "fix", "maxTokens", "2000")), /^The longest answer is 1000 in this workspace/);
    assert.match(
      String(outcome(read, "all", "fallback", "models")),
      /^Who stands in is provider-only in this workspace/,
    );
    assert.match(String(outcome(read, "all", "maxPromptPrice", "5")), /is 2 in this workspace/);
    assert.deepEqual(outcome(read, "fix", "maxTokens", "500"), [
      '"waybill.routing.tasks": { "fix": { "maxTokens": 500 } }',
    ]);
    assert.deepEqual(outcome(read, "all", "fallback", "none"), ['"waybill.routing.fallback": "none"']);
  });

  it("never writes what the settings would not take, whatever is typed", () => {
    const scope = fc.constantFrom<RowScope>("all", "workspace", ...TASK_TYPES);
    const value = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.constantFrom("80%", "$3", "none", "private", "1e9"),
    );
    fc.assert(
      fc.property(scope, fc.constantFrom(...RULE_NAMES), value, (row, rule, typed) => {
        const planned = plan(none, [row, rule, typed]);
        if (planned.kind !== "write") return;
        for (const write of planned.writes) {
          assert.ok(["string", "number"].includes(typeof write.value), settingText(write, write.value));
          if (typeof write.value === "number") assert.ok(Number.isFinite(write.value) && write.value >= 0);
        }
      }),
    );
  });
});
