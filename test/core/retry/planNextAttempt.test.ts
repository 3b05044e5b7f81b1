import assert from "node:assert/strict";
import fc from "fast-check";
import { WAYBILL_ERROR_CODES } from "../../../src/core/errors/waybillErrorCode.ts";
import { WaybillError } from "../../../src/core/errors/waybillError.ts";
import { type FailedAttempt, type NextAttempt, planNextAttempt } from "../../../src/core/retry/planNextAttempt.ts";
import type { ModelChoice } from "../../../src/core/routing/routeDecision.ts";
import { choiceOf } from "../routing/choiceOf.ts";

const FIRST = choiceOf("a/first", 1_000);
const SECOND = choiceOf("b/second", 900);
const NOW_MS = 1_000_000;

function failed(error: WaybillError, fields: Partial<FailedAttempt> = {}): FailedAttempt {
  return { choice: FIRST, error, ...fields };
}

function plan(
  attempts: readonly [FailedAttempt, ...FailedAttempt[]],
  options: { standIns?: readonly ModelChoice[]; nowMs?: number; jitter?: number } = {},
): NextAttempt {
  const { standIns = [], nowMs = NOW_MS, jitter = 0.5 } = options;
  return planNextAttempt({ failed: attempts, standIns, startedAtMs: NOW_MS, nowMs, jitter });
}

const busy = (retryAtMs?: number) =>
  new WaybillError("overloaded", "x", { isRetryable: true, ...(retryAtMs === undefined ? {} : { retryAtMs }) });

describe("what to do after a failed attempt", () => {
  it("is the same model after a short pause at first, then another, then the same with patience", () => {
    assert.deepEqual(plan([failed(busy())], { standIns: [SECOND] }), { kind: "retry", choice: FIRST, waitMs: 250 });
    assert.deepEqual(plan([failed(busy()), failed(busy())], { standIns: [SECOND] }), {
      kind: "fallback",
      choice: SECOND,
    });
    assert.deepEqual(plan([failed(busy()), failed(busy())]), { kind: "retry", choice: FIRST, waitMs: 500 });
  });

  it("waits as long as the gateway asks, unless another model is there at once", () => {
    const inTenSeconds = busy(NOW_MS + 10_000);
    assert.deepEqual(plan([failed(inTenSeconds)]), { kind: "retry", choice: FIRST, waitMs: 10_250 });
    assert.deepEqual(plan([failed(inTenSeconds)], { standIns: [SECOND] }), { kind: "fallback", choice: SECOND });
    assert.deepEqual(plan([failed(busy(NOW_MS + 300_000))]), { kind: "give-up" });
  });

  it("is a shorter answer where the credit pays for one, once", () => {
    const poor = new WaybillError("credits", "x", { affordableTokens: 300, isUncharged: true });
    assert.deepEqual(plan([failed(poor)]), { kind: "shorten", choice: FIRST, maxCompletionTokens: 300 });
    const shortened = { ...FIRST, maxCompletionTokens: 300 };
    assert.deepEqual(plan([failed(poor), failed(poor, { choice: shortened })]), { kind: "give-up" });
    const poorer = new WaybillError("credits", "x", { affordableTokens: 10, isUncharged: true });
    assert.deepEqual(plan([failed(poorer)]), { kind: "give-up" });
  });

  it("is nothing after a minute of trying", () => {
    const options = { standIns: [SECOND], nowMs: NOW_MS + 60_000 };
    assert.deepEqual(plan([failed(busy())], options), { kind: "give-up" });
  });

  it("is no attempt that may cost more than twice what the first could", () => {
    const [dear, fair] = [choiceOf("d/dear", 2_001), choiceOf("e/fair", 2_000)];
    assert.deepEqual(plan([failed(busy()), failed(busy())], { standIns: [dear, fair] }), {
      kind: "fallback",
      choice: fair,
    });
  });

  it("is never more than four attempts, begun within 45 seconds, for any error", () => {
    const error = fc.record({
      code: fc.constantFrom(...WAYBILL_ERROR_CODES),
      isRetryable: fc.boolean(),
      retryInMs: fc.option(fc.nat(100_000), { nil: undefined }),
      affordableTokens: fc.option(fc.nat(5_000), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.infiniteStream(error),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (errors, jitters) => {
          const history: FailedAttempt[] = [];
          let choice: ModelChoice = FIRST;
          let nowMs = NOW_MS;
          for (const { code, isRetryable, retryInMs, affordableTokens } of errors) {
            assert.ok(history.length < 4);
            const failure = new WaybillError(code, "x", {
              isRetryable,
              isUncharged: true,
              ...(retryInMs === undefined ? {} : { retryAtMs: nowMs + retryInMs }),
              ...(affordableTokens === undefined ? {} : { affordableTokens }),
            });
            history.push({ choice, error: failure });
            const [first, ...others] = history;
            assert.ok(first);
            const jitter: number = jitters.next().value;
            const failures = [first, ...others] as const;
            const next = planNextAttempt({ failed: failures, standIns: [SECOND], startedAtMs: NOW_MS, nowMs, jitter });
            if (next.kind === "give-up") break;
            nowMs += next.kind === "retry" ? next.waitMs : 0;
            assert.ok(nowMs - NOW_MS <= 45_000);
            choice =
              next.kind === "shorten" ? { ...next.choice, maxCompletionTokens: next.maxCompletionTokens } : next.choice;
          }
        },
      ),
    );
  });
});
