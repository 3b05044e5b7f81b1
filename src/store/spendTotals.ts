import type { DatabaseSync } from "node:sqlite";
import { WaybillError } from "../core/errors/waybillError.ts";
import type { SpendPlace } from "../core/budget/spendLimit.ts";
import { compactId } from "./compactId.ts";

/** Whose sums are kept by day. Money and tokens go into the book of each. */
export const BOOK_SCOPES = ["user", "workspace", "key", "chat"] as const;

const ID_BYTES = 16;

export type BookScope = (typeof BOOK_SCOPES)[number];

/** An amount on its way into the books. Both may be negative for a correction. */
export interface BookedSpend {
  readonly spent: number;
  readonly tokens: number;
}

/** One book, as its sums are found. */
export interface Book {
  readonly scope: BookScope;
  readonly name: number | string | Uint8Array;
}

/** `undefined` where a request has no such book: it belongs to no chat. Inside a transaction, or for reading. */
export function bookOf(database: DatabaseSync, scope: BookScope, place: SpendPlace): Book | undefined {
  switch (scope) {
    case "user":
      return { scope, name: 0 };
    case "workspace":
      return { scope, name: labelId(database, place.workspace) };
    case "key":
      return { scope, name: labelId(database, place.keyLabel) };
    case "chat":
      return place.chat === undefined ? undefined : { scope, name: compactId(place.chat) };
  }
}

function labelId(database: DatabaseSync, text: string): number {
  return Number(database.prepare("SELECT id FROM label WHERE text = ?").get(text)?.["id"] ?? 0);
}

/** The sum of a book since a day. Throws `ledger-damaged` when a sum is not the one that was written. */
export function readSpend(database: DatabaseSync, { scope, name }: Book, sinceDay: string): BookedSpend {
  const rows = database
    .prepare(
      "SELECT scope, name, day, spent_nano, tokens, seal FROM spend_total WHERE scope = ? AND name = ? AND day >= ?",
    )
    .all(scope, name, sinceDay);
  let [spent, tokens] = [0, 0];
  for (const row of rows) {
    checkSeal(row);
    spent += Number(row["spent_nano"]);
    tokens += Number(row["tokens"]);
  }
  return { spent, tokens };
}

/** Adds to a book's day. Inside a transaction. */
export function addSpend(database: DatabaseSync, book: Book & { readonly day: string }, added: BookedSpend): void {
  const { scope, name, day } = book;
  const known = database
    .prepare("SELECT * FROM spend_total WHERE scope = ? AND name = ? AND day = ?")
    .get(scope, name, day);
  if (known !== undefined) checkSeal(known);
  const spent = Number(known?.["spent_nano"] ?? 0) + added.spent;
  const tokens = Number(known?.["tokens"] ?? 0) + added.tokens;
  database
    .prepare(
      `INSERT INTO spend_total (scope, name, day, spent_nano, tokens, seal) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET spent_nano = excluded.spent_nano, tokens = excluded.tokens, seal = excluded.seal`,
    )
    .run(scope, name, day, spent, tokens, sealOf([scope, name, day, spent, tokens]));
}

/**
 * Throws `ledger-damaged` when a sum since a month that limits rest on is not the one that was written, or when one of any day
 * is missing. Those of chats are left out.
 */
export function checkSpendTotals(database: DatabaseSync, sinceMonth: string): void {
  const rows = database
    .prepare("SELECT * FROM spend_total WHERE scope IN ('user', 'workspace', 'key') AND day >= ?")
    .all(sinceMonth);
  for (const row of rows) checkSeal(row);
  const amiss = database.prepare("SELECT 1 FROM shelf_amiss LIMIT 1").get();
  if (amiss !== undefined) throw brokenSeal();
}

/** Sums that are read together to see that none is missing (`ledgerSchemaShelves.ts`). */
export interface Shelf {
  readonly name: string;
  readonly scope: BookScope;
  /** From one name, or day, to another one that is not on it any more. */
  readonly by: "name" | "day";
  readonly from: string | Uint8Array;
  readonly to: string | Uint8Array;
}

/** `firstByte` is that of the ids that are UUIDs, `undefined` for all others. */
export function chatShelf(firstByte: number | undefined): Shelf {
  if (firstByte === undefined) return { name: "chat", scope: "chat", by: "name", from: "", to: new Uint8Array() };
  const name = `chat ${firstByte.toString(16).padStart(2, "0").toUpperCase()}`;
  const to = Uint8Array.of(firstByte, ...new Uint8Array(ID_BYTES).fill(0xff));
  return { name, scope: "chat", by: "name", from: Uint8Array.of(firstByte), to };
}

/**
 * Throws `ledger-damaged` when a sum on a shelf is missing or not the one that was written. Row by row: what SQLite adds up
 * itself is of the rows that stand between, whatever their names are. In one transaction.
 */
export function checkShelf(database: DatabaseSync, { name, scope, by, from, to }: Shelf): void {
  const rows = database
    .prepare(`SELECT * FROM spend_total WHERE scope = ? AND ${by} >= ? AND ${by} < ?`)
    .all(scope, from, to);
  let seals = 0;
  for (const row of rows) {
    checkSeal(row);
    seals += Number(row["seal"]);
  }
  const known = database.prepare("SELECT entries, seals FROM total_shelf WHERE shelf = ?").get(name);
  if (rows.length !== (known?.["entries"] ?? 0) || seals !== (known?.["seals"] ?? 0)) throw brokenSeal();
}

/** Of a chat's id; `undefined` when it is no UUID. */
export function firstByteOf(chat: string): number | undefined {
  const id = compactId(chat);
  return typeof id === "string" ? undefined : id[0];
}

function checkSeal({ scope, name, day, spent_nano, tokens, seal }: Record<string, unknown>): void {
  if (seal !== sealOf([scope, name, day, spent_nano, tokens])) throw brokenSeal();
}

export function brokenSeal(): WaybillError {
  return new WaybillError("ledger-damaged", "The ledger is not the one that was written", { isUncharged: true });
}

/** FNV-1a: one changed bit always changes it. */
export function sealOf(values: readonly unknown[]): number {
  const text = values
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value))
    .join(" ");
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
