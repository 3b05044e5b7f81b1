// Spends with a clock that jumps, and tells after each step what the ledger counts. Also run as a process of its own, in another
// time zone: prints the steps as JSON.
import { type SpendLimit, dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { PLACE, createStoreFolder, reservation, waybillOf } from "../store/storeFolder.ts";

/** What a step left in the ledger. */
export interface ClockStep {
  readonly atMs: number;
  readonly cost: number;
  readonly isAdmitted: boolean;
  /** Of the running day, week and month. */
  readonly spent: readonly number[];
}

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;

/** One second before a day, week, month and year end, leap days, and the hours at which clocks are changed. */
const STARTS: readonly number[] = [
  Date.UTC(2026, 10, 20, 23, 59, 59),
  Date.UTC(2026, 10, 22, 23, 59, 59),
  Date.UTC(2026, 10, 30, 23, 59, 59),
  Date.UTC(2026, 11, 31, 23, 59, 59),
  Date.UTC(2027, 1, 28, 23, 59, 59),
  Date.UTC(2028, 1, 28, 23, 59, 59),
  Date.UTC(2028, 1, 29, 23, 59, 59),
  Date.UTC(2027, 2, 28, 0, 59, 59),
  Date.UTC(2027, 9, 31, 0, 59, 59),
];

const JUMPS: readonly number[] = [
  ...[0, SECOND_MS, HOUR_MS, -HOUR_MS, -HOUR_MS, DAY_MS, -DAY_MS, -SECOND_MS, 2 * SECOND_MS],
  ...[-YEAR_MS, YEAR_MS, 7 * DAY_MS, -31 * DAY_MS, 31 * DAY_MS, YEAR_MS, -YEAR_MS, HOUR_MS],
];

export const DAY_LIMIT = 100;
const LIMITS: readonly SpendLimit[] = [dailyLimit("user", toNanoUsd(DAY_LIMIT))];
const COUNTED: readonly SpendLimit[] = (["day", "week", "month"] as const).map((period) => ({
  ...dailyLimit("user", toNanoUsd(1e9)),
  period,
}));

/** Each start with a ledger of its own. */
export async function spendWithJumps(): Promise<readonly (readonly ClockStep[])[]> {
  const all: (readonly ClockStep[])[] = [];
  for (const start of STARTS) all.push(await spendFrom(start));
  return all;
}

async function spendFrom(start: number): Promise<readonly ClockStep[]> {
  const folder = createStoreFolder();
  const ledger = await folder.openLedger(start);
  const steps: ClockStep[] = [];
  let atMs = start;
  for (const [index, jump] of JUMPS.entries()) {
    atMs += jump;
    const cost = 20 + ((index * 7) % 30);
    const wish = reservation(toNanoUsd(cost), { limits: LIMITS, nowMs: atMs });
    const isAdmitted = (await ledger.reserve(wish)).kind === "reserved";
    if (isAdmitted) await ledger.settle(wish.reservationId, waybillOf(wish.amount, { startedAtMs: atMs }));
    const standings = await ledger.standings(PLACE, COUNTED, atMs);
    steps.push({ atMs, cost, isAdmitted, spent: standings.map(({ spent }) => spent) });
  }
  folder.remove();
  return steps;
}

if (import.meta.main) process.stdout.write(JSON.stringify(await spendWithJumps()));
