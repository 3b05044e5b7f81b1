import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { openLedgerJournal } from "../../src/store/ledgerJournal.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { reservation } from "../store/storeFolder.ts";
import type { BenchReport } from "./benchReport.ts";
import { ROWS, fillLedger } from "./fillLedger.ts";
import { percentile } from "./percentile.ts";

const RESERVATIONS = 300;
/** A file that is read and written whole with every request; it is only measured small, for it grows without end. */
const JSON_ROWS = 20_000;
const NOW_MS = Date.UTC(2026, 10, 20, 12);

/** How long a reservation takes and how large a row is when a person has asked a million times. */
export async function measureLedger(): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-bench-"));
  try {
    const path = join(folder, "ledger.sqlite");
    const options = { path, journal: openLedgerJournal(join(folder, "ledger.jsonl")), owner: "bench", nowMs: NOW_MS };
    (await openSqliteLedger(options)).close();
    const emptyBytes = statSync(path).size;
    fillLedger(path, NOW_MS);
    const openedAt = performance.now();
    const ledger = await openSqliteLedger(options);
    const openMs = performance.now() - openedAt;
    const limits = (["day", "week", "month"] as const).map((period) => ({
      ...dailyLimit("user", toNanoUsd(1e15)),
      period,
    }));
    const times: number[] = [];
    for (let index = 0; index < RESERVATIONS; index += 1) {
      const held = reservation(toNanoUsd(1), { limits, nowMs: NOW_MS });
      const begunAt = performance.now();
      await ledger.reserve(held);
      times.push(performance.now() - begunAt);
      await ledger.release(held.reservationId);
    }
    ledger.close();
    return {
      figures: [
        {
          what: `Bytes a row at ${ROWS.toLocaleString("en-US")} rows`,
          value: (statSync(path).size - emptyBytes) / ROWS,
          unit: "bytes",
          below: 400,
        },
        { what: "Opening that ledger", value: openMs, unit: "ms" },
        { what: "Reservation against three limits, median", value: percentile(times, 0.5), unit: "ms" },
        { what: "Reservation against three limits, 99th percentile", value: percentile(times, 0.99), unit: "ms" },
        {
          what: `The same in a JSON file of ${JSON_ROWS.toLocaleString("en-US")} rows, median`,
          value: measureJsonFile(folder),
          unit: "ms",
        },
      ],
      notes: [
        "The JSON file is read, summed and written whole for each reservation, without the safety of a transaction.",
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureJsonFile(folder: string): number {
  const path = join(folder, "ledger.json");
  const rows = Array.from({ length: JSON_ROWS }, () => ({
    id: randomUUID(),
    turn: randomUUID(),
    day: "2026-11-20",
    workspace: "file:///one",
    model: "vendor/model-of-some-length-1",
    cost: 12_345_678,
  }));
  writeFileSync(path, JSON.stringify(rows));
  const times: number[] = [];
  for (let index = 0; index < 20; index += 1) {
    const begunAt = performance.now();
    const known: { readonly cost: number }[] = JSON.parse(readFileSync(path, "utf8"));
    known.push({ cost: known.reduce((sum, { cost }) => sum + cost, 0) > 0 ? 1 : 0 });
    writeFileSync(path, JSON.stringify(known));
    times.push(performance.now() - begunAt);
  }
  return percentile(times, 0.5);
}
