import type { DatabaseSync } from "node:sqlite";
import { toNanoUsd } from "../core/money/nanoUsd.ts";
import type { SettledRow } from "../core/waybill/reconciliation.ts";
import { compactId } from "./compactId.ts";

/**
 * The turns of a chat whose cost was looked up after they were shown, oldest first. What it was taken for until then is not
 * kept: `row` has the cost of now, and `estimated`.
 */
export function readCertainCosts(database: DatabaseSync, chat: string): readonly SettledRow[] {
  return database
    .prepare(
      `SELECT reservation_id, turn_id, generation_id, day, key_label, started_at_ms, served_model, asked_model, provider,
         cost_nano, prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens
       FROM waybill WHERE sequence IN (SELECT sequence FROM waybill_row WHERE chat = ? AND cost_source = 'reconciled')
       ORDER BY sequence`,
    )
    .all(compactId(chat))
    .map(toSettledRow);
}

function toSettledRow(row: Record<string, unknown>): SettledRow {
  const text = (name: string) => {
    const value = row[name];
    return typeof value === "string" ? value : undefined;
  };
  const cost = toNanoUsd(Number(row["cost_nano"]));
  return {
    row: {
      reservationId: String(row["reservation_id"]),
      turnId: String(row["turn_id"]),
      keyName: String(row["key_label"]),
      startedAtMs: Number(row["started_at_ms"]),
      generationId: text("generation_id"),
      day: String(row["day"]),
      model: text("served_model") ?? String(row["asked_model"]),
      cost,
      costSource: "estimated",
    },
    cost,
    usage: {
      promptTokens: Number(row["prompt_tokens"] ?? 0),
      completionTokens: Number(row["completion_tokens"] ?? 0),
      cachedTokens: Number(row["cached_tokens"] ?? 0),
      reasoningTokens: Number(row["reasoning_tokens"] ?? 0),
    },
    model: text("served_model"),
    provider: text("provider"),
  };
}
