import type { DatabaseSync } from "node:sqlite";
import { firstDayOf } from "../core/budget/spendPeriod.ts";
import type { WaybillError } from "../core/errors/waybillError.ts";
import { checkHolds } from "./holds.ts";
import { requireSound } from "./openDatabase.ts";
import { chatShelf, checkShelf, checkSpendTotals, firstByteOf } from "./spendTotals.ts";
import { toStoreError } from "./sqliteFailure.ts";

/**
 * Holds a ledger against what was written. A small one is checked whole when it is opened; of a large one what the running
 * periods rest on, each chat before its first reservation, and the rest late, in slices.
 */
export interface LedgerGuard {
  /** What SQLite itself can tell of a file. Throws `ledger-damaged`. */
  checkFile(database: DatabaseSync, isLarge: boolean): void;
  /** Throws `ledger-damaged`. */
  checkContents(database: DatabaseSync): void;
  /** Beside everything else. What it finds counts from then on as if the opening had found it. */
  checkRest(database: DatabaseSync): void;
  /** Before something is reserved or told. Throws `ledger-damaged`. Inside a transaction where there is a chat. */
  requireSound(database: DatabaseSync, chat?: string): void;
}

/** The first turn comes before the rest. */
const REST_AFTER_MS = 2_000;
/** Before all days. */
const BEGINNING = "";
/** A damaged row of an old waybill can wait until somebody reads it; what limits rest on cannot. */
const SMALL_TABLES = [
  "total_shelf",
  "reservation",
  "label",
  "raise",
  "allowance",
  "ledger_state",
  "key_total",
  "key_standing",
];

export function createLedgerGuard(options: {
  readonly nowMs: number;
  readonly restAfterMs?: number | undefined;
}): LedgerGuard {
  const soundShelves = new Set<number | undefined>();
  let isLarge = false;
  let fault: WaybillError | undefined;
  return {
    checkFile: (database, isLargeFile) => {
      isLarge = isLargeFile;
      for (const table of SMALL_TABLES) requireSound(database, `integrity_check(${table})`);
      if (!isLarge) requireSound(database, "integrity_check(spend_total)");
    },
    checkContents: (database) => {
      checkSpendTotals(database, isLarge ? firstCountedMonth(options.nowMs) : BEGINNING);
      checkHolds(database);
    },
    checkRest: (database) => {
      if (!isLarge) return;
      const check = async () => {
        if (database.isOpen) fault = await findFault(database);
      };
      // Keeps no process alive, and loads its code no sooner.
      setTimeout(() => void check(), options.restAfterMs ?? REST_AFTER_MS).unref();
    },
    requireSound: (database, chat) => {
      if (fault !== undefined) throw fault;
      if (chat === undefined) return;
      const firstByte = firstByteOf(chat);
      if (soundShelves.has(firstByte)) return;
      checkShelf(database, chatShelf(firstByte));
      soundShelves.add(firstByte);
    },
  };
}

/**
 * The month, as `YYYY-MM`, from which on limits may count: a week may begin before its month. A whole one, as on the shelves:
 * a damaged day is then either in it or missing from it.
 */
function firstCountedMonth(nowMs: number): string {
  const [week, month] = [firstDayOf("week", nowMs), firstDayOf("month", nowMs)];
  return (week < month ? week : month).slice(0, 7);
}

/** Any other failure than damage says nothing of the ledger, and is met again by whoever needs it. */
async function findFault(database: DatabaseSync): Promise<WaybillError | undefined> {
  try {
    const { checkRest } = await import("./ledgerUpkeep.ts");
    await checkRest(database);
    return undefined;
  } catch (error) {
    const failure = toStoreError(error);
    return failure.code === "ledger-damaged" ? failure : undefined;
  }
}
