import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Ledger } from "../../src/store/ledger.ts";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import type { Workbench } from "./workbench.ts";

/** The ledger of a window, as another window opens it. */
export function openLedger({ storageFolder }: Workbench): Promise<Ledger> {
  const journal = openLedgerJournal(join(storageFolder, "ledger.jsonl"));
  return openSqliteLedger({ path: join(storageFolder, "ledger.sqlite"), journal, owner: "test", nowMs: Date.now() });
}

/** The last judged turn: from where it was asked, what for, and the verdict. */
export function lastVerdict(workbench: Workbench): readonly unknown[] {
  const [row] = queryLedger(
    workbench,
    `SELECT waybill.surface, waybill.task_type, kind
     FROM outcome JOIN waybill ON replace(waybill.turn_id, '-', '') = lower(hex(outcome.turn_id))
     ORDER BY at_ms DESC LIMIT 1`,
  );
  return Object.values(row ?? {});
}

export function queryLedger({ storageFolder }: Workbench, sql: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(join(storageFolder, "ledger.sqlite"), { readOnly: true });
  const rows = database.prepare(sql).all();
  database.close();
  return rows;
}
