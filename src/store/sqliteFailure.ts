import { WaybillError } from "../core/errors/waybillError.ts";

/** Primary result codes. Source: sqlite.org/rescode.html; `errcode` may carry an extended code in its upper bits. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IO_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;
/** An extended one: somebody moved or deleted the file while it was open. */
const READONLY_MOVED = 1032;
const OF_FILE: ReadonlySet<number> = new Set([BUSY, LOCKED, READONLY, IO_ERROR, CORRUPT, FULL, CANTOPEN, NOTADB]);

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}

export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === BUSY || code === LOCKED;
}

/** Whether the file could not be used, and may be usable later; else the statement itself was refused. */
export function isOfFile(error: unknown): boolean {
  if (!(error instanceof WaybillError)) return false;
  const code = primaryCode(error.cause);
  return code !== undefined && OF_FILE.has(code);
}

/** Every failure of the database in our own words; the file's path stays out of it. */
export function toStoreError(error: unknown): WaybillError {
  if (error instanceof WaybillError) return error;
  const code = primaryCode(error);
  if (code === CORRUPT || code === NOTADB) {
    return new WaybillError("ledger-damaged", "The database is damaged", { cause: error, isUncharged: true });
  }
  if (isBusy(error)) {
    return new WaybillError("ledger-busy", "The database stayed locked", {
      cause: error,
      isUncharged: true,
      isRetryable: true,
    });
  }
  return new WaybillError("ledger-unusable", "The database cannot be used", {
    cause: error,
    isUncharged: true,
    detail: describeCause(code, error),
  });
}

function describeCause(code: number | undefined, error: unknown): string {
  switch (code) {
    case READONLY:
      return isMoved(error) ? "its file was moved or deleted" : "its file is read-only";
    case FULL:
      return "the disk is full";
    case CANTOPEN:
      return "its file cannot be opened";
    case IO_ERROR:
      return "the disk reported an error";
    default:
      return describeSystemCode(error);
  }
}

function isMoved(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === READONLY_MOVED;
}

/** What the file system or Node refused, before SQLite was asked. */
function describeSystemCode(error: unknown): string {
  switch (error instanceof Error && "code" in error ? error.code : undefined) {
    case "ERR_UNKNOWN_BUILTIN_MODULE":
      return "this editor has no SQLite";
    case "EROFS":
      return "its file is read-only";
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full";
    case "EACCES":
    case "EPERM":
      return "its file cannot be opened";
    default:
      return "the database reported an error";
  }
}
