import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import type { TaskCorrection } from "../core/tasks/taskCorrection.ts";
import { isTaskType } from "../core/tasks/taskType.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";

/** Corrections of the person, in the ledger's database. Every method rejects with `WaybillError`. */
export interface CorrectionStore {
  /** A second correction of the same fingerprint replaces the first. */
  note(correction: TaskCorrection, nowMs: number): Promise<void>;
  /** The latest ones, newest first. */
  latest(): Promise<readonly TaskCorrection[]>;
}

/** Every request is compared with all of them. */
const MAX_CORRECTIONS = 500;

const fingerprintSchema = z.array(z.number());

export function createCorrectionStore(database: DatabaseSync): CorrectionStore {
  return {
    note: async ({ fingerprint, taskType }, nowMs) => {
      await retryWhileLocked(() =>
        database
          .prepare(
            `INSERT INTO task_correction (fingerprint, task_type, at_ms) VALUES (?, ?, ?)
             ON CONFLICT (fingerprint) DO UPDATE SET task_type = excluded.task_type, at_ms = excluded.at_ms`,
          )
          .run(JSON.stringify(fingerprint), taskType, nowMs),
      );
    },
    latest: () =>
      retryWhileLocked(() =>
        database
          .prepare("SELECT fingerprint, task_type FROM task_correction ORDER BY at_ms DESC LIMIT ?")
          .all(MAX_CORRECTIONS)
          .flatMap((row) => readCorrection(String(row["fingerprint"]), String(row["task_type"]))),
      ),
  };
}

/** What this version cannot read is passed over. */
function readCorrection(text: string, taskType: string): readonly TaskCorrection[] {
  try {
    const fingerprint = fingerprintSchema.safeParse(JSON.parse(text));
    return fingerprint.success && isTaskType(taskType) ? [{ fingerprint: fingerprint.data, taskType }] : [];
  } catch {
    return [];
  }
}
