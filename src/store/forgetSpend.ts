import type { DatabaseSync } from "node:sqlite";
import type { DayRange } from "../core/spend/spendSums.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";
import { nextTurn } from "./spendRows.ts";

/** `delete`: the rows go. `anonymise`: they stay without workspace, chat and the gateway's id. */
export type ForgetKind = "delete" | "anonymise";

/** Rows a transaction: other windows wait for no more than these. */
const STEP_ROWS = 1_000;

/**
 * Takes out the rows of some days, or what they say of the person. The sums by day stay in all, so that neither a limit
 * opens nor a total shrinks; those of anonymous rows have no workspace any more. Answers how many rows it were.
 */
export async function forgetRows(database: DatabaseSync, range: DayRange, kind: ForgetKind): Promise<number> {
  let count = 0;
  let after = -1;
  for (;;) {
    const step = await retryWhileLocked(() => forgetStep(database, { range, kind, after }));
    if (step.length === 0) return count;
    count += step.length;
    after = step.at(-1) ?? after;
    await nextTurn();
  }
}

function forgetStep(
  database: DatabaseSync,
  { range, kind, after }: { range: DayRange; kind: ForgetKind; after: number },
): readonly number[] {
  database.exec("PRAGMA secure_delete = ON");
  database.exec("BEGIN IMMEDIATE");
  try {
    const sequences = database
      .prepare("SELECT sequence FROM waybill_row WHERE day BETWEEN ? AND ? AND sequence > ? ORDER BY sequence LIMIT ?")
      .all(range.firstDay, range.lastDay, after, STEP_ROWS)
      .map(({ sequence }) => Number(sequence));
    const list = JSON.stringify(sequences);
    for (const statement of STATEMENTS[kind]) {
      database.prepare(`${statement} WHERE sequence IN (SELECT value FROM json_each(?))`).run(list);
    }
    database.exec("COMMIT");
    return sequences;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

/**
 * A number of a deleted row may be given again, so nothing may point to it. The chats know the turn's id, by which an
 * anonymous row could be found again. The sums follow a changed row by a trigger of the ledger, and not a deleted one.
 */
const STATEMENTS: Readonly<Record<ForgetKind, readonly string[]>> = {
  delete: ["DELETE FROM outcome", "DELETE FROM waybill_detail", "DELETE FROM waybill_row"],
  anonymise: [
    "UPDATE outcome SET turn_id = randomblob(16), workspace = ''",
    "DELETE FROM waybill_detail",
    "UPDATE waybill_row SET workspace = 0, chat = NULL, generation_id = NULL, turn_id = randomblob(16), allowance = NULL",
  ],
};
