import type { DatabaseSync } from "node:sqlite";
import { bookingDay, firstCountedDay } from "../core/budget/limitPeriod.ts";
import { countedRaise } from "../core/budget/raiseLimit.ts";
import type { LimitStanding, MoneyLimit, MoneyStanding, SpendLimit, SpendPlace } from "../core/budget/spendLimit.ts";
import { type NanoUsd, ZERO_USD, addUsd, toNanoUsd } from "../core/money/nanoUsd.ts";
import { readKeyWall } from "./keyWall.ts";
import { type BookScope, type BookedSpend, BOOK_SCOPES, addSpend, bookOf, readSpend } from "./spendTotals.ts";

/** Where and when a cost is booked. */
export interface Booking extends SpendPlace {
  readonly day: string;
}

/** What was booked, for the journal: the whole cost and tokens of the row, not the change. */
export interface BookedRow extends Booking, BookedSpend {
  readonly reservationId: string;
  /** Of a row that is corrected: what was booked until now. */
  readonly before?: BookedSpend;
}

/** How long a request counts against the limit of requests in a minute. */
const MINUTE_MS = 60_000;

const HELD_IN: Readonly<Record<BookScope, string>> = {
  user: "",
  workspace: " AND workspace = ?",
  key: " AND key_label = ?",
  chat: " AND chat = ?",
};

/** Adds to the books of the person, the workspace, the key and the chat. Inside a transaction. */
export function bookSpend(database: DatabaseSync, booking: Booking, change: BookedSpend): void {
  if (change.spent === 0 && change.tokens === 0) return;
  addLabels(database, [booking.workspace, booking.keyLabel]);
  for (const scope of BOOK_SCOPES) {
    const book = bookOf(database, scope, booking);
    if (book !== undefined) addSpend(database, { ...book, day: booking.day }, change);
  }
}

/** Texts that come again and again are kept once. Inside a transaction. */
export function addLabels(database: DatabaseSync, texts: readonly string[]): void {
  const insert = database.prepare(
    "INSERT INTO label (text) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM label WHERE text = ?1)",
  );
  for (const text of texts) insert.run(text);
}

/** The day that a request of this moment is booked on. */
export function readBookingDay(database: DatabaseSync, nowMs: number): string {
  const latest = database.prepare("SELECT latest_day FROM ledger_state").get()?.["latest_day"];
  return bookingDay(nowMs, String(latest ?? ""));
}

/** Every sum is read by its index: as fast with a million rows as with one. */
export function readStandings(
  database: DatabaseSync,
  place: SpendPlace,
  { limits, day, nowMs }: { readonly limits: readonly SpendLimit[]; readonly day: string; readonly nowMs: number },
): readonly LimitStanding[] {
  const wall = readKeyWall(database, place, day);
  const own = limits.map((limit): LimitStanding => {
    switch (limit.measure) {
      case "money":
        return moneyStanding(database, place, { limit, day });
      case "tokens":
        return {
          ...limit,
          spent: readSpend(database, { scope: "user", name: 0 }, day).tokens,
          reserved: sumOf(database, "SELECT sum(tokens) AS sum FROM reservation WHERE day = ?", [day]),
        };
      case "requests":
        return { ...limit, spent: recentRequests(database, nowMs), reserved: 0 };
    }
  });
  return wall === undefined ? own : [...own, wall];
}

function moneyStanding(
  database: DatabaseSync,
  place: SpendPlace,
  { limit, day }: { readonly limit: MoneyLimit; readonly day: string },
): MoneyStanding {
  const { scope, period } = limit;
  const book = scope === "request" || scope === "gateway" ? undefined : bookOf(database, scope, place);
  if (book === undefined) return { ...limit, raisedFrom: limit.limit, spent: ZERO_USD, reserved: ZERO_USD };
  const since = firstCountedDay(period, day);
  const { spent } = readSpend(database, book, since);
  const held = book.scope === "user" ? [] : [placeName(limit, place)];
  const elsewhere = readElsewhere(database, limit, [since, ...held]);
  const reserved = sumOf(
    database,
    `SELECT sum(amount_nano) AS sum FROM reservation WHERE day >= ?${HELD_IN[book.scope]}`,
    [since, ...held],
  );
  const raised = readRaise(database, place, { limit, day });
  return {
    ...limit,
    limit: addUsd(limit.limit, raised),
    raisedFrom: limit.limit,
    spent: toNanoUsd(spent + elsewhere),
    reserved: toNanoUsd(reserved),
    ...(elsewhere === 0 ? {} : { elsewhere }),
  };
}

/**
 * What gateways count in the running period beyond the ledger: of all keys for the person's limit, of the one key for a
 * key's. No gateway knows of workspaces and chats.
 */
function readElsewhere(database: DatabaseSync, { scope, period }: MoneyLimit, values: readonly string[]): NanoUsd {
  if (period === "whole" || (scope !== "user" && scope !== "key")) return ZERO_USD;
  const sum = `SELECT sum(max(0, used_${period} - booked_${period})) AS sum FROM key_standing`;
  return toNanoUsd(sumOf(database, `${sum} WHERE first_${period} = ?${HELD_IN[scope]}`, values));
}

/** What the person raised a limit by for the day. */
export function readRaise(
  database: DatabaseSync,
  place: SpendPlace,
  { limit, day }: { readonly limit: MoneyLimit; readonly day: string },
): NanoUsd {
  const raised = sumOf(
    database,
    "SELECT amount_nano AS sum FROM raise WHERE day = ? AND scope = ? AND name = ? AND period = ?",
    [day, limit.scope, placeName(limit, place), limit.period],
  );
  return countedRaise(limit, raised);
}

/** Which one of its scope a limit is about, as a text. */
export function placeName(
  { scope }: Pick<SpendLimit, "scope">,
  { workspace, keyLabel, chat, gatewayOrigin = "" }: SpendPlace,
): string {
  switch (scope) {
    case "user":
    case "request":
      return "";
    case "workspace":
      return workspace;
    case "key":
      return keyLabel;
    case "gateway":
      return `${gatewayOrigin} ${keyLabel}`;
    case "chat":
      return chat ?? "";
  }
}

/** Counts a request towards the limit of requests in a minute. Inside a transaction. */
export function noteRequest(database: DatabaseSync, nowMs: number): void {
  // Also what lies ahead, or a clock that was set back would stop all requests until it has caught up.
  database
    .prepare("DELETE FROM recent_request WHERE at_ms NOT BETWEEN ? AND ?")
    .run(nowMs - MINUTE_MS, nowMs + MINUTE_MS);
  database.prepare("INSERT INTO recent_request (at_ms) VALUES (?)").run(nowMs);
}

function recentRequests(database: DatabaseSync, nowMs: number): number {
  // A window that waited for the lock has an older time than the one before it.
  return sumOf(database, "SELECT count(*) AS sum FROM recent_request WHERE at_ms > ? AND at_ms < ?", [
    nowMs - MINUTE_MS,
    nowMs + MINUTE_MS,
  ]);
}

function sumOf(database: DatabaseSync, query: string, values: readonly (string | number)[]): number {
  return Number(database.prepare(query).get(...values)?.["sum"] ?? 0);
}
