import type { DatabaseSync } from "node:sqlite";
import { type NanoUsd, subtractUsd, toNanoUsd, ZERO_USD } from "../core/money/nanoUsd.ts";
import type { Waybill } from "../core/waybill/waybill.ts";
import type { CostCorrection } from "./ledger.ts";

/** A row of `reservation` or `waybill` as SQLite gives it. */
type Row = Record<string, unknown>;

export interface Settlement {
  readonly reservationId: string;
  readonly waybill: Waybill;
  /** The reservation that this settles; `undefined` when it was settled or recovered before. */
  readonly held: Row | undefined;
}

/** Where the cost was booked. */
export interface Booking {
  readonly day: string;
  readonly workspace: string;
}

/**
 * Writes the row of a turn and books its cost on the day it was reserved. A turn that has a row already is corrected
 * as long as its cost was not certain; a certain one stays. Inside a transaction.
 */
export function upsertWaybill(
  database: DatabaseSync,
  { reservationId, waybill, held }: Settlement,
): Booking | undefined {
  if (held !== undefined) {
    insertWaybill(database, waybill, held);
    return book(database, held, waybill.cost);
  }
  const known = database.prepare("SELECT * FROM waybill WHERE reservation_id = ?").get(reservationId);
  if (known === undefined || known["cost_source"] === "billed" || known["cost_source"] === "reconciled") {
    return undefined;
  }
  correctWaybill(database, reservationId, waybill);
  return book(database, known, subtractUsd(waybill.cost, toNanoUsd(Number(known["cost_nano"]))));
}

/** Settles a row whose cost was not certain by what the gateway told afterwards. Inside a transaction. */
export function correctCost(
  database: DatabaseSync,
  reservationId: string,
  { cost, usage, model, provider }: CostCorrection,
): Booking | undefined {
  const known = database
    .prepare("SELECT * FROM waybill WHERE reservation_id = ? AND cost_source IN ('estimated', 'unknown')")
    .get(reservationId);
  if (known === undefined) return undefined;
  database
    .prepare(
      `UPDATE waybill SET cost_nano = ?, cost_source = 'reconciled', prompt_tokens = ?, completion_tokens = ?,
         cached_tokens = ?, reasoning_tokens = ?, served_model = coalesce(served_model, ?), provider = coalesce(?, provider)
       WHERE reservation_id = ?`,
    )
    .run(
      cost,
      usage.promptTokens,
      usage.completionTokens,
      usage.cachedTokens,
      usage.reasoningTokens,
      model ?? null,
      provider ?? null,
      reservationId,
    );
  return book(database, known, subtractUsd(cost, toNanoUsd(Number(known["cost_nano"]))));
}

/** The row of a turn whose window died: the whole reservation counts as spent. Inside a transaction. */
export function insertUnknownWaybill(database: DatabaseSync, held: Row): void {
  const amount = toNanoUsd(Number(held["amount_nano"]));
  database
    .prepare(
      `INSERT INTO waybill (reservation_id, turn_id, generation_id, day, workspace, surface, task_type, gateway_origin,
         asked_model, reserved_nano, cost_nano, cost_source, finish, started_at_ms, total_ms, reasons)
       SELECT id, turn_id, generation_id, day, workspace, surface, task_type, gateway_origin, asked_model, amount_nano,
         amount_nano, 'unknown', 'incomplete', reserved_at_ms, 0, '[]' FROM reservation WHERE id = ?`,
    )
    .run(String(held["id"]));
  book(database, held, amount);
}

function insertWaybill(database: DatabaseSync, waybill: Waybill, held: Row): void {
  database
    .prepare(
      `INSERT INTO waybill (reservation_id, turn_id, day, workspace, surface, task_type, gateway_origin, asked_model,
         reserved_nano, started_at_ms, reasons, discarded, generation_id, served_model, provider, prompt_tokens, completion_tokens,
         cached_tokens, reasoning_tokens, cost_nano, cost_source, finish, first_token_ms, total_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      String(held["id"]),
      waybill.turnId,
      String(held["day"]),
      String(held["workspace"]),
      waybill.surface,
      waybill.taskType,
      waybill.gatewayOrigin,
      waybill.askedModel,
      Number(held["amount_nano"]),
      waybill.startedAtMs,
      JSON.stringify(waybill.reasons),
      JSON.stringify(waybill.discarded.map(({ askedModel, failure, waitedMs }) => ({ askedModel, failure, waitedMs }))),
      ...outcomeValues(waybill),
    );
}

function correctWaybill(database: DatabaseSync, reservationId: string, waybill: Waybill): void {
  database
    .prepare(
      `UPDATE waybill SET generation_id = ?, served_model = ?, provider = ?, prompt_tokens = ?, completion_tokens = ?,
         cached_tokens = ?, reasoning_tokens = ?, cost_nano = ?, cost_source = ?, finish = ?, first_token_ms = ?,
         total_ms = ? WHERE reservation_id = ?`,
    )
    .run(...outcomeValues(waybill), reservationId);
}

/** The columns that only the outcome fills, in the order both statements name them. */
function outcomeValues(waybill: Waybill): (string | number | null)[] {
  const { usage } = waybill;
  return [
    waybill.generationId ?? null,
    waybill.servedModel ?? null,
    waybill.provider ?? null,
    usage?.promptTokens ?? null,
    usage?.completionTokens ?? null,
    usage?.cachedTokens ?? null,
    usage?.reasoningTokens ?? null,
    waybill.cost,
    waybill.costSource,
    waybill.finish,
    waybill.firstTokenMs === undefined ? null : Math.round(waybill.firstTokenMs),
    Math.round(waybill.totalMs),
  ];
}

function book(database: DatabaseSync, place: Row, amount: NanoUsd): Booking {
  const booking = { day: String(place["day"]), workspace: String(place["workspace"]) };
  if (amount !== ZERO_USD) {
    database
      .prepare(
        `INSERT INTO day_total (day, workspace, spent_nano) VALUES (?, ?, ?)
         ON CONFLICT (day, workspace) DO UPDATE SET spent_nano = spent_nano + excluded.spent_nano`,
      )
      .run(booking.day, booking.workspace, amount);
  }
  return booking;
}
