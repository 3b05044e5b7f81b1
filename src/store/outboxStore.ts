import { existsSync, statSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import { WaybillError, toWaybillError } from "../core/errors/waybillError.ts";
import type { SentRequest } from "../core/outbox/sentRequest.ts";
import { PRIVACY_PROFILES } from "../core/privacy/privacyProfile.ts";
import type { DayRange } from "../core/spend/spendSums.ts";
import { TASK_TYPES } from "../core/tasks/taskType.ts";
import { SURFACES } from "../core/waybill/waybill.ts";
import { openDatabase } from "./openDatabase.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";
import { setLedgerAside } from "./setLedgerAside.ts";

export interface OutboxOptions {
  readonly path: string;
  readonly now: () => number;
  /** The file was damaged; it is kept beside the new one. */
  readonly reportDamage: () => void;
  /** For tests. */
  readonly limits?: OutboxLimits;
}

/** What is older, or the oldest beyond this size, goes. */
export interface OutboxLimits {
  readonly ageMs: number;
  readonly bytes: number;
  /** So many rows of this window until it is looked at again. */
  readonly every: number;
}

const DEFAULT_LIMITS: OutboxLimits = { ageMs: 90 * 24 * 60 * 60 * 1000, bytes: 50_000_000, every: 100 };

/** A request of the list, with the number that it has there. */
export interface ListedRequest extends SentRequest {
  readonly id: number;
}

/** The requests that left this machine with a person's text. Every method rejects with `outbox-unusable`. */
export interface OutboxStore {
  note(sent: SentRequest): Promise<void>;
  /** The newest first, below a number where one is given. */
  list(limit: number, before?: number): Promise<readonly ListedRequest[]>;
  /** All of some UTC days, or all; it is gone from the disk then. Answers how many. */
  forget(range?: DayRange): Promise<number>;
  close(): Promise<void>;
}

const MIGRATIONS = [
  `
  CREATE TABLE sent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    size INTEGER NOT NULL,
    details TEXT NOT NULL,
    text TEXT
  ) STRICT;

  CREATE INDEX sent_by_time ON sent (at_ms);
  `,
];

const DAY_MS = 24 * 60 * 60 * 1000;

export async function openOutboxStore(options: OutboxOptions): Promise<OutboxStore> {
  const outbox = new SqliteOutbox(options);
  await unusable(outbox.open());
  return outbox;
}

/** The words of other stores are about the ledger. */
async function unusable<T>(action: Promise<T>): Promise<T> {
  try {
    return await action;
  } catch (error) {
    const { code, detail } = toWaybillError(error);
    const why = code === "ledger-busy" ? "another window keeps it locked" : detail;
    throw new WaybillError("outbox-unusable", "The list of what was sent cannot be used", {
      cause: error,
      isUncharged: true,
      ...(why === undefined ? {} : { detail: why }),
    });
  }
}

class SqliteOutbox implements OutboxStore {
  readonly #options: OutboxOptions;
  #database: DatabaseSync | undefined;
  /** Rows of this window, for pruning now and then. */
  #noted = 0;
  /** Late work that the next closing waits for. */
  #pruning: Promise<void> = Promise.resolve();

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** A damaged file is set aside: what it listed can be looked at, and nothing may wait for it. */
  async open(): Promise<DatabaseSync> {
    if (this.#database?.isOpen === true) return this.#database;
    const { path, reportDamage, now } = this.#options;
    const file = fileNumber(path);
    try {
      this.#database = await openFile(path);
    } catch (error) {
      if (toWaybillError(error).code !== "ledger-damaged") throw error;
      // Another window may have done it meanwhile.
      if (fileNumber(path) === file) setLedgerAside(path, now());
      this.#database = await openFile(path);
      reportDamage();
    }
    return this.#database;
  }

  async note({ text, ...details }: SentRequest): Promise<void> {
    const written = JSON.stringify(details);
    const size = written.length + (text?.length ?? 0);
    await this.#use((database) => {
      database
        .prepare("INSERT INTO sent (at_ms, size, details, text) VALUES (?, ?, ?, ?)")
        .run(details.atMs, size, written, text ?? null);
    });
    const { every } = this.#options.limits ?? DEFAULT_LIMITS;
    if (this.#noted % every === 0) this.#pruning = this.#prune().catch(() => undefined);
    this.#noted += 1;
  }

  list(limit: number, before = Number.MAX_SAFE_INTEGER): Promise<readonly ListedRequest[]> {
    return this.#use((database) =>
      database
        .prepare("SELECT id, details, text FROM sent WHERE id < ? ORDER BY id DESC LIMIT ?")
        .all(before, limit)
        .flatMap((row) => readRow(row)),
    );
  }

  async forget(range?: DayRange): Promise<number> {
    await this.#pruning;
    const from = range === undefined ? Number.MIN_SAFE_INTEGER : Date.parse(range.firstDay);
    const until = range === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(range.lastDay) + DAY_MS;
    const count = await this.#use((database) =>
      Number(database.prepare("DELETE FROM sent WHERE at_ms >= ? AND at_ms < ?").run(from, until).changes),
    );
    await this.#use((database) => database.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"));
    return count;
  }

  async close(): Promise<void> {
    await this.#pruning;
    if (this.#database?.isOpen === true) this.#database.close();
  }

  /** A file that turns out damaged is opened anew once, which sets it aside. */
  #use<T>(action: (database: DatabaseSync) => T): Promise<T> {
    return unusable(this.#useOnceMore(action));
  }

  async #useOnceMore<T>(action: (database: DatabaseSync) => T): Promise<T> {
    const database = await this.open();
    try {
      return await retryWhileLocked(() => action(database));
    } catch (error) {
      if (toWaybillError(error).code !== "ledger-damaged") throw error;
      if (database.isOpen) database.close();
      const anew = await this.open();
      return await retryWhileLocked(() => action(anew));
    }
  }

  async #prune(): Promise<void> {
    const { ageMs, bytes } = this.#options.limits ?? DEFAULT_LIMITS;
    const oldest = this.#options.now() - ageMs;
    await this.#use((database) => {
      database.prepare("DELETE FROM sent WHERE at_ms < ?").run(oldest);
      database
        .prepare(
          `DELETE FROM sent WHERE id <= (SELECT max(id) FROM (SELECT id, sum(size) OVER (ORDER BY id DESC) AS above FROM sent)
             WHERE above > ?)`,
        )
        .run(bytes);
    });
  }
}

