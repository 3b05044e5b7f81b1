import { window } from "vscode";
import type { OutcomeKind } from "../../../core/routing/outcomeKind.ts";
import { fingerprintOf } from "../../../core/tasks/fingerprint.ts";
import type { TaskType } from "../../../core/tasks/taskType.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";

type Services = Pick<ExtensionServices, "engine" | "log">;

/** Routing learns from it; where it cannot be kept, nothing else is lost. */
export async function noteOutcome({ engine, log }: Services, turnId: string, kind: OutcomeKind): Promise<void> {
  try {
    await (await engine.get()).noteOutcome(turnId, kind);
  } catch (error) {
    log.error("outcome-not-kept", error);
  }
}

/** Rejects where it cannot be kept, after telling so. */
export async function noteCorrection({ engine }: Services, text: string, taskType: TaskType): Promise<void> {
  try {
    const { corrections } = await (await engine.get()).ledger();
    await corrections.note({ fingerprint: fingerprintOf(text), taskType }, Date.now());
  } catch (error) {
    void window.showWarningMessage("The ledger cannot be written, so the correction was not kept. Try it again.");
    throw error;
  }
}
