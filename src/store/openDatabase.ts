import { existsSync, linkSync, mkdirSync, rmSync, statSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { WaybillError } from "../core/errors/waybillError.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";
import { toStoreError } from "./sqliteFailure.ts";

export interface DatabaseOptions {
  readonly path: string;
  /** How many scripts there are: the version of an up-to-date file. */
  readonly version: number;
  /** One script per schema version, the first for version 1. Forward only; each runs once, in one transaction. */
  readonly loadMigrations: () => Promise<readonly string[]>;
  /** Functions that the scripts call. */
  readonly addFunctions?: (database: DatabaseSync) => void;
  /** For tests of what older editors do; that of this process otherwise. */
  readonly sqliteVersion?: string | undefined;
  /** Checks what matters most. Of a large file (`isLarge`) that is all, for all of it takes seconds. */
  readonly checkAlways?: (database: DatabaseSync, isLarge: boolean) => void;
}

/** Turns that wait for the lock at the same moment block the editor one after the other: two of them with 50 ms for over 100. */
const BUSY_TIMEOUT_MS = 20;
/** A check reads the whole file, about 1 ms a megabyte from memory and ten times that from a disk. */
const LARGE_BYTES = 4_000_000;
/** Types of network and shared file systems as `statfs` reports them: NFS, CIFS, SMB2, 9p, FUSE. */
const SHARED_FILE_SYSTEMS = new Set([0x6969, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546]);

/**
 * Opens or creates a database, checks it and brings its schema up to date. Throws `ledger-damaged` for a file that is
 * no sound database (an empty file is a loss, not a first run) and `ledger-unusable` for everything else.
 */
export async function openDatabase(options: DatabaseOptions): Promise<DatabaseSync> {
  let database: DatabaseSync | undefined;
  try {
    const { DatabaseSync: Database } = await import("node:sqlite");
    mkdirSync(dirname(options.path), { recursive: true });
    refuseEmptyFile(options.path);
    if (isFirstStart(options.path)) createDatabase(options.path, (path) => new Database(path));
    const opened = new Database(options.path);
    database = opened;
    // Another window may be opening the same file at this moment.
    const version = await retryWhileLocked(() => prepare(opened, options));
    if (version !== options.version) {
      const migrations = await options.loadMigrations();
      options.addFunctions?.(opened);
      await retryWhileLocked(() => migrate(opened, migrations));
    }
    return opened;
  } catch (error) {
    if (database?.isOpen === true) database.close();
    throw toStoreError(error);
  }
}

function refuseEmptyFile(path: string): void {
  if (existsSync(path) && statSync(path).size === 0) {
    throw new WaybillError("ledger-damaged", "The database file is empty", { isUncharged: true });
  }
}

/** SQLite itself drops what a deleted file left beside it, but only while the new one is empty. */
function isFirstStart(path: string): boolean {
  return ["", "-wal", "-journal"].every((suffix) => !existsSync(`${path}${suffix}`));
}

/**
 * Gives a new file its name when it is no longer empty: a window that dies at its very first start, or another one that
 * looks at this moment, must not take it for a loss. Where that fails, SQLite creates it as ever.
 */
function createDatabase(path: string, open: (path: string) => DatabaseSync): void {
  const fresh = `${path}.new-${crypto.randomUUID()}`;
  try {
    const database = open(fresh);
    database.exec("PRAGMA user_version = 0");
    database.close();
    linkSync(fresh, path);
  } catch {
    // Another window was first, the disk is full or knows no links: the opening that follows tells.
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Answers the version of the file. */
function prepare(database: DatabaseSync, options: DatabaseOptions): number {
  const { path, version: current, checkAlways, sqliteVersion = process.versions["sqlite"] ?? "0" } = options;
  // First of all: the default of 0 makes even the next statement fail while another window writes.
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
  const isCurrent = version === current;
  const isLarge = statSync(path).size > LARGE_BYTES;
  if (!isCurrent || checkAlways === undefined || !isLarge) requireSound(database, "quick_check(1)");
  if (isCurrent) checkAlways?.(database, isLarge);
  const mode = journalMode(sqliteVersion, path);
  database.exec(`PRAGMA journal_mode = ${mode}`);
  database.exec(`PRAGMA synchronous = ${mode === "WAL" ? "FULL" : "EXTRA"}`);
  if (process.platform === "darwin") database.exec("PRAGMA fullfsync = 1");
  database.exec("PRAGMA foreign_keys = ON");
  return version;
}

/** Runs one of SQLite's own checks, for instance `quick_check(1)`. Throws `ledger-damaged`. */
export function requireSound(database: DatabaseSync, check: string): void {
  const answer = database.prepare(`PRAGMA ${check}`).get();
  if (answer !== undefined && Object.values(answer)[0] === "ok") return;
  throw new WaybillError("ledger-damaged", "The database fails its check", { isUncharged: true });
}

/** SQLite before 3.51.3 has the WAL-reset bug (sqlite.org/wal.html#walresetbug), and WAL needs a local disk. */
export function journalMode(sqliteVersion: string, path: string): "WAL" | "DELETE" {
  return isWalSafe(sqliteVersion) && isLocalDisk(path) ? "WAL" : "DELETE";
}

function isWalSafe(sqliteVersion: string): boolean {
  const [major = 0, minor = 0, patch = 0] = sqliteVersion.split(".").map(Number);
  return major > 3 || (major === 3 && (minor > 51 || (minor === 51 && patch >= 3)));
}

function isLocalDisk(path: string): boolean {
  if (path.startsWith("\\\\")) return false;
  return !SHARED_FILE_SYSTEMS.has(statfsSync(dirname(path)).type);
}

function migrate(database: DatabaseSync, migrations: readonly string[]): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
    if (version > migrations.length) {
      throw new WaybillError("ledger-unusable", "The database is of a newer version", {
        isUncharged: true,
        detail: "a newer version of Waybill wrote it",
      });
    }
    for (const script of migrations.slice(version)) database.exec(script);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
