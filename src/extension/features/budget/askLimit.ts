import { type InputBoxValidationMessage, InputBoxValidationSeverity, QuickInputButtons, window } from "vscode";
import { warnOfLimit } from "./planBudget.ts";
import type { LimitRow } from "./limitRows.ts";
import { type WrittenValue, expectedText, noneText, readTyped, typedText, unitText } from "./typedValue.ts";
import type { LimitStanding } from "../../../core/budget/spendLimit.ts";

/** Asks for the amount of a limit, or for percentages. A step back, or `undefined` when the box was closed. */
export async function askLimit(
  { field, value, summary, state }: LimitRow,
  standing: LimitStanding | undefined,
): Promise<{ readonly value: WrittenValue } | "back" | undefined> {
  const { promise, resolve } = Promise.withResolvers<{ readonly value: WrittenValue } | "back" | undefined>();
  const box = window.createInputBox();
  box.title = `Waybill: ${field.label}, ${unitText(field)}`;
  box.prompt = `Now ${summary}. ${state}. Type ${noneText(field)}.`;
  box.value = typedText(field, value);
  box.valueSelection = [0, box.value.length];
  box.buttons = [QuickInputButtons.Back];
  const check = (isFinal: boolean) => {
    const read = readTyped(field, box.value);
    box.validationMessage = messageOf(read);
    if (isFinal && read !== undefined) resolve({ value: read });
  };
  const messageOf = (read: WrittenValue | undefined): InputBoxValidationMessage | undefined => {
    if (read === undefined) return { message: expectedText(field), severity: InputBoxValidationSeverity.Error };
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
