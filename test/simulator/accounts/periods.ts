/** Periods of `usage_daily` and its siblings: UTC day, week from Monday, calendar month. */
export type Period = "daily" | "weekly" | "monthly";

const DAY_MS = 86_400_000;

/** Start of the period that contains a moment, in epoch milliseconds. */
export function periodStartMs(period: Period, atMs: number): number {
  const date = new Date(atMs);
  const dayStartMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  switch (period) {
    case "daily":
      return dayStartMs;
    case "weekly":
      return dayStartMs - ((date.getUTCDay() + 6) % 7) * DAY_MS;
    case "monthly":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
}

/** The next midnight UTC, when daily caps start anew. */
export function nextUtcDayMs(atMs: number): number {
  return periodStartMs("daily", atMs) + DAY_MS;
}
