import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SpendLimit, dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { openSqliteLedger } from "../../src/store/sqliteLedger.ts";
import { reservation } from "../store/storeFolder.ts";
import type { BenchReport } from "./benchReport.ts";
import type { Figure } from "./figure.ts";
import { type FilledLedger, ROWS, makeFilledLedger } from "./fillLedger.ts";
import { percentile } from "./percentile.ts";

const RESERVATIONS = 300;
/** A file that is read and written whole with every request; it is only measured small, for it grows without end. */
const JSON_ROWS = 20_000;
/** Late in a month, so that many days count. */
const NOW_MS = Date.UTC(2026, 10, 30, 12);
const LIMIT = toNanoUsd(1e15);
const CHAT: SpendLimit = { ...dailyLimit("user", LIMIT), scope: "chat", period: "whole" };

/** How long a reservation takes and how large a row is when a person has asked a million times. */
export async function measureLedger(): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-bench-"));
  try {
    const filled = await makeFilledLedger(folder, NOW_MS);
    const { path } = filled.options;
    const bytes = statSync(path).size - filled.emptyBytes;
    const openedAt = performance.now();
    (await openSqliteLedger(filled.options)).close();
    const openMs = performance.now() - openedAt;
    const few = await timeReservations(filled, limitsOf("user"));
    const many = await timeReservations(filled, [
      ...limitsOf("user"),
      ...limitsOf("workspace"),
      ...limitsOf("key"),
      CHAT,
    ]);
    return {
      figures: [
        {
          what: `Bytes a row at ${ROWS.toLocaleString("en-US")} rows, sums included`,
          value: bytes / ROWS,
          unit: "bytes",
          below: 400,
        },
        { what: "Opening that ledger", value: openMs, unit: "ms" },
        ...reservationFigures("three limits", few),
        ...reservationFigures("all ten limits on money", many),
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

function limitsOf(scope: "user" | "workspace" | "key"): readonly SpendLimit[] {
  return (["day", "week", "month"] as const).map((period) => ({ ...dailyLimit(scope, LIMIT), period }));
}

async function timeReservations(
  { options, place }: FilledLedger,
  limits: readonly SpendLimit[],
): Promise<readonly number[]> {
  const ledger = await openSqliteLedger(options);
  const times: number[] = [];
  for (let index = 0; index < RESERVATIONS; index += 1) {
    const held = reservation(toNanoUsd(1), { ...place, limits, nowMs: NOW_MS });
    const begunAt = performance.now();
    const { kind } = await ledger.reserve(held);
    times.push(performance.now() - begunAt);
    if (kind !== "reserved") throw new RangeError("A limit was in the way");
    await ledger.release(held.reservationId);
  }
  ledger.close();
  return times;
}

function reservationFigures(limits: string, times: readonly number[]): readonly Figure[] {
  const what = `Reservation against ${limits}`;
  return [
    { what: `${what}, median`, value: percentile(times, 0.5), unit: "ms", below: 1 },
    { what: `${what}, 99th percentile`, value: percentile(times, 0.99), unit: "ms", below: 5 },
  ];
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
