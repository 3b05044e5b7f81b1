import type { DatabaseSync } from "node:sqlite";

/** As many rows as are looked at, so that the answer takes as long in a ledger of years. */
const LATEST_ROWS = 500;

/** The models asked and served through a gateway since a UTC day, among the latest rows of the ledger. */
export function readModelsUsed(database: DatabaseSync, sinceDay: string, gatewayOrigin: string): readonly string[] {
  const rows = database
    .prepare(
      `WITH latest AS (
         SELECT * FROM (SELECT day, gateway_origin, asked_model, served_model FROM waybill_row ORDER BY sequence DESC LIMIT ?)
         WHERE day >= ? AND gateway_origin = (SELECT id FROM label WHERE text = ?)
       )
       SELECT text AS model FROM label WHERE id IN (SELECT asked_model FROM latest UNION SELECT served_model FROM latest)`,
    )
    .all(LATEST_ROWS, sinceDay, gatewayOrigin);
  return rows.map((row) => String(row["model"]));
}
