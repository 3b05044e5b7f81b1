import { type PolicySet, type RoutePolicy, policyFor } from "../../../core/routing/routePolicy.ts";
import { TASK_TYPES, type TaskType } from "../../../core/tasks/taskType.ts";
import { RULE_NAMES, type RoutingRow, type RuleCell, type RuleName } from "../../../protocol/routingMessages.ts";
import { SETTINGS } from "../../platform/contributions.ts";
import { readPolicySettings } from "../../platform/readPolicySettings.ts";
import { type ReadRawSetting, SettingReader } from "../../platform/settingReader.ts";
import { RULE_FIELDS, WORKSPACE_FIELDS } from "./ruleFields.ts";
import { valueAt } from "./settingWrite.ts";
import { withoutSetting } from "./withoutSetting.ts";

/** Rows with what is written in each, what holds, and where that comes from. */
export type SheetRow = Pick<RoutingRow, "scope" | "label" | "cells">;

/** The rules as the settings have them. Where no folder is open, there is no workspace to have any. */
export function ruleSheet(read: ReadRawSetting, hasWorkspace: boolean): readonly SheetRow[] {
  const sheet = new RuleSheet(read);
  const workspaceRow: SheetRow = { scope: "workspace", label: "This workspace", cells: sheet.workspaceCells() };
  return [
    { scope: "all", label: "All tasks", cells: sheet.baseCells() },
    ...(hasWorkspace ? [workspaceRow] : []),
    ...TASK_TYPES.map((taskType): SheetRow => ({
      scope: taskType,
      label: taskType,
      cells: sheet.taskCells(taskType),
    })),
  ];
}

class RuleSheet {
  readonly #read: ReadRawSetting;
  /** With everything that the workspace tightens. */
  readonly #tightened: PolicySet;
  /** The person's own rules. */
  readonly #own: PolicySet;

  constructor(read: ReadRawSetting) {
    this.#read = read;
    this.#tightened = policiesOf(read);
    this.#own = policiesOf(withoutSetting(read, SETTINGS.workspacePolicy));
  }

  baseCells(): SheetRow["cells"] {
    return cellsOf(
      RULE_NAMES.filter((rule) => RULE_FIELDS[rule].setting !== undefined),
      (rule) => this.#baseCell(rule),
    );
  }

  taskCells(taskType: TaskType): SheetRow["cells"] {
    return cellsOf(RULE_NAMES, (rule) => this.#taskCell(taskType, rule));
  }

  /** What the workspace's own settings ask for; those of its folders only show where they tighten. */
  workspaceCells(): SheetRow["cells"] {
    const asked = this.#read(SETTINGS.workspacePolicy).workspaceValue;
    return cellsOf(WORKSPACE_FIELDS, (rule) => {
      const { choices } = RULE_FIELDS[rule];
      const value = this.#textIn(rule, valueAt(asked, [rule]));
      return {
        value,
        inherited: "",
        from: value === "" ? "" : "for everybody here",
        ...(choices === undefined ? {} : { choices }),
      };
    });
  }

  #baseCell(rule: RuleName): RuleCell {
    const { setting, choices } = RULE_FIELDS[rule];
    const userValue = setting === undefined ? undefined : this.#read(setting).userValue;
    const value = this.#textIn(rule, userValue);
    const inherited = setting === undefined ? "" : this.#base(withoutSetting(this.#read, setting), rule);
    const environment = this.#environmentWith(rule);
    const unreplaced = value === "" ? this.#defaultOf(rule) : "you";
    return {
      value,
      inherited,
      from: environment ?? unreplaced,
      ...tightenedBy(rule, this.#own.base, this.#tightened.base),
      ...(environment === undefined
        ? {}
        : {
            locked: `The environment ${environment} has a rule of its own, ${this.#base(this.#read, rule)}, in waybill.environments.`,
          }),
      ...(choices === undefined ? {} : { choices }),
    };
  }

  #taskCell(taskType: TaskType, rule: RuleName): RuleCell {
    const { textOf, choices, part } = RULE_FIELDS[rule];
    const value = this.#writtenFor(taskType, rule);
    const { [part]: _, ...others } = this.#own.tasks[taskType] ?? {};
    const inherited = textOf(policyFor({ base: this.#own.base, tasks: { [taskType]: others } }, taskType));
    return {
      value,
      inherited,
      from: value === "" ? this.#sourceFor(taskType, rule) : "this task",
      ...tightenedBy(rule, policyFor(this.#own, taskType), policyFor(this.#tightened, taskType)),
      ...(choices === undefined ? {} : { choices }),
    };
  }

  /** What is written for a task; a pin may stand in its rules or in the shorthand. */
  #writtenFor(taskType: TaskType, rule: RuleName): string {
    const written = this.#textIn(rule, valueAt(this.#read(SETTINGS.tasks).userValue, [taskType, rule]));
    if (written !== "" || rule !== "pin") return written;
    return this.#textIn(rule, valueAt(this.#read(SETTINGS.pins).userValue, [taskType]));
  }

  #sourceFor(taskType: TaskType, rule: RuleName): string {
    if (rule === "pin") return "";
    const hasOwnProfile = this.#writtenFor(taskType, "profile") !== "";
    if (rule === "qualityFloor" && hasOwnProfile) return "its profile";
    const { setting } = RULE_FIELDS[rule];
    const hasBase = setting !== undefined && this.#textIn(rule, this.#read(setting).userValue) !== "";
    return this.#environmentWith(rule) ?? (hasBase ? "all tasks" : this.#defaultOf(rule));
  }

  #defaultOf(rule: RuleName): string {
    if (rule === "qualityFloor") return "the profile";
    return RULE_FIELDS[rule].textOf(this.#own.base) === "" ? "" : "default";
  }

  /** The chosen environment, where it names this rule; a profile of its own brings its floor. */
  #environmentWith(rule: RuleName): string | undefined {
    const chosen = this.#read(SETTINGS.environment).userValue;
    if (typeof chosen !== "string") return undefined;
    const rules = valueAt(this.#read(SETTINGS.environments).userValue, [chosen]);
    const named = (name: RuleName) => this.#textIn(name, valueAt(rules, [name])) !== "";
    return named(rule) || (rule === "qualityFloor" && named("profile")) ? chosen : undefined;
  }

  #base(read: ReadRawSetting, rule: RuleName): string {
    return RULE_FIELDS[rule].textOf(policiesOf(withoutSetting(read, SETTINGS.workspacePolicy)).base);
  }

  /** A value as it is typed; empty where there is none or it makes no sense. */
  #textIn(rule: RuleName, value: unknown): string {
    const { read, textOf } = RULE_FIELDS[rule];
    const rules = value === undefined || value === null ? undefined : read(value, () => {});
    return rules === undefined ? "" : textOf({ ...this.#own.base, ...rules });
  }
}

function cellsOf(rules: readonly RuleName[], cellOf: (rule: RuleName) => RuleCell): SheetRow["cells"] {
  return Object.fromEntries(rules.map((rule) => [rule, cellOf(rule)]));
}

function tightenedBy(rule: RuleName, own: RoutePolicy, tightened: RoutePolicy): Pick<RuleCell, "tightened"> {
  const { textOf } = RULE_FIELDS[rule];
  const holds = textOf(tightened);
  return holds === textOf(own) ? {} : { tightened: `the workspace makes it ${holds}` };
}

function policiesOf(read: ReadRawSetting): PolicySet {
  return readPolicySettings(new SettingReader(read));
}
