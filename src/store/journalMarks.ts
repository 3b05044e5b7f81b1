import type { DatabaseSync } from "node:sqlite";
import type { JournalMark } from "./ledgerJournal.ts";

/** What the ledger knows of each file of its journal. */
export function readMarks(database: DatabaseSync): readonly (JournalMark & { readonly isCompact: boolean })[] {
  return database
    .prepare("SELECT * FROM journal_mark")
    .all()
    .map((row) => ({ file: String(row["file"]), bytes: Number(row["bytes"]), isCompact: row["is_compact"] === 1 }));
}

export function setMark(database: DatabaseSync, { file, bytes }: JournalMark): void {
  database.prepare("INSERT OR REPLACE INTO journal_mark (file, bytes) VALUES (?, ?)").run(file, bytes);
}
