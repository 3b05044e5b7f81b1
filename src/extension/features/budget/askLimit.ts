import { type InputBoxValidationMessage, InputBoxValidationSeverity, QuickInputButtons, window } from "vscode";
import { type WrittenValue, expectedLimit, readLimit, warnOfLimit } from "./planBudget.ts";
import type { LimitRow } from "./limitRows.ts";
import type { LimitStanding } from "../../../core/budget/spendLimit.ts";

/** Asks for the amount of a limit. A step back, or `undefined` when the box was closed. */
export async function askLimit(
  { field, value, summary, state }: LimitRow,
  standing: LimitStanding | undefined,
): Promise<{ readonly value: WrittenValue } | "back" | undefined> {
  const { promise, resolve } = Promise.withResolvers<{ readonly value: WrittenValue } | "back" | undefined>();
  const box = window.createInputBox();
  box.title = `${titleOf(field)}, ${unitOf(field)}`;
  box.prompt = `Now ${summary}. ${state}. Type none for no limit.`;
  box.value = typeof value === "number" ? String(field.limit?.measure === "money" ? value / 1e9 : value) : "none";
  box.valueSelection = [0, box.value.length];
  box.buttons = [QuickInputButtons.Back];
  const check = (isFinal: boolean) => {
    const read = readLimit(field, box.value);
    box.validationMessage = messageOf(read);
    if (isFinal && read !== undefined) resolve({ value: read });
  };
  const messageOf = (read: WrittenValue | undefined): InputBoxValidationMessage | undefined => {
    if (read === undefined) return { message: expectedLimit(field), severity: InputBoxValidationSeverity.Error };
    const warning = warnOfLimit(standing, read);
    return warning === undefined ? undefined : { message: warning, severity: InputBoxValidationSeverity.Warning };
  };
  box.onDidChangeValue(() => check(false));
  box.onDidAccept(() => check(true));
  box.onDidTriggerButton(() => resolve("back"));
  box.onDidHide(() => resolve(undefined));
  box.show();
  return promise.finally(() => box.dispose());
}

function titleOf({ label }: LimitRow["field"]): string {
  return `Waybill: ${label}`;
}

function unitOf({ limit }: LimitRow["field"]): string {
  return limit?.measure === "money" ? "in US dollars" : `in ${limit?.measure ?? ""}`;
}
