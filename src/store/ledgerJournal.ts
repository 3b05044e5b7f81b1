import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { WaybillError } from "../core/errors/waybillError.ts";
import type { BookedRow } from "./spendBooks.ts";

/** A file of the journal and how much of it the ledger knows. */
export interface JournalMark {
  readonly file: string;
  readonly bytes: number;
}

/**
 * What was settled, as JSON lines in one file a month beside the ledger, so that a lost or older ledger never spends less.
 * Written inside the ledger's transactions, so that two windows never write at once. Throws `ledger-unusable`.
 */
export interface LedgerJournal {
  /** The file that a day's lines go to. */
  fileOf(day: string): string;
  append(row: BookedRow): JournalMark;
  /** Size of one file; 0 where there is none. */
  sizeOf(file: string): number;
  /** The one of older versions comes first: months have corrections of its lines. */
  files(): readonly JournalMark[];
  read(file: string): string;
  /** Puts these lines in the place of a file. */
  replace(file: string, lines: readonly string[]): JournalMark;
}

/** `path` is the file of older versions, `ledger.jsonl`; those of the months stand beside it. */
export function openLedgerJournal(path: string): LedgerJournal {
  const folder = dirname(path);
  const stem = basename(path, ".jsonl");
  const isOwn = (name: string) => name.startsWith(stem) && /^(?:-\d{4}-\d{2})?\.jsonl$/.test(name.slice(stem.length));
  const fileOf = (day: string) => `${stem}-${day.slice(0, 7)}.jsonl`;
  const sizeOf = (file: string) => statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0;
  return {
    fileOf,
    append: ({ spent, ...row }) =>
      orUnusable(() => {
        const file = fileOf(row.day);
        mkdirSync(folder, { recursive: true });
        return { file, bytes: appendLine(join(folder, file), JSON.stringify({ ...row, cost: spent })) };
      }),
    sizeOf,
    files: () =>
      orUnusable(() => {
        mkdirSync(folder, { recursive: true });
        const names = readdirSync(folder).filter(isOwn).toSorted().toReversed();
        return names.map((file) => ({ file, bytes: sizeOf(file) }));
      }),
    read: (file) => orUnusable(() => readFileSync(join(folder, file), "utf8")),
    replace: (file, lines) =>
      orUnusable(() => {
        const bytes = writeAnew(join(folder, `${file}.new`), lines.map((line) => `${line}\n`).join(""));
        renameSync(join(folder, `${file}.new`), join(folder, file));
        return { file, bytes };
      }),
  };
}

/** Answers the size of the file. What fits only in part, on a full disk, is taken back. */
function appendLine(path: string, line: string): number {
  const file = openSync(path, "a+");
  const { size } = fstatSync(file);
  try {
    // A line that a crash tore stays by itself: what followed it in the same line would be lost with it.
    writeAll(file, `${isTorn(file, size) ? "\n" : ""}${line}\n`);
    fsyncSync(file);
    return fstatSync(file).size;
  } catch (error) {
    ftruncateSync(file, size);
    throw error;
  } finally {
    closeSync(file);
  }
}

function isTorn(file: number, size: number): boolean {
  const last = Buffer.alloc(1);
  return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last.toString() !== "\n";
}

/** Answers the size of the file. */
function writeAnew(path: string, text: string): number {
  const file = openSync(path, "w");
  try {
    writeAll(file, text);
    fsyncSync(file);
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

/** A disk that is almost full takes the first bytes and says so only by their number. */
function writeAll(file: number, text: string): void {
  for (let rest: Uint8Array = Buffer.from(text); rest.length > 0;) rest = rest.subarray(writeSync(file, rest));
}

function orUnusable<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new WaybillError("ledger-unusable", "The journal cannot be used", {
      cause: error,
      isUncharged: true,
      detail: "its journal cannot be written",
    });
  }
}
