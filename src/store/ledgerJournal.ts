import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
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
        return { file, bytes: writeDown(join(folder, file), "a", `${JSON.stringify({ ...row, cost: spent })}\n`) };
      }),
    sizeOf,
    files: () =>
      orUnusable(() => {
        mkdirSync(folder, { recursive: true });
        const names = readdirSync(folder).filter(isOwn).toSorted();
        return names.map((file) => ({ file, bytes: sizeOf(file) }));
      }),
    read: (file) => orUnusable(() => readFileSync(join(folder, file), "utf8")),
    replace: (file, lines) =>
      orUnusable(() => {
        const bytes = writeDown(join(folder, `${file}.new`), "w", lines.map((line) => `${line}\n`).join(""));
        renameSync(join(folder, `${file}.new`), join(folder, file));
        return { file, bytes };
      }),
  };
}

/** Answers the size of the file. */
function writeDown(path: string, flags: "a" | "w", text: string): number {
  const file = openSync(path, flags);
  try {
    writeSync(file, text);
    fsyncSync(file);
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
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
