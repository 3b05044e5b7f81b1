/** Day of the budget as `YYYY-MM-DD`. Periods are UTC, like OpenRouter's own limits. */
export function budgetDay(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}

/** When the day of `nowMs` ends, in milliseconds since the epoch. */
export function endOfBudgetDay(nowMs: number): number {
  const dayMs = 24 * 60 * 60 * 1000;
  return (Math.floor(nowMs / dayMs) + 1) * dayMs;
}
