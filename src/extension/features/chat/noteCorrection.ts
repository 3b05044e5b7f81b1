import { window } from "vscode";
import { fingerprintOf } from "../../../core/tasks/fingerprint.ts";
import type { TaskType } from "../../../core/tasks/taskType.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";

/** Rejects where it cannot be kept, after telling so. */
export async function noteCorrection(
  { engine }: Pick<ExtensionServices, "engine">,
  text: string,
  taskType: TaskType,
): Promise<void> {
  try {
    const { corrections } = await (await engine.get()).ledger();
    await corrections.note({ fingerprint: fingerprintOf(text), taskType }, Date.now());
  } catch (error) {
    void window.showWarningMessage("The ledger cannot be written, so the correction was not kept. Try it again.");
    throw error;
  }
}
