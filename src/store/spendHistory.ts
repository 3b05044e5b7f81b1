import type { DatabaseSync } from "node:sqlite";
import type { RowFilter, RowFindings, RowPlace, SpendRow } from "../core/spend/spendRow.ts";
import type { DayRange, DaySums, SpendDimension } from "../core/spend/spendSums.ts";
import type { SettledRow } from "../core/waybill/reconciliation.ts";
import { readCertainCosts } from "./certainCosts.ts";
import { type ForgetKind, forgetRows } from "./forgetSpend.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";
import { findInRows, nextTurn, readDays, readPage } from "./spendRows.ts";
import { type KnownSpend, readDaySums, readKnownSpend, readSentDays } from "./spendReport.ts";

/** Rows a page of the list. */
const PAGE_ROWS = 50;
const EXPORT_ROWS = 2_000;
/** Days whose sums are read in one go, some ten milliseconds. */
const SUMMED_DAYS = 64;

export interface RowPage {
  readonly rows: readonly SpendRow[];
  /** There are more after these. */
  readonly hasMore: boolean;
}

/**
 * What was spent, for looking at. Sums come from the roll-ups, which outlive their rows. What takes long works in slices
 * between which the editor goes on. Every method rejects with `WaybillError`.
 */
export interface SpendHistory {
  /** From when to when something was booked, and what of it has neither model nor row. */
  known(range?: DayRange): Promise<KnownSpend>;
  /** The sums of each day and value. */
  sums(range: DayRange, dimension: SpendDimension): Promise<readonly DaySums[]>;
  /** A page of rows, the latest first. */
  page(filter: RowFilter, after: RowPlace | undefined): Promise<RowPage>;
  /** Certainty and the dearest, from all rows of the range. `undefined` when it was given up. */
  findings(range: DayRange, signal: AbortSignal): Promise<RowFindings | undefined>;
  /** All rows, the latest first, in pieces. */
  allRows(range: DayRange): AsyncIterable<readonly SpendRow[]>;
  /** The turns of a chat whose cost was looked up after they were shown: receipts that were kept before are corrected by them. */
  certainCosts(chat: string): Promise<readonly SettledRow[]>;
  /** Takes out rows, or what they say of the person. Sums and limits stay as they are. Answers how many rows it were. */
  forget(range: DayRange, kind: ForgetKind): Promise<number>;
}

export function openSpendHistory(database: DatabaseSync): SpendHistory {
  return {
    known: (range) => retryWhileLocked(() => readKnownSpend(database, range)),
    sums: (range, dimension) => readSums(database, range, dimension),
    page: async (filter, after) => {
      const rows = await readRows(database, { filter, after, limit: PAGE_ROWS + 1 });
      return { rows: rows.slice(0, PAGE_ROWS), hasMore: rows.length > PAGE_ROWS };
    },
    findings: (range, signal) => findInRows(database, range, signal),
    allRows: (range) => allRows(database, range),
    certainCosts: (chat) => retryWhileLocked(() => readCertainCosts(database, chat)),
    forget: (range, kind) => forgetRows(database, range, kind),
  };
}

async function readSums(
  database: DatabaseSync,
  range: DayRange,
  dimension: SpendDimension,
): Promise<readonly DaySums[]> {
  const days = await retryWhileLocked(() => readSentDays(database, range));
  const sums: DaySums[] = [];
  for (let index = 0; index < days.length; index += SUMMED_DAYS) {
    if (index > 0) await nextTurn();
    const some = days.slice(index, index + SUMMED_DAYS);
    sums.push(...(await retryWhileLocked(() => readDaySums(database, some, dimension))));
  }
  return sums;
}

/** Day by day, so that a rare kind of row never makes one long statement. */
async function readRows(
  database: DatabaseSync,
  { filter, after, limit }: { filter: RowFilter; after: RowPlace | undefined; limit: number },
): Promise<readonly SpendRow[]> {
  const rows: SpendRow[] = [];
  let days: readonly string[] = [];
  for (let index = 0; rows.length < limit; index += 1) {
    if (days[index] === undefined) {
      const last = days.at(-1);
      days = await retryWhileLocked(() => readDays(database, filter, { after, before: last }));
      index = 0;
    }
    const day = days[index];
    if (day === undefined) break;
    const before = day === after?.day ? after.sequence : undefined;
    const found = await retryWhileLocked(() => readPage(database, { filter, day, before, limit: limit - rows.length }));
    rows.push(...found);
  }
  return rows;
}

async function* allRows(database: DatabaseSync, range: DayRange): AsyncIterable<readonly SpendRow[]> {
  let after: RowPlace | undefined;
  for (;;) {
    const rows = await readRows(database, { filter: range, after, limit: EXPORT_ROWS });
    if (rows.length > 0) yield rows;
    if (rows.length < EXPORT_ROWS) return;
    after = rows.at(-1);
  }
}
