import type { DatabaseSync } from "node:sqlite";
import type { ReservationRequest } from "./ledger.ts";
import { brokenSeal, sealOf } from "./spendTotals.ts";

/** A reservation not renewed for this long belongs to a window that died. */
export const LEASE_MS = 10 * 60 * 1000;

/** What limits count of a hold, in the order that version 6 of the schema sealed older holds in. */
const SEALED = ["id", "day", "workspace", "key_label", "chat", "amount_nano", "tokens", "gateway_origin"];

/** Throws `ledger-damaged` when a hold is not the one that was written: it could leave room in a limit that is full. */
export function checkHolds(database: DatabaseSync): void {
  for (const row of database.prepare("SELECT * FROM reservation").all()) {
    if (row["seal"] !== sealOfHold(row)) throw brokenSeal();
  }
}

/** Inside a transaction. */
export function insertHold(
  database: DatabaseSync,
  request: ReservationRequest,
  booked: { readonly day: string; readonly owner: string; readonly allowance: string | undefined },
): void {
  const row = {
    id: request.reservationId,
    turn_id: request.turnId,
    owner: booked.owner,
    lease_until_ms: request.nowMs + LEASE_MS,
    day: booked.day,
    workspace: request.workspace,
    surface: request.surface,
    task_type: request.taskType,
    gateway_origin: request.gatewayOrigin,
    asked_model: request.askedModel,
    amount_nano: request.amount,
    reserved_at_ms: request.nowMs,
    key_label: request.keyLabel,
    chat: request.chat ?? null,
    tokens: request.tokens,
    policy_hash: request.policyHash ?? null,
    allowance: booked.allowance ?? null,
  };
  const values = Object.values(row);
  database
    .prepare(
      `INSERT INTO reservation (${Object.keys(row).join(", ")}, seal) VALUES (${values.map(() => "?").join(", ")}, ?)`,
    )
    .run(...values, sealOfHold(row));
}

function sealOfHold(row: Readonly<Record<string, unknown>>): number {
  return sealOf(SEALED.map((name) => row[name]));
}
