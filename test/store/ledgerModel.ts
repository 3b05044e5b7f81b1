import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { type AsyncCommand, asyncModelRun } from "fast-check";
import { budgetDay } from "../../src/core/budget/budgetPeriod.ts";
import { type LimitPeriod, type MoneyLimit, type SpendLimit, dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { type SpendPeriod, SPEND_PERIODS, firstDayOf } from "../../src/core/budget/spendPeriod.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { NOON_MS, PLACE, type StoreFolder, createStoreFolder } from "./storeFolder.ts";

const SKEW_MS = 10 * 60 * 1000;

/** A request as the plain model knows it. */
interface ModelRequest {
  readonly id: string;
  readonly day: string;
  readonly amount: number;
  /** `undefined` while it is open. */
  cost: number | undefined;
  /** What the journal has less than the ledger: a window died while it corrected the cost. */
  missing: number;
  isCertain: boolean;
  leaseUntilMs: number;
}

/** What the gateway said of the key, and the requests that were settled when it did. */
export interface Told {
  readonly atMs: number;
  readonly used: Readonly<Record<SpendPeriod, number>>;
  readonly remaining: number;
  readonly limitPeriod: LimitPeriod;
  readonly settled: readonly ModelRequest[];
}

/** The ledger in the plainest terms: a list of requests, and a day that never goes back. */
export interface Model {
  readonly requests: ModelRequest[];
  latestDay: string;
  nowMs: number;
  dayLimit: number;
  monthLimit: number;
  told: Told | undefined;
}

export interface Real {
  readonly folder: StoreFolder;
  ledger: Ledger;
  /** Another window. */
  other: Ledger;
}

export type Command = AsyncCommand<Model, Real>;

export function limitsOf({ dayLimit, monthLimit }: Model): readonly SpendLimit[] {
  const month: MoneyLimit = { measure: "money", scope: "workspace", period: "month", limit: toNanoUsd(monthLimit) };
  return [dailyLimit("user", toNanoUsd(dayLimit)), month];
}

export function sumSince(model: Model, period: SpendPeriod): { spent: number; reserved: number } {
  const day = dayOf(model);
  const since = firstDayOf(period, Date.parse(day));
  const counted = model.requests.filter((request) => request.day >= since);
  return {
    spent: counted.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
    reserved: counted.reduce((sum, { cost, amount }) => sum + (cost === undefined ? amount : 0), 0),
  };
}

/** What the gateway counts beyond the requests that the ledger had settled then, as they are known now. */
export function elsewhere(model: Model, period: SpendPeriod): number {
  const { told } = model;
  if (told === undefined || !holdsOn(told, period, dayOf(model))) return 0;
  return Math.max(0, told.used[period] - sumOf(told.settled, firstDayOf(period, told.atMs)));
}

/** What is left of the gateway's own limit of the key; everything where none is known. */
export function leftAtGateway(model: Model): number {
  const { told } = model;
  if (told === undefined || !holdsOn(told, told.limitPeriod, dayOf(model))) return Number.POSITIVE_INFINITY;
  const since = sumOf(
    model.requests.filter((request) => !told.settled.includes(request)),
    firstDayOf("month", told.atMs),
  );
  const held = model.requests.reduce((sum, { cost, amount }) => sum + (cost === undefined ? amount : 0), 0);
  return told.remaining - since - held;
}

function sumOf(requests: readonly ModelRequest[], since: string): number {
  return requests.reduce((sum, { day, cost }) => sum + (day >= since ? (cost ?? 0) : 0), 0);
}

function holdsOn({ atMs }: Told, period: LimitPeriod, day: string): boolean {
  if (period === "whole") return true;
  const first = firstDayOf(period, atMs);
  return firstDayOf(period, Date.parse(day)) === first && atMs >= Date.parse(first) + SKEW_MS;
}

export function dayOf({ nowMs, latestDay }: Model): string {
  const today = budgetDay(nowMs);
  return today < latestDay ? latestDay : today;
}

/** Every sum of the ledger is the model's, whatever the period. */
export async function compare(model: Model, { ledger }: Real): Promise<void> {
  const limits = SPEND_PERIODS.map((period): MoneyLimit => ({ ...dailyLimit("user", toNanoUsd(1e12)), period }));
  const standings = await ledger.standings(PLACE, limits, model.nowMs);
  assert.deepEqual(
    standings.map(({ spent, reserved }) => ({ spent, reserved })),
    SPEND_PERIODS.map((period) => {
      const { spent, reserved } = sumSince(model, period);
      return { spent: spent + elsewhere(model, period), reserved };
    }),
  );
}

/** Rows, sums and journal are one: a ledger that is lost comes back from the journal with all that was spent. */
async function compareAfterLoss(model: Model, { folder, ledger, other }: Real): Promise<void> {
  const spent = model.requests.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
  ledger.close();
  other.close();
  assert.deepEqual(sumsIn(folder, "SELECT sum(cost_nano) AS sum FROM waybill"), spent);
  assert.deepEqual(sumsIn(folder, "SELECT sum(spent_nano) AS sum FROM spend_total WHERE scope = 'user'"), spent);
  rmSync(folder.ledgerPath);
  (await folder.openLedger(model.nowMs)).close();
  const regained = sumsIn(folder, "SELECT sum(spent_nano) AS sum FROM spend_total WHERE scope = 'user'");
  const missing = model.requests.reduce((sum, request) => sum + request.missing, 0);
  assert.ok(regained <= spent && regained >= spent - missing, `${regained} came back of ${spent}`);
}

function sumsIn({ ledgerPath }: StoreFolder, query: string): number {
  const database = new DatabaseSync(ledgerPath, { readOnly: true });
  const sum = Number(database.prepare(query).get()?.["sum"] ?? 0);
  database.close();
  return sum;
}

/** Runs the commands on a new ledger; at the end the ledger is lost. */
export async function runAgainstModel(commands: Iterable<Command>): Promise<void> {
  const folder = createStoreFolder();
  const real: Real = { folder, ledger: await folder.openLedger(), other: await folder.openLedger() };
  const model: Model = {
    requests: [],
    latestDay: "",
    nowMs: NOON_MS,
    dayLimit: 100,
    monthLimit: 300,
    told: undefined,
  };
  try {
    await asyncModelRun(() => ({ model, real }), commands);
    await compareAfterLoss(model, real);
  } finally {
    folder.remove();
  }
}
