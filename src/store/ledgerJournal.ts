import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import * as z from "zod/mini";
import { WaybillError } from "../core/errors/waybillError.ts";
import { type NanoUsd, addUsd, toNanoUsd } from "../core/money/nanoUsd.ts";

/** One settled cost. Written after the ledger, so that a lost ledger can be rebuilt and never spends less. */
interface JournalEntry {
  readonly reservationId: string;
  readonly day: string;
  readonly workspace: string;
  readonly cost: NanoUsd;
}

export interface LedgerJournal {
  append(entry: JournalEntry): void;
  /** What was spent by day and workspace; the last entry of a reservation counts. Unreadable lines are passed over. */
  totals(): readonly Omit<JournalEntry, "reservationId">[];
}

const lineSchema = z.object({
  reservationId: z.string(),
  day: z.string(),
  workspace: z.string(),
  cost: z.number().check(z.int(), z.nonnegative()),
});

/** Append-only JSON lines beside the ledger. An entry that cannot be written throws `ledger-unusable`. */
export function openLedgerJournal(path: string): LedgerJournal {
  return {
    append: (entry) => {
      try {
        appendLine(path, JSON.stringify(entry));
      } catch (error) {
        throw new WaybillError("ledger-unusable", "The journal cannot be written", {
          cause: error,
          detail: "its journal cannot be written",
        });
      }
    },
    totals: () => sumEntries(readEntries(path)),
  };
}

function appendLine(path: string, line: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, "a");
  try {
    writeSync(file, `${line}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function readEntries(path: string): Iterable<JournalEntry> {
  const latest = new Map<string, JournalEntry>();
  if (!existsSync(path)) return [];
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const entry = parseLine(line);
    if (entry !== undefined) latest.set(entry.reservationId, entry);
  }
  return latest.values();
}

function parseLine(line: string): JournalEntry | undefined {
  try {
    const parsed = lineSchema.safeParse(JSON.parse(line));
    return parsed.success ? { ...parsed.data, cost: toNanoUsd(parsed.data.cost) } : undefined;
  } catch {
    // A line torn by a crash; the ledger itself has that row.
    return undefined;
  }
}

function sumEntries(entries: Iterable<JournalEntry>): readonly Omit<JournalEntry, "reservationId">[] {
  const sums = new Map<string, Omit<JournalEntry, "reservationId">>();
  for (const { day, workspace, cost } of entries) {
    const key = `${day} ${workspace}`;
    const known = sums.get(key);
    sums.set(key, { day, workspace, cost: known === undefined ? cost : addUsd(known.cost, cost) });
  }
  return [...sums.values()];
}
