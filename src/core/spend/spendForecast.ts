import { endOfPeriod } from "../budget/limitPeriod.ts";
import { firstDayOf } from "../budget/spendPeriod.ts";
import { type NanoUsd, toNanoUsd } from "../money/nanoUsd.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export interface SpendForecast {
  readonly total: NanoUsd;
  /** Of this month so far, today included. */
  readonly days: number;
  readonly daysOfMonth: number;
}

/** The month's spending if its other days cost what those so far did on average. Today counts as a whole day. */
export function forecastMonth(costs: ReadonlyMap<string, number>, nowMs: number): SpendForecast | undefined {
  const firstDay = firstDayOf("month", nowMs);
  let spent = 0;
  for (const [day, cost] of costs) if (day >= firstDay) spent += cost;
  if (spent === 0) return undefined;
  const days = new Date(nowMs).getUTCDate();
  const daysOfMonth = Math.round((endOfPeriod("month", nowMs) - Date.parse(firstDay)) / DAY_MS);
  return { total: toNanoUsd(Math.round((spent / days) * daysOfMonth)), days, daysOfMonth };
}