async function openFile(path: string): Promise<DatabaseSync> {
  const database = await openDatabase({
    path,
    version: MIGRATIONS.length,
    loadMigrations: async () => MIGRATIONS,
    // A large file is not read as a whole before a question; damage shows when it is written.
    checkAlways: () => undefined,
  });
  database.exec("PRAGMA secure_delete = ON");
  return database;
}

/** Which file it is, so that one that another window has put there is not taken for the damaged one. */
function fileNumber(path: string): number | undefined {
  return existsSync(path) ? statSync(path).ino : undefined;
}

const list = z.array(z.string());

const detailsSchema = z.object({
  atMs: z.number(),
  turnId: z.string(),
  attempt: z.number(),
  surface: z.enum(SURFACES),
  taskType: z.enum(TASK_TYPES),
  workspace: z.string(),
  gatewayOrigin: z.string(),
  keyName: z.string(),
  models: list,
  privacy: z.enum(PRIVACY_PROFILES),
  rules: z.object({
    dataCollection: z.exactOptional(z.enum(["allow", "deny"])),
    zdr: z.exactOptional(z.boolean()),
    only: z.exactOptional(list),
    ignore: z.exactOptional(list),
    order: z.exactOptional(list),
  }),
  items: z.array(z.object({ what: z.string(), label: z.string(), bytes: z.number() })),
  maskedSecrets: z.exactOptional(z.number()),
  bytes: z.number(),
});

/** A row that another version wrote in a form of its own is left out. */
function readRow({ id, details, text }: Readonly<Record<string, unknown>>): readonly ListedRequest[] {
  try {
    const parsed = detailsSchema.parse(JSON.parse(String(details)));
    return [{ id: Number(id), ...parsed, ...(typeof text === "string" ? { text } : {}) }];
  } catch {
    return [];
  }
}
