import type { DatabaseSync } from "node:sqlite";
import { answeringModel } from "../core/waybill/answeringModel.ts";
import type { Waybill } from "../core/waybill/waybill.ts";
import { compactId } from "./compactId.ts";
import type { CostCorrection } from "./ledger.ts";
import { type BookedRow, type Booking, addLabels, bookSpend } from "./spendBooks.ts";
import type { BookedSpend } from "./spendTotals.ts";

/** A row of `reservation` or `waybill_row` as SQLite gives it. */
type Row = Record<string, unknown>;
type Value = string | number | Uint8Array | null;

export interface Settlement {
  readonly reservationId: string;
  readonly waybill: Waybill;
  /** The reservation that this settles; `undefined` when it was settled or recovered before. */
  readonly held: Row | undefined;
}

const LABEL = "coalesce((SELECT id FROM label WHERE text = ?), 0)";

/**
 * Writes the row of a turn and books its cost on the day it was reserved. A turn that has a row already is corrected
 * as long as its cost was not certain; a certain one stays. Inside a transaction.
 */
export function upsertWaybill(
  database: DatabaseSync,
  { reservationId, waybill, held }: Settlement,
): BookedRow | undefined {
  if (held !== undefined) {
    const row = fromReservation(held);
    const booked = { spent: waybill.cost, tokens: tokensOf(waybill.usage) ?? row.tokens };
    insertRow(database, waybill, { held, tokens: booked.tokens });
    bookSpend(database, row.booking, booked);
    return { reservationId, ...row.booking, ...booked };
  }
  const known = readUncertain(database, reservationId);
  if (known === undefined) return undefined;
  const booked = { spent: waybill.cost, tokens: tokensOf(waybill.usage) ?? known.booked.tokens };
  updateRow(database, waybill, { reservationId, tokens: booked.tokens });
  return rebook(database, { reservationId, ...known }, booked);
}

/** Settles a row whose cost was not certain by what the gateway told afterwards. Inside a transaction. */
export function correctCost(
  database: DatabaseSync,
  reservationId: string,
  { cost, usage, model, provider }: CostCorrection,
): BookedRow | undefined {
  const known = readUncertain(database, reservationId);
  if (known === undefined) return undefined;
  const servedModel = known.servedModel ?? model;
  const answering = answeringModel({ askedModel: known.askedModel, servedModel });
  addLabels(
    database,
    [answering, servedModel, provider].filter((text) => text !== undefined),
  );
  const booked = { spent: cost, tokens: usage.promptTokens + usage.completionTokens };
  database
    .prepare(
      `UPDATE waybill_row SET cost_nano = ?, cost_source = 'reconciled', prompt_tokens = ?, completion_tokens = ?,
         cached_tokens = ?, reasoning_tokens = ?, booked_tokens = ?, served_model = ${LABEL}, model = ${LABEL},
         provider = coalesce((SELECT id FROM label WHERE text = ?), provider)
       WHERE reservation_id = ?`,
    )
    .run(
      cost,
      usage.promptTokens,
      usage.completionTokens,
      usage.cachedTokens,
      usage.reasoningTokens,
      booked.tokens,
      servedModel ?? null,
      answering,
      provider ?? null,
      compactId(reservationId),
    );
  return rebook(database, { reservationId, ...known }, booked);
}

/**
 * The row of a turn whose window died: the whole reservation counts as spent, unless the journal knows what was booked.
 * It can still be corrected. Inside a transaction.
 */
export function insertLostWaybill(database: DatabaseSync, held: Row, known?: BookedSpend): BookedRow {
  const { booking, tokens: heldTokens } = fromReservation(held);
  const reservationId = String(held["id"]);
  const amount = Number(held["amount_nano"]);
  const { spent, tokens } = known ?? { spent: amount, tokens: heldTokens };
  const labels = ["workspace", "key_label", "surface", "task_type", "gateway_origin", "asked_model"].map((name) =>
    String(held[name]),
  );
  addLabels(database, labels);
  database
    .prepare(
      `INSERT INTO waybill_row (reservation_id, turn_id, generation_id, day, workspace, key_label, surface, task_type,
         gateway_origin, asked_model, model, served_model, provider, chat, booked_tokens, reserved_nano, cost_nano,
         cost_source, finish, started_at_ms, total_ms, attempts, policy_hash, allowance)
       VALUES (?, ?, ?, ?, ${LABEL}, ${LABEL}, ${LABEL}, ${LABEL}, ${LABEL}, ${LABEL}, ${LABEL}, 0, 0, ?, ?, ?, ?,
         ?, 'incomplete', ?, 0, 1, ?, ?)`,
    )
    .run(
      compactId(reservationId),
      compactId(String(held["turn_id"])),
      valueOf(held["generation_id"]),
      booking.day,
      ...labels,
      String(held["asked_model"]),
      booking.chat === undefined ? null : compactId(booking.chat),
      tokens,
      amount,
      spent,
      known === undefined ? "unknown" : "estimated",
      Number(held["reserved_at_ms"]),
      valueOf(held["policy_hash"]),
      valueOf(held["allowance"]),
    );
  bookSpend(database, booking, { spent, tokens });
  return { reservationId, ...booking, spent, tokens };
}

/** The journal has a dearer cost of a row than the ledger, which is older. Inside a transaction. */
export function raiseCost(database: DatabaseSync, reservationId: string, booked: BookedSpend): void {
  const known = readUncertain(database, reservationId);
  if (known === undefined || known.booked.spent >= booked.spent) return;
  database
    .prepare("UPDATE waybill_row SET cost_nano = ?, booked_tokens = ? WHERE reservation_id = ?")
    .run(booked.spent, booked.tokens, compactId(reservationId));
  rebook(database, { reservationId, ...known }, booked);
}

