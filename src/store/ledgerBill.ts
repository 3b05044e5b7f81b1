import type { DatabaseSync } from "node:sqlite";
import { type NanoUsd, ZERO_USD, toNanoUsd } from "../core/money/nanoUsd.ts";
import type { CountedCost, LedgerBill } from "../core/waybill/compareWithBill.ts";
import type { UncertainRow } from "../core/waybill/reconciliation.ts";
import type { KeyPlace } from "./keyWall.ts";

/** A row as SQLite gives it. */
type Row = Record<string, unknown>;

const NOTHING: CountedCost = { count: 0, cost: ZERO_USD };

/** What is booked on a key at a gateway since a day, by how sure the cost is. Inside a transaction. */
export function readLedgerBill(
  database: DatabaseSync,
  sinceDay: string,
  { gatewayOrigin, keyLabel }: KeyPlace,
): LedgerBill {
  const sums = database
    .prepare(
      `SELECT cost_source, count(*) AS count, sum(cost_nano) AS cost FROM waybill_row
       WHERE day >= ? AND gateway_origin = (SELECT id FROM label WHERE text = ?)
         AND key_label = (SELECT id FROM label WHERE text = ?) GROUP BY cost_source`,
    )
    .all(sinceDay, gatewayOrigin, keyLabel);
  const of = (source: string): CountedCost => toCounted(sums.find((row) => row["cost_source"] === source));
  const open = database
    .prepare(
      `SELECT count(*) AS count, sum(amount_nano) AS cost FROM reservation
       WHERE day >= ? AND gateway_origin = ? AND key_label = ?`,
    )
    .get(sinceDay, gatewayOrigin, keyLabel);
  return {
    bySource: {
      billed: of("billed"),
      reconciled: of("reconciled"),
      estimated: of("estimated"),
      unknown: of("unknown"),
    },
    open: toCounted(open),
    takenOver: readTakenOver(database, sinceDay, keyLabel),
  };
}

/** A ledger that was lost has its totals from the journal, and rows only since then; deleted rows leave their sums. */
function readTakenOver(database: DatabaseSync, sinceDay: string, keyLabel: string): NanoUsd {
  const row = database
    .prepare(
      `SELECT coalesce((SELECT sum(spent_nano) FROM spend_total WHERE scope = 'key' AND name = label.id AND day >= ?1), 0)
            - coalesce((SELECT sum(cost_nano) FROM waybill_row WHERE key_label = label.id AND day >= ?1), 0) AS cost
       FROM label WHERE text = ?2`,
    )
    .get(sinceDay, keyLabel);
  return toNanoUsd(Math.max(0, Number(row?.["cost"] ?? 0)));
}

function toCounted(row: Row | undefined): CountedCost {
  if (row === undefined) return NOTHING;
  return { count: Number(row["count"]), cost: toNanoUsd(Number(row["cost"] ?? 0)) };
}

/** The turns of a gateway since a day whose cost is not certain, oldest first. */
export function readUncertainRows(
  database: DatabaseSync,
  sinceDay: string,
  gatewayOrigin: string,
): readonly UncertainRow[] {
  return database
    .prepare(
      `SELECT reservation_id, turn_id, generation_id, day, key_label, started_at_ms,
         coalesce(served_model, asked_model) AS model, cost_nano, cost_source
       FROM waybill WHERE day >= ? AND gateway_origin = ? AND cost_source IN ('estimated', 'unknown') ORDER BY sequence`,
    )
    .all(sinceDay, gatewayOrigin)
    .map((row) => ({
      reservationId: String(row["reservation_id"]),
      turnId: String(row["turn_id"]),
      keyName: String(row["key_label"]),
      startedAtMs: Number(row["started_at_ms"]),
      generationId: row["generation_id"] === null ? undefined : String(row["generation_id"]),
      day: String(row["day"]),
      model: String(row["model"]),
      cost: toNanoUsd(Number(row["cost_nano"])),
      costSource: row["cost_source"] === "estimated" ? "estimated" : "unknown",
    }));
}
