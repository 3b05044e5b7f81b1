import assert from "node:assert/strict";
import fc from "fast-check";
import { type RetryHints, readRetryAt } from "../../src/gateway/retryTiming.ts";

const NOW = Date.UTC(2026, 9, 4, 15, 30, 0);
const HOUR = 3_600_000;

interface Said {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Omit<RetryHints, "nowMs" | "header">;
}

/** Milliseconds from now, or `undefined`. */
function waitOf({ headers = {}, body = {} }: Said): number | undefined {
  const retryAtMs = readRetryAt({ ...body, header: (name) => headers[name], nowMs: NOW });
  return retryAtMs === undefined ? undefined : retryAtMs - NOW;
}

function check(says: string, said: Said, waitMs: number | undefined): void {
  it(`${says} is ${waitMs === undefined ? "nothing" : `${waitMs} ms`}`, () => assert.equal(waitOf(said), waitMs));
}

const reset = (value: string): Said => ({ headers: { "x-ratelimit-reset": value } });
const retryAfter = (value: string): Said => ({ headers: { "retry-after": value } });

describe("the time to try again", () => {
  check("no hint", {}, undefined);
  check("Retry-After in seconds", retryAfter("7"), 7_000);
  check("Retry-After of 0", retryAfter("0"), 0);
  check("Retry-After with a fraction", retryAfter("1.5"), 1_500);
  check("Retry-After as a date", retryAfter("Sun, 04 Oct 2026 15:31:00 GMT"), 60_000);
  check("Retry-After as a past date", retryAfter("Sun, 04 Oct 2026 15:29:00 GMT"), undefined);
  check("Retry-After as a date far away", retryAfter("Sun, 04 Oct 2027 15:29:00 GMT"), undefined);
  check("a negative Retry-After", retryAfter("-3"), undefined);
  check("a Retry-After over a day", retryAfter("86401"), undefined);
  check("Retry-After without a meaning", retryAfter("soon"), undefined);
  check("an empty Retry-After", retryAfter(""), undefined);
  check("a reset in epoch milliseconds", reset(String(NOW + HOUR)), HOUR);
  check("a reset in epoch seconds", reset(String((NOW + HOUR) / 1000)), HOUR);
  check("a reset over a day away", reset(String(NOW + 30 * HOUR)), 30 * HOUR);
  check("a past reset", reset(String(NOW - 1)), undefined);
  check("a reset in microseconds", reset(`${NOW + HOUR}000`), undefined);
  check("a reset that counts from now", reset("30"), undefined);
  check("a reset inside the body", { body: { bodyHeaders: { "X-RateLimit-Reset": String(NOW + HOUR) } } }, HOUR);
  check("Retry-After inside the body", { body: { bodyHeaders: { "Retry-After": "2" } } }, 2_000);
  check("seconds as a text in the body", { body: { retryAfterSeconds: "4" } }, 4_000);
  check("NaN in the body", { body: { retryAfterSeconds: Number.NaN, availabilityRetryAfter: Infinity } }, undefined);

  const all: Said = {
    headers: { "retry-after": "20", "x-ratelimit-reset": String(NOW + 40_000) },
    body: { availabilityRetryAfter: 10, retryAfterSeconds: 30 },
  };
  const withoutAvailability: Said = { ...all, body: { retryAfterSeconds: 30 } };
  check("availability before everything", all, 10_000);
  check("Retry-After before the body's seconds", withoutAvailability, 20_000);
  check(
    "the body's seconds before the reset",
    { ...withoutAvailability, headers: reset(String(NOW)).headers ?? {} },
    30_000,
  );
  check("the next hint after nonsense", { ...all, body: { availabilityRetryAfter: -1 } }, 20_000);

  it("is never before now and never over 32 days away, whatever is sent", () => {
    const value = fc.oneof(fc.string(), fc.double(), fc.integer(), fc.constant(null), fc.nat().map(String));
    fc.assert(
      fc.property(value, value, value, fc.string(), (availabilityRetryAfter, retryAfterSeconds, inBody, inHeader) => {
        const bodyHeaders = { "Retry-After": inBody, "X-RateLimit-Reset": inBody };
        const waitMs = waitOf({
          headers: { "retry-after": inHeader, "x-ratelimit-reset": inHeader },
          body: { availabilityRetryAfter, retryAfterSeconds, bodyHeaders },
        });
        assert.ok(waitMs === undefined || (waitMs >= 0 && waitMs <= 32 * 24 * HOUR));
      }),
    );
  });
});