function insertRow(database: DatabaseSync, waybill: Waybill, { held, tokens }: { held: Row; tokens: number }): void {
  const { booking } = fromReservation(held);
  const labels = [
    booking.workspace,
    booking.keyLabel,
    waybill.surface,
    waybill.taskType,
    waybill.gatewayOrigin,
    waybill.askedModel,
  ];
  addLabels(database, [...labels, ...outcomeLabels(waybill)]);
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO waybill_row (reservation_id, turn_id, day, chat, reserved_nano, started_at_ms, attempts, policy_hash,
         allowance, workspace, key_label, surface, task_type, gateway_origin, asked_model, booked_tokens, generation_id,
         served_model, model, provider, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, cost_nano,
         cost_source, finish, first_token_ms, total_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ${LABEL}, ${LABEL}, ${LABEL}, ${LABEL}, ${LABEL}, ${LABEL}, ?, ?, ${LABEL},
         ${LABEL}, ${LABEL}, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      compactId(String(held["id"])),
      compactId(waybill.turnId),
      booking.day,
      booking.chat === undefined ? null : compactId(booking.chat),
      Number(held["amount_nano"]),
      waybill.startedAtMs,
      waybill.discarded.length + 1,
      valueOf(held["policy_hash"]),
      valueOf(held["allowance"]),
      ...labels,
      tokens,
      ...outcomeValues(waybill),
    );
  insertDetail(database, Number(lastInsertRowid), waybill);
}

/** Texts of their own in every row; they are dropped after a while. */
function insertDetail(database: DatabaseSync, sequence: number, { reasons, discarded }: Waybill): void {
  if (reasons.length === 0 && discarded.length === 0) return;
  const tried = discarded.map(({ askedModel, failure, waitedMs }) => ({ askedModel, failure, waitedMs }));
  database
    .prepare("INSERT OR REPLACE INTO waybill_detail (sequence, reasons, discarded) VALUES (?, ?, ?)")
    .run(sequence, JSON.stringify(reasons), JSON.stringify(tried));
}

function updateRow(
  database: DatabaseSync,
  waybill: Waybill,
  { reservationId, tokens }: { reservationId: string; tokens: number },
): void {
  addLabels(database, outcomeLabels(waybill));
  const row = database
    .prepare(
      `UPDATE waybill_row SET attempts = ?, booked_tokens = ?, generation_id = ?, served_model = ${LABEL}, model = ${LABEL},
         provider = ${LABEL}, prompt_tokens = ?, completion_tokens = ?, cached_tokens = ?, reasoning_tokens = ?,
         cost_nano = ?, cost_source = ?, finish = ?, first_token_ms = ?, total_ms = ? WHERE reservation_id = ?
       RETURNING sequence`,
    )
    .get(waybill.discarded.length + 1, tokens, ...outcomeValues(waybill), compactId(reservationId));
  insertDetail(database, Number(row?.["sequence"]), waybill);
}

function outcomeLabels(waybill: Waybill): readonly string[] {
  return [answeringModel(waybill), waybill.servedModel, waybill.provider].filter((text) => text !== undefined);
}

/** The columns that only the outcome fills, in the order both statements name them. */
function outcomeValues(waybill: Waybill): Value[] {
  const { usage } = waybill;
  return [
    waybill.generationId ?? null,
    waybill.servedModel ?? null,
    answeringModel(waybill),
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

interface KnownRow {
  readonly booking: Booking;
  readonly booked: BookedSpend;
  readonly askedModel: string;
  readonly servedModel: string | undefined;
}

/** A row whose cost may still change. */
function readUncertain(database: DatabaseSync, reservationId: string): KnownRow | undefined {
  const row = database
    .prepare(
      `SELECT day, cost_nano, booked_tokens, chat, workspace.text AS workspace, key.text AS key_label,
         asked.text AS asked_model, served.text AS served_model
       FROM waybill_row JOIN label workspace ON workspace.id = waybill_row.workspace JOIN label key ON key.id = waybill_row.key_label
         JOIN label asked ON asked.id = waybill_row.asked_model LEFT JOIN label served ON served.id = waybill_row.served_model
       WHERE reservation_id = ? AND cost_source IN ('estimated', 'unknown')`,
    )
    .get(compactId(reservationId));
  if (row === undefined) return undefined;
  return {
    booking: {
      day: String(row["day"]),
      workspace: String(row["workspace"]),
      keyLabel: String(row["key_label"]),
      chat: readableId(row["chat"]),
    },
    booked: { spent: Number(row["cost_nano"]), tokens: Number(row["booked_tokens"]) },
    askedModel: String(row["asked_model"]),
    servedModel: readableId(row["served_model"]),
  };
}

/** The inverse of `compactId`. */
function readableId(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (!(value instanceof Uint8Array)) return undefined;
  return Buffer.from(value)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function rebook(
  database: DatabaseSync,
  { reservationId, booking, booked: before }: KnownRow & { readonly reservationId: string },
  booked: BookedSpend,
): BookedRow {
  bookSpend(database, booking, { spent: booked.spent - before.spent, tokens: booked.tokens - before.tokens });
  return { reservationId, ...booking, ...booked, before };
}

function fromReservation(held: Row): { readonly booking: Booking; readonly tokens: number } {
  return {
    booking: {
      day: String(held["day"]),
      workspace: String(held["workspace"]),
      keyLabel: String(held["key_label"]),
      chat: readableId(held["chat"]),
    },
    tokens: Number(held["tokens"]),
  };
}

function tokensOf(usage: Waybill["usage"]): number | undefined {
  return usage === undefined ? undefined : usage.promptTokens + usage.completionTokens;
}

function valueOf(value: unknown): string | number | null {
  return typeof value === "string" || typeof value === "number" ? value : null;
}
