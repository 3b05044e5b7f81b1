import { type PolicySet, policyFor } from "../../../core/routing/routePolicy.ts";
import type { FromRoutingView, RowScope, RuleName } from "../../../protocol/routingMessages.ts";
import { SETTINGS } from "../../platform/contributions.ts";
import { readPolicySettings } from "../../platform/readPolicySettings.ts";
import { WORKSPACE_RULES } from "../../platform/policyRules.ts";
import { type RawSetting, type ReadRawSetting, SettingReader } from "../../platform/settingReader.ts";
import { RULE_FIELDS, WORKSPACE_FIELDS } from "./ruleFields.ts";
import { type SettingWrite, valueAt, withValueAt } from "./settingWrite.ts";
import { withoutSetting } from "./withoutSetting.ts";

export type RuleChange = Omit<Extract<FromRoutingView, { type: "change-rule" }>, "type">;

/** What a change comes to: settings to write, the one that says it first; or why it makes no sense. */
export type ChangePlan =
  | { readonly kind: "write"; readonly writes: readonly SettingWrite[] }
  | { readonly kind: "nothing" }
  | { readonly kind: "refuse"; readonly sentence: string };

/** `nearest` gives the names of models that are like an unknown one; `undefined` when the model is known. */
export type NearestModels = (modelId: string) => readonly string[] | undefined;

/** Checks what was typed in a row and says which settings it changes. An empty text takes the row's rule away. */
export function planChange(read: ReadRawSetting, change: RuleChange, nearest: NearestModels): ChangePlan {
  const { scope, rule } = change;
  const text = change.value.trim();
  if (!canBeWritten(scope, rule)) return { kind: "nothing" };
  const { label, valueOf } = RULE_FIELDS[rule];
  const value = text === "" ? undefined : valueOf(text);
  const expected = value === undefined ? undefined : expectedOf(scope, rule, value);
  if (expected !== undefined) return { kind: "refuse", sentence: `${label} must be ${expected}; nothing was written.` };
  if (rule === "pin" && value !== undefined) {
    const names = nearest(text);
    if (names !== undefined) return { kind: "refuse", sentence: unknownModel(text, names) };
  }
  const writes = writesOf(read, change, value).filter((write) => changes(read, write));
  if (writes.length === 0) return { kind: "nothing" };
  const bound = value === undefined ? undefined : boundOf(after(read, writes), change);
  return bound === undefined ? { kind: "write", writes } : { kind: "refuse", sentence: tooLoose(label, bound) };
}

/** The settings' values with the changes in them. */
function after(read: ReadRawSetting, writes: readonly SettingWrite[]): ReadRawSetting {
  return (key): RawSetting =>
    writes
      .filter((write) => write.key === key && write.where === "user")
      .reduce<RawSetting>(
        (raw, { path, value }) => ({ ...raw, userValue: withValueAt(raw.userValue, path, value) }),
        read(key),
      );
}

function canBeWritten(scope: RowScope, rule: RuleName): boolean {
  if (scope === "all") return RULE_FIELDS[rule].setting !== undefined;
  return scope !== "workspace" || WORKSPACE_FIELDS.includes(rule);
}

/** What the value should have been; `undefined` when it makes sense. */
function expectedOf(scope: RowScope, rule: RuleName, value: unknown): string | undefined {
  const notes: string[] = [];
  const note = (_part: string, expected: string) => notes.push(expected);
  if (scope === "workspace") WORKSPACE_RULES({ [rule]: value }, note);
  else RULE_FIELDS[rule].read(value, note);
  return notes[0];
}

function unknownModel(modelId: string, nearest: readonly string[]): string {
  const names = nearest.length === 0 ? "" : `; the nearest names are ${nearest.join(", ")}`;
  return `The gateway has no model ${modelId}${names}. Nothing was written.`;
}

function tooLoose(label: string, bound: string): string {
  return `${label} is ${bound} in this workspace, which only lets you tighten it; nothing was written.`;
}

function writesOf(read: ReadRawSetting, { scope, rule }: RuleChange, value: unknown): readonly SettingWrite[] {
  if (scope === "workspace") return [{ key: SETTINGS.workspacePolicy, where: "workspace", path: [rule], value }];
  const { setting } = RULE_FIELDS[rule];
  if (scope === "all") return setting === undefined ? [] : [{ key: setting, where: "user", path: [], value }];
  const inTasks: SettingWrite = { key: SETTINGS.tasks, where: "user", path: [scope, rule], value };
  if (rule !== "pin") return [inTasks];
  const inPins: SettingWrite = { key: SETTINGS.pins, where: "user", path: [scope], value };
  // The shorthand is what other commands write. A pin among the task's rules would hide it.
  const isInTasks = valueAt(read(SETTINGS.tasks).userValue, inTasks.path) !== undefined;
  if (value === undefined) return [inTasks, inPins];
  return [isInTasks ? inTasks : inPins];
}

function changes(read: ReadRawSetting, { key, where, path, value }: SettingWrite): boolean {
  const { userValue, workspaceValue } = read(key);
  return valueAt(where === "user" ? userValue : workspaceValue, path) !== value;
}

/** What the workspace makes of a rule that it would have to loosen; `undefined` when the rule holds as written. */
function boundOf(read: ReadRawSetting, { scope, rule }: RuleChange): string | undefined {
  if (scope === "workspace") return undefined;
  const { textOf } = RULE_FIELDS[rule];
  const holds = (source: ReadRawSetting) => {
    const policies: PolicySet = readPolicySettings(new SettingReader(source));
    return textOf(scope === "all" ? policies.base : policyFor(policies, scope));
  };
  const tightened = holds(read);
  const own = holds(withoutSetting(read, SETTINGS.workspacePolicy));
  return tightened === own ? undefined : tightened;
}
