const DAY_MS = 24 * 60 * 60 * 1000;

/** Day of the budget as `YYYY-MM-DD`. Periods are UTC, like OpenRouter's own limits. */
export function budgetDay(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}

/** When the day of `nowMs` ends, in milliseconds since the epoch. */
export function endOfBudgetDay(nowMs: number): number {
  return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
}

/** The first day of the month before the one that is running. */
export function startOfLastMonth(nowMs: number): string {
  const now = new Date(nowMs);
  return budgetDay(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
}
