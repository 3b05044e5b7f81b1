import { budgetDay } from "./budgetPeriod.ts";

/** The periods by which OpenRouter's `/key` tells what a key spent: UTC day, week from Monday, calendar month. */
export const SPEND_PERIODS = ["day", "week", "month"] as const;

export type SpendPeriod = (typeof SPEND_PERIODS)[number];

const DAY_MS = 24 * 60 * 60 * 1000;

/** The first day of the period that is running, as `YYYY-MM-DD` in UTC. */
export function firstDayOf(period: SpendPeriod, nowMs: number): string {
  const today = budgetDay(nowMs);
  switch (period) {
    case "day":
      return today;
    case "week":
      return budgetDay(nowMs - daysSinceMonday(nowMs) * DAY_MS);
    case "month":
      return `${today.slice(0, 8)}01`;
  }
}

function daysSinceMonday(nowMs: number): number {
  return (new Date(nowMs).getUTCDay() + 6) % 7;
}
