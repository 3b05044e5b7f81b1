import type { DatabaseSync } from "node:sqlite";
import { firstCountedDay } from "../core/budget/limitPeriod.ts";
import { type LimitStanding, type MoneyLimit, type SpendPlace, limitName } from "../core/budget/spendLimit.ts";
import { countedRaise } from "../core/budget/raiseLimit.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import { compactId } from "./compactId.ts";
import { placeName, readRaise } from "./spendBooks.ts";

/** The person's leave for one turn to pass the limits on money, up to an amount. */
export interface Allowance {
  readonly id: string;
  readonly amount: NanoUsd;
}

/** What asks for its leave to be used. */
interface AllowedRequest {
  readonly turnId: string;
  readonly amount: NanoUsd;
  readonly allowance?: Allowance;
  readonly nowMs: number;
}

/**
 * Takes the amount out of the leave, if there is enough left of it for this very turn. It never lets through more than the
 * person clicked on, nor what holds and rows already took of it, whatever the file says. Inside a transaction.
 */
export function takeAllowance(database: DatabaseSync, { turnId, amount, allowance, nowMs }: AllowedRequest): boolean {
  if (allowance === undefined) return false;
  database
    .prepare("INSERT OR IGNORE INTO allowance (id, turn_id, amount_nano, used_nano, at_ms) VALUES (?, ?, ?, 0, ?)")
    .run(allowance.id, turnId, allowance.amount, nowMs);
  const taken = readTaken(database, allowance.id, turnId);
  const { changes } = database
    .prepare(
      `UPDATE allowance SET used_nano = max(used_nano, ?4) + ?1
       WHERE id = ?2 AND turn_id = ?3 AND max(used_nano, ?4) + ?1 <= min(amount_nano, ?5)`,
    )
    .run(amount, allowance.id, turnId, taken, allowance.amount);
  return changes === 1;
}

/** What the turn's holds and rows took of a leave. */
function readTaken(database: DatabaseSync, id: string, turnId: string): number {
  const row = database
    .prepare(
      `SELECT (SELECT coalesce(sum(amount_nano), 0) FROM reservation WHERE allowance = ?1)
            + (SELECT coalesce(sum(reserved_nano), 0) FROM waybill_row WHERE turn_id = ?2 AND allowance = ?1) AS taken`,
    )
    .get(id, compactId(turnId));
  return Number(row?.["taken"]);
}

/** The request cost nothing: the same turn may use its leave for another attempt. Inside a transaction. */
export function returnAllowance(database: DatabaseSync, held: Record<string, unknown>): void {
  const id = held["allowance"];
  if (typeof id !== "string") return;
  database
    .prepare("UPDATE allowance SET used_nano = max(0, used_nano - ?) WHERE id = ?")
    .run(Number(held["amount_nano"]), id);
}

/**
 * Raises a limit for the day. All raises of a day together at most double the limit. Answers what it is raised by now.
 * Inside a transaction.
 */
export function writeRaise(
  database: DatabaseSync,
  place: SpendPlace,
  raise: { readonly limit: MoneyLimit; readonly amount: NanoUsd; readonly day: string; readonly nowMs: number },
): NanoUsd {
  const { limit, amount, day, nowMs } = raise;
  const raised = countedRaise(limit, readRaise(database, place, { limit, day }) + amount);
  database
    .prepare("INSERT OR REPLACE INTO raise (day, scope, name, period, amount_nano, at_ms) VALUES (?, ?, ?, ?, ?, ?)")
    .run(day, limit.scope, placeName(limit, place), limit.period, raised, nowMs);
  return raised;
}

/** Whether nobody has told of this yet in the running period; from now on somebody has. Inside a transaction. */
export function claimAlert(
  database: DatabaseSync,
  place: SpendPlace,
  { standing, percent, day }: { readonly standing: LimitStanding; readonly percent: number; readonly day: string },
): boolean {
  const firstDay = standing.period === "minute" ? day : firstCountedDay(standing.period, day);
  const { changes } = database
    .prepare("INSERT OR IGNORE INTO alert (first_day, limit_name, name, percent) VALUES (?, ?, ?, ?)")
    .run(firstDay, limitName(standing), placeName(standing, place), percent);
  return changes === 1;
}
