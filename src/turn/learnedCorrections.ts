import type { TaskCorrection } from "../core/tasks/taskCorrection.ts";
import type { Ledger } from "../store/ledger.ts";

/** What this person said requests were for. Never rejects: classification works without. */
export async function learnedCorrections(ledger: Promise<Ledger>): Promise<readonly TaskCorrection[]> {
  try {
    return await (await ledger).corrections.latest();
  } catch {
    return [];
  }
}
