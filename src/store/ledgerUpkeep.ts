import type { DatabaseSync } from "node:sqlite";
import { budgetDay, startOfLastMonth } from "../core/budget/budgetPeriod.ts";
import { toNanoUsd } from "../core/money/nanoUsd.ts";
import type { LedgerJournal } from "./ledgerJournal.ts";
import { type BookTotal, readJournalTotals } from "./journalTotals.ts";
import { readMarks, setMark } from "./journalMarks.ts";
import type { LedgerRepair } from "./ledger.ts";
import { addLabels } from "./spendBooks.ts";
import { type Book, type BookedSpend, addSpend, bookOf, readSpend } from "./spendTotals.ts";
import { insertLostWaybill, raiseCost } from "./waybillRow.ts";

export { createKeyStandings } from "./keyStandings.ts";
export { checkRest } from "./lateCheck.ts";
export { readLedgerBill, readUncertainRows } from "./ledgerBill.ts";
export { LEDGER_MIGRATIONS } from "./ledgerSchema.ts";
export { openSpendHistory } from "./spendHistory.ts";

/** Reasons and failed attempts of older turns are dropped; the chats keep their own. */
const DETAIL_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * Brings a ledger up to its journal: no sum is ever lower than what the journal has. Reservations that the journal knows
 * as settled become rows, and rows whose cost is not certain rise to what it knows: a window died in between, which is no
 * loss to tell of. Inside a transaction. Answers `undefined` when nothing else was missing.
 */
export function catchUpWithJournal(database: DatabaseSync, journal: LedgerJournal): LedgerRepair | undefined {
  const isNew = database.prepare("SELECT 1 FROM spend_total LIMIT 1").get() === undefined;
  const files = journal.files();
  const { totals, settled } = readJournalTotals(files.map(({ file }) => journal.read(file)));
  const release = database.prepare("DELETE FROM reservation WHERE id = ?");
  for (const held of database.prepare("SELECT * FROM reservation").all()) {
    const booked = settled.get(String(held["id"]));
    if (booked === undefined) continue;
    release.run(String(held["id"]));
    insertLostWaybill(database, held, booked);
  }
  raiseUncertain(database, settled);
  let regained = 0;
  for (const total of totals) {
    const missing = raiseTo(database, total);
    if (total.scope === "user") regained += missing;
  }
  noteLatestDay(database);
  if (readMarks(database).some(({ file, bytes }) => journal.sizeOf(file) < bytes)) rewriteJournal(database, journal);
  else for (const mark of files) setMark(database, mark);
  if (regained === 0) return undefined;
  return { kind: isNew ? "rebuilt" : "behind", regained: toNanoUsd(regained) };
}

/** So that the row's correction does not count a second time what the sums are raised by. */
function raiseUncertain(database: DatabaseSync, settled: ReadonlyMap<string, BookedSpend>): void {
  const rows = database
    .prepare("SELECT reservation_id FROM waybill WHERE cost_source IN ('estimated', 'unknown')")
    .all();
  for (const { reservation_id: id } of rows) {
    const booked = settled.get(String(id));
    if (booked !== undefined) raiseCost(database, String(id), booked);
  }
}

/** Answers how much was missing. */
function raiseTo(database: DatabaseSync, total: BookTotal): number {
  const { scope, name, day } = total;
  if (scope === "workspace" || scope === "key") addLabels(database, [name]);
  const book = bookOf(database, scope, { workspace: name, keyLabel: name, chat: name });
  if (book === undefined) return 0;
  const known = readDay(database, book, day);
  const missing = {
    spent: Math.max(0, total.spent - known.spent),
    tokens: Math.max(0, total.tokens - known.tokens),
  };
  if (missing.spent + missing.tokens > 0) addSpend(database, { ...book, day }, missing);
  return missing.spent;
}

function readDay(database: DatabaseSync, book: Book, day: string): { readonly spent: number; readonly tokens: number } {
  const [since, after] = [readSpend(database, book, day), readSpend(database, book, `${day}~`)];
  return { spent: since.spent - after.spent, tokens: since.tokens - after.tokens };
}

function noteLatestDay(database: DatabaseSync): void {
  database.exec(
    `UPDATE ledger_state SET latest_day = max(latest_day,
       coalesce((SELECT max(day) FROM spend_total WHERE scope = 'user'), ''))`,
  );
}

/** The journal lost lines that the ledger has: it is written anew from the ledger's sums. */
function rewriteJournal(database: DatabaseSync, journal: LedgerJournal): void {
  const written = monthsOf(database).map((month) => rewriteMonth(database, journal, month));
  database.exec("DELETE FROM journal_mark");
  for (const mark of written) setMark(database, mark);
  // What other files there are is in these sums, and must not be added to them.
  for (const { file } of journal.files()) {
    if (!written.some((mark) => mark.file === file)) setMark(database, journal.replace(file, []));
  }
}

function monthsOf(database: DatabaseSync): readonly string[] {
  return database
    .prepare("SELECT DISTINCT substr(day, 1, 7) AS month FROM spend_total WHERE scope = 'user'")
    .all()
    .map(({ month }) => String(month));
}

function rewriteMonth(
  database: DatabaseSync,
  journal: LedgerJournal,
  month: string,
): { readonly file: string; readonly bytes: number } {
  const rows = database
    .prepare(
      `SELECT scope, coalesce(label.text, iif(scope = 'user', '', iif(typeof(name) = 'blob', lower(hex(name)), name))) AS name,
         day, spent_nano AS spent, tokens FROM spend_total
       LEFT JOIN label ON scope IN ('workspace', 'key') AND label.id = name WHERE day BETWEEN ? AND ?`,
    )
    .all(`${month}-01`, `${month}-31`);
  const lines = rows.map((row) => JSON.stringify({ ...row, name: withDashes(String(row["name"]), row["scope"]) }));
  return journal.replace(journal.fileOf(month), lines);
}

function withDashes(name: string, scope: unknown): string {
  if (scope !== "chat" || !/^[\da-f]{32}$/.test(name)) return name;
  return name.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * Keeps the journal and the ledger from growing without end: the lines of months before the last one become sums, and old
 * details go. Inside a transaction.
 */
export function tidyLedger(database: DatabaseSync, journal: LedgerJournal, nowMs: number): void {
  const keptFrom = journal.fileOf(startOfLastMonth(nowMs));
  for (const { file, isCompact } of readMarks(database)) {
    const month = /-(\d{4}-\d{2})\.jsonl$/.exec(file)?.[1];
    if (month === undefined || isCompact || file >= keptFrom) continue;
    if (!hasLegacyLines(journal, month)) setMark(database, rewriteMonth(database, journal, month));
    database.prepare("UPDATE journal_mark SET is_compact = 1 WHERE file = ?").run(file);
  }
  database
    .prepare(
      `DELETE FROM waybill_detail WHERE sequence < (SELECT min(sequence) FROM waybill_row INDEXED BY waybill_row_by_day
         WHERE day = (SELECT min(day) FROM waybill_row WHERE day >= ?))`,
    )
    .run(budgetDay(nowMs - DETAIL_MS));
}

/** Lines of the same month in the file of older versions would be counted beside its sums. */
function hasLegacyLines(journal: LedgerJournal, month: string): boolean {
  return journal
    .files()
    .filter(({ file, bytes }) => bytes > 0 && !/-\d{4}-\d{2}\.jsonl$/.test(file))
    .some(({ file }) => journal.read(file).includes(`"day":"${month}`));
}
