const BASE_MS = 500;
const LONGEST_MS = 8_000;

/**
 * Full jitter: a random share of a span that doubles with each failure, so that many clients do not come back at once.
 * `share` is 0 to 1, `failures` counts from 1. Source: AWS, exponential backoff and jitter.
 */
export function backoffMs(failures: number, share: number): number {
  return Math.round(share * Math.min(LONGEST_MS, BASE_MS * 2 ** (failures - 1)));
}
