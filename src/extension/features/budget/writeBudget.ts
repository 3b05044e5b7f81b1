import { commands, window } from "vscode";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { rawSetting } from "../../platform/settings.ts";
import { RuleWriter } from "../routing/ruleWriter.ts";
import { type SettingWrite, inverseOf } from "../routing/settingWrite.ts";
import { type FieldValue, type LimitField, isSameValue, valueIn } from "./limitFields.ts";
import { budgetsOf } from "./limitRows.ts";
import { type WritingPlace, describeChange, describeFailure } from "./planBudget.ts";
import type { WrittenValue } from "./typedValue.ts";

interface BudgetChange {
  readonly field: LimitField;
  readonly value: WrittenValue;
  readonly place: WritingPlace;
}

/** Writes, says what holds now, and offers to take it back. */
export async function writeBudget(services: ExtensionServices, change: BudgetChange): Promise<void> {
  const { field, value, place } = change;
  const inverses = place.writes.map((write) => inverseOf(write, storedValue(write)));
  if (!(await tryWrite(services, place.writes))) return tellFailure(change);
  const sentence = describeChange(field, value, { ...place, result: holding(field) });
  const choice = await window.showInformationMessage(sentence, "Undo", "Set Another");
  if (choice === "Set Another") return commands.executeCommand(COMMANDS.setWorkspaceBudget);
  // What has been changed since by somebody else stays as it is.
  if (choice !== "Undo" || !place.writes.every((write) => isSameValue(storedValue(write), write.value))) return;
  if (!(await tryWrite(services, inverses))) await tellFailure(change);
}

async function tryWrite({ spend, log }: ExtensionServices, writes: readonly SettingWrite[]): Promise<boolean> {
  try {
    await new RuleWriter().write("all", writes);
  } catch (error) {
    log.error("budget-not-written", error);
    return false;
  }
  await spend.refreshKnown();
  return true;
}

/** The editor writes no file of settings that has mistakes, cannot be written, or is changed and not saved. */
async function tellFailure({ field, place }: BudgetChange): Promise<void> {
  const choice = await window.showErrorMessage(describeFailure(field, holding(field)), "Open Settings");
  if (choice === undefined) return;
  const isOfWorkspace = place.writes.some(({ where }) => where === "workspace");
  await commands.executeCommand(
    isOfWorkspace ? "workbench.action.openWorkspaceSettingsFile" : "workbench.action.openSettingsJson",
  );
}

function holding(field: LimitField): FieldValue {
  return valueIn(budgetsOf(rawSetting).here, field);
}

function storedValue({ key, where }: SettingWrite): unknown {
  const { userValue, workspaceValue } = rawSetting(key);
  return where === "user" ? userValue : workspaceValue;
}
