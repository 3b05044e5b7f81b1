import { budgetDay, startOfLastMonth } from "../budget/budgetPeriod.ts";
import { firstDayOf } from "../budget/spendPeriod.ts";
import type { DayRange } from "./spendSums.ts";

export const REPORT_PERIODS = ["today", "7-days", "month", "last-month", "12-months", "all", "custom"] as const;

export type ReportPeriod = (typeof REPORT_PERIODS)[number];

const DAY_MS = 24 * 60 * 60 * 1000;

/** The UTC days of a period. `firstKnownDay` is the first of which there are sums; `custom` is as it was chosen. */
export function daysOfPeriod(
  period: ReportPeriod,
  { nowMs, firstKnownDay, custom }: { nowMs: number; firstKnownDay: string | undefined; custom: DayRange },
): DayRange {
  const lastDay = budgetDay(nowMs);
  switch (period) {
    case "today":
      return { firstDay: lastDay, lastDay };
    case "7-days":
      return { firstDay: budgetDay(nowMs - 6 * DAY_MS), lastDay };
    case "month":
      return { firstDay: firstDayOf("month", nowMs), lastDay };
    case "last-month": {
      const firstDay = startOfLastMonth(nowMs);
      return { firstDay, lastDay: dayAfter(firstDayOf("month", nowMs), -1) };
    }
    case "12-months":
      return { firstDay: dayAfter(yearBefore(lastDay), 1), lastDay };
    case "all":
      return { firstDay: firstKnownDay ?? lastDay, lastDay: later(lastDay, firstKnownDay) };
    case "custom":
      return custom.firstDay <= custom.lastDay ? custom : { firstDay: custom.lastDay, lastDay: custom.firstDay };
  }
}

export function dayAfter(day: string, days: number): string {
  return budgetDay(Date.parse(day) + days * DAY_MS);
}

/** How many days there are, both ends included. */
export function countDays({ firstDay, lastDay }: DayRange): number {
  return Math.round((Date.parse(lastDay) - Date.parse(firstDay)) / DAY_MS) + 1;
}

/** A day of the calendar as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const atMs = Date.parse(text);
  return !Number.isNaN(atMs) && budgetDay(atMs) === text;
}

/** For instance `2026-11-01 to 2026-11-20`. */
export function describeRange({ firstDay, lastDay }: DayRange): string {
  return firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
}

function yearBefore(day: string): string {
  const date = new Date(day);
  return budgetDay(Date.UTC(date.getUTCFullYear() - 1, date.getUTCMonth(), date.getUTCDate()));
}

/** With a clock that was set back, requests are booked on later days than today. */
function later(lastDay: string, firstKnownDay: string | undefined): string {
  return firstKnownDay !== undefined && firstKnownDay > lastDay ? firstKnownDay : lastDay;
}
