import { budgetDay } from "./budgetPeriod.ts";
import type { LimitPeriod } from "./spendLimit.ts";
import { type SpendPeriod, firstDayOf } from "./spendPeriod.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** Before every day that can be booked. */
const BEGINNING = "0000-00-00";

/**
 * The day that a request is booked on. Days never go back: once a later day was booked on, a clock that is set back does
 * not open an earlier one again.
 */
export function bookingDay(nowMs: number, latestDay: string): string {
  const today = budgetDay(nowMs);
  return today < latestDay ? latestDay : today;
}

/** The first day that counts in a limit's period. */
export function firstCountedDay(period: LimitPeriod, day: string): string {
  return period === "whole" ? BEGINNING : firstDayOf(period, Date.parse(day));
}

/** When the period of this day ends and its limit starts afresh, in milliseconds since the epoch. */
export function endOfPeriod(period: SpendPeriod, nowMs: number): number {
  const first = Date.parse(firstDayOf(period, nowMs));
  switch (period) {
    case "day":
      return first + DAY_MS;
    case "week":
      return first + 7 * DAY_MS;
    case "month": {
      const date = new Date(first);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    }
  }
}
