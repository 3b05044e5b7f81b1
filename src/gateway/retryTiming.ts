/** Everything a refusal may say about when to come back; each value as it was received. */
export interface RetryHints {
  /** Header value by lower-case name. */
  readonly header?: ((name: string) => string | undefined) | undefined;
  /** `error.availability.retry_after`, in seconds. */
  readonly availabilityRetryAfter?: unknown;
  /** `error.metadata.retry_after_seconds`. */
  readonly retryAfterSeconds?: unknown;
  /** `error.metadata.headers`, which repeats headers that a proxy may have dropped. */
  readonly bodyHeaders?: Readonly<Record<string, unknown>> | undefined;
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;
/** A limit of a month is the longest there is; a reset further away is nonsense. */
const LONGEST_RESET_MS = 32 * DAY_MS;
/** As seconds this is the year 5138, as milliseconds 1973: no reset is mistaken. */
const FIRST_EPOCH_MS = 100_000_000_000;

/**
 * When to try again, in epoch milliseconds: `availability.retry_after`, then `Retry-After` (seconds or a date), then
 * `metadata.retry_after_seconds`, then `X-RateLimit-Reset` (epoch seconds or milliseconds, by magnitude). A value that
 * is negative, no number, over a day or, for a reset, in the past counts as missing. Source: OpenRouter `limits`.
 */
export function readRetryAt(hints: RetryHints): number | undefined {
  const { nowMs } = hints;
  return (
    afterSeconds(hints.availabilityRetryAfter, nowMs) ??
    afterHeader(hints.header?.("retry-after"), nowMs) ??
    afterSeconds(hints.retryAfterSeconds, nowMs) ??
    afterHeader(bodyHeader(hints, "retry-after"), nowMs) ??
    atReset(hints.header?.("x-ratelimit-reset"), nowMs) ??
    atReset(bodyHeader(hints, "x-ratelimit-reset"), nowMs)
  );
}

function afterHeader(value: unknown, nowMs: number): number | undefined {
  return afterSeconds(value, nowMs) ?? afterDate(value, nowMs);
}

function afterSeconds(value: unknown, nowMs: number): number | undefined {
  const seconds = toNumber(value);
  if (seconds === undefined || seconds < 0 || seconds * 1000 > DAY_MS) return undefined;
  return nowMs + Math.ceil(seconds * 1000);
}

function afterDate(value: unknown, nowMs: number): number | undefined {
  if (typeof value !== "string" || !/^[A-Za-z]{3}.* GMT$/.test(value.trim())) return undefined;
  const atMs = Date.parse(value);
  return atMs >= nowMs && atMs <= nowMs + DAY_MS ? atMs : undefined;
}

function atReset(value: unknown, nowMs: number): number | undefined {
  const reset = toNumber(value);
  if (reset === undefined) return undefined;
  const atMs = Math.ceil(reset < FIRST_EPOCH_MS ? reset * 1000 : reset);
  return atMs >= nowMs && atMs <= nowMs + LONGEST_RESET_MS ? atMs : undefined;
}

function bodyHeader({ bodyHeaders }: RetryHints, name: string): unknown {
  return Object.entries(bodyHeaders ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return typeof value === "string" && /^\d{1,15}(\.\d{1,9})?$/.test(value.trim()) ? Number(value) : undefined;
}
