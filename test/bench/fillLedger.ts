import { randomBytes } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

export const ROWS = 1_000_000;
const ROWS_A_DAY = 1_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Rows as the ledger writes them, in one transaction: a million settlements would take hours. */
export function fillLedger(path: string, nowMs: number): void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA synchronous = OFF");
  database.exec("BEGIN");
  const label = database.prepare("INSERT OR IGNORE INTO label (id, text) VALUES (?, ?)");
  for (let id = 1; id <= 60; id += 1) label.run(id, `vendor/model-of-some-length-${id}`);
  const insert =
    database.prepare(`INSERT INTO waybill_row (reservation_id, turn_id, generation_id, day, workspace, key_label,
    chat, surface, task_type, gateway_origin, asked_model, served_model, model, provider, prompt_tokens, completion_tokens,
    cached_tokens, reasoning_tokens, booked_tokens, reserved_nano, cost_nano, cost_source, finish, started_at_ms,
    first_token_ms, total_ms, attempts, policy_hash)
    VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, 2, ?, ?, ?, ?, 5432, 876, 1024, 0, 6308, 123456789, ?, ?, ?, ?,
    812, 9876, 1, 123456789)`);
  let chat = randomBytes(16);
  for (let row = 0; row < ROWS; row += 1) {
    if (row % 8 === 0) chat = randomBytes(16);
    const atMs = nowMs - Math.floor((ROWS - row) / ROWS_A_DAY) * DAY_MS;
    const model = 10 + (row % 6);
    insert.run(
      randomBytes(16),
      randomBytes(16),
      `gen-${atMs}-${randomBytes(10).toString("hex")}`,
      new Date(atMs).toISOString().slice(0, 10),
      3 + (row % 3),
      chat,
      6 + (row % 2),
      20 + (row % 4),
      model,
      model,
      model,
      30 + (row % 5),
      5_000_000 + ((row * 7919) % 15_000_000),
      row % 50 === 0 ? "estimated" : "billed",
      row % 40 === 0 ? "stopped" : "complete",
      atMs,
    );
  }
  database.exec("COMMIT");
  database.close();
}
