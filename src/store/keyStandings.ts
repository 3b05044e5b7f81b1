import type { DatabaseSync } from "node:sqlite";
import { type KeyStanding, firstToldDay } from "../core/budget/keyStanding.ts";
import { SPEND_PERIODS, type SpendPeriod, firstDayOf } from "../core/budget/spendPeriod.ts";
import { type NanoUsd, toNanoUsd } from "../core/money/nanoUsd.ts";
import type { KeyPlace } from "./keyWall.ts";

/** The ledger's side of a key at a moment, to be read before the gateway is asked: what is booked meanwhile is not in it. */
interface KeyBooks {
  readonly readAtMs: number;
  readonly booked: Readonly<Record<SpendPeriod, NanoUsd>>;
  /** The last row that is in these sums. */
  readonly lastSequence: number;
}

/** What the gateway says of a key. */
type ToldKey = Pick<KeyStanding, "limit" | "remaining" | "limitPeriod" | "used">;

/** What gateways said of keys last, in the ledger's database. Every method rejects with `WaybillError`. */
export interface KeyStandingStore {
  books(place: KeyPlace, nowMs: number): Promise<KeyBooks>;
  /**
   * From now on limits of the person and of keys count what the gateway has beyond the ledger, and its own limit counts,
   * too.
   */
  note(place: KeyPlace, told: ToldKey, books: KeyBooks): Promise<void>;
  latest(place: KeyPlace): Promise<KeyStanding | undefined>;
  /** Whether this window is the first to tell that the key has no limit; once a key on a machine. */
  claimNotice(place: KeyPlace): Promise<boolean>;
}

/** Runs an action as one transaction. */
type Transaction = <T>(action: () => T) => Promise<T>;

export function createKeyStandings(database: DatabaseSync, transaction: Transaction): KeyStandingStore {
  return {
    books: (place, nowMs) => transaction(() => readBooks(database, place, nowMs)),
    note: (place, told, books) => transaction(() => writeStanding(database, { ...place, ...told }, books)),
    latest: (place) => transaction(() => readStanding(database, place)),
    claimNotice: (place) => transaction(() => claimNotice(database, place)),
  };
}

function readBooks(database: DatabaseSync, place: KeyPlace, nowMs: number): KeyBooks {
  const since = (period: SpendPeriod) => readBooked(database, place, firstDayOf(period, nowMs));
  const last = database.prepare("SELECT coalesce(max(sequence), 0) AS last FROM waybill_row").get();
  return {
    readAtMs: nowMs,
    booked: { day: since("day"), week: since("week"), month: since("month") },
    lastSequence: Number(last?.["last"]),
  };
}

/** A sum that only the journal had belongs to no gateway any more; it may be this one's. */
function readBooked(database: DatabaseSync, { gatewayOrigin, keyLabel }: KeyPlace, sinceDay: string): NanoUsd {
  const row = database
    .prepare(
      `SELECT coalesce(sum(spent_nano * (gateway.text = ?1)), 0) + max(0,
         (SELECT coalesce(sum(spent_nano), 0) FROM spend_total WHERE scope = 'key' AND day >= ?3
            AND name = (SELECT id FROM label WHERE text = ?2)) - coalesce(sum(spent_nano), 0)) AS booked
       FROM key_total JOIN label gateway ON gateway.id = key_total.gateway_origin
       WHERE key_label = (SELECT id FROM label WHERE text = ?2) AND day >= ?3`,
    )
    .get(gatewayOrigin, keyLabel, sinceDay);
  return toNanoUsd(Number(row?.["booked"] ?? 0));
}

function writeStanding(
  database: DatabaseSync,
  { gatewayOrigin, keyLabel, limit, remaining, limitPeriod, used }: KeyPlace & ToldKey,
  { readAtMs, booked, lastSequence }: KeyBooks,
): void {
  // What may be of the period before says nothing.
  const isClear = (period: SpendPeriod) => firstToldDay(period, readAtMs) !== undefined;
  const periods = SPEND_PERIODS.flatMap((period) => [
    isClear(period) ? (used[period] ?? null) : null,
    firstDayOf(period, readAtMs),
    booked[period],
  ]);
  const wasTold = database
    .prepare("DELETE FROM key_standing WHERE gateway_origin = ? AND key_label = ? RETURNING was_told")
    .get(gatewayOrigin, keyLabel);
  database
    .prepare(
      `INSERT INTO key_standing (gateway_origin, key_label, taken_at_ms, limit_nano, remaining_nano, limit_period,
         first_limit, used_day, first_day, booked_day, used_week, first_week, booked_week, used_month, first_month,
         booked_month, last_sequence, was_told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      gatewayOrigin,
      keyLabel,
      readAtMs,
      limit ?? null,
      remaining ?? null,
      limitPeriod,
      firstToldDay(limitPeriod, readAtMs) ?? null,
      ...periods,
      lastSequence,
      Number(wasTold?.["was_told"] ?? 0),
    );
}

function readStanding(database: DatabaseSync, { gatewayOrigin, keyLabel }: KeyPlace): KeyStanding | undefined {
  const row = database
    .prepare("SELECT * FROM key_standing WHERE gateway_origin = ? AND key_label = ?")
    .get(gatewayOrigin, keyLabel);
  if (row === undefined) return undefined;
  const amount = (name: string) => (typeof row[name] === "number" ? toNanoUsd(row[name]) : undefined);
  const booked = (period: SpendPeriod) => toNanoUsd(Number(row[`booked_${period}`]));
  return {
    takenAtMs: Number(row["taken_at_ms"]),
    limit: amount("limit_nano"),
    remaining: amount("remaining_nano"),
    limitPeriod: SPEND_PERIODS.find((known) => known === row["limit_period"]) ?? "whole",
    used: { day: amount("used_day"), week: amount("used_week"), month: amount("used_month") },
    booked: { day: booked("day"), week: booked("week"), month: booked("month") },
  };
}

function claimNotice(database: DatabaseSync, { gatewayOrigin, keyLabel }: KeyPlace): boolean {
  const { changes } = database
    .prepare(
      `UPDATE key_standing SET was_told = 1
       WHERE gateway_origin = ? AND key_label = ? AND was_told = 0 AND limit_nano IS NULL AND remaining_nano IS NULL`,
    )
    .run(gatewayOrigin, keyLabel);
  return changes === 1;
}
