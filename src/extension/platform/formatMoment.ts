const DAY_MS = 24 * 60 * 60 * 1000;

/** A moment ahead in the person's time: `01:00`, and with the day where it is further away than that. */
export function formatMoment(atMs: number, nowMs: number): string {
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  if (Math.abs(atMs - nowMs) <= DAY_MS) return new Date(atMs).toLocaleTimeString([], time);
  return new Date(atMs).toLocaleString([], { ...time, weekday: "short", day: "numeric", month: "short" });
}
