import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { median } from "./percentile.ts";

interface PlainRow {
  readonly day: string;
  readonly model: string;
  readonly tokens: number;
  readonly cost: number;
}

const ROUNDS = 3;

/** Milliseconds for what a ledger without a database does to show its sums: reads a file with all rows, and adds up. */
export function measureJsonLedger(ledgerPath: string): number {
  const path = `${ledgerPath}.json`;
  writeRows(ledgerPath, path);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begunAt = performance.now();
    const rows: readonly PlainRow[] = JSON.parse(readFileSync(path, "utf8"));
    const sums = new Map<string, number>();
    for (const { day, model, cost } of rows) {
      const key = `${day} ${model}`;
      sums.set(key, (sums.get(key) ?? 0) + cost);
    }
    times.push(performance.now() - begunAt);
    if (sums.size === 0) throw new RangeError("Nothing was summed");
  }
  rmSync(path);
  return median(times);
}

function writeRows(ledgerPath: string, path: string): void {
  const database = new DatabaseSync(ledgerPath, { readOnly: true });
  const file = openSync(path, "w");
  const rows = database
    .prepare(
      `SELECT generation_id AS id, day, label.text AS model, booked_tokens AS tokens, cost_nano AS cost
       FROM waybill_row JOIN label ON label.id = model`,
    )
    .iterate();
  let piece: string[] = [];
  let separator = "[";
  for (const row of rows) {
    piece.push(separator, JSON.stringify(row));
    separator = ",";
    if (piece.length > 20_000) {
      writeSync(file, piece.join(""));
      piece = [];
    }
  }
  writeSync(file, `${piece.join("")}]`);
  closeSync(file);
  database.close();
}
