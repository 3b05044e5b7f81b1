import assert from "node:assert/strict";
import fc from "fast-check";
import { CircuitBreaker } from "../../src/turn/circuitBreaker.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const NOW = Date.UTC(2026, 10, 21);
const NAME = "vendor/model";

/** One that has just opened at `NOW`. */
function opened(): CircuitBreaker {
  const breaker = new CircuitBreaker();
  for (let count = 0; count < 3; count += 1) breaker.noteFailure(NAME, NOW);
  return breaker;
}

describe("the circuit breaker", () => {
  it("opens for a minute after three failures in a row", () => {
    const breaker = new CircuitBreaker();
    breaker.noteFailure(NAME, NOW);
    breaker.noteFailure(NAME, NOW + SECOND_MS);
    assert.ok(!breaker.isOpen(NAME, NOW + SECOND_MS));
    assert.equal(breaker.openUntilMs(NAME, NOW + SECOND_MS), undefined);
    breaker.noteFailure(NAME, NOW + 2 * SECOND_MS);
    assert.ok(breaker.isOpen(NAME, NOW + 2 * SECOND_MS));
    assert.equal(breaker.openUntilMs(NAME, NOW + 2 * SECOND_MS), NOW + 62 * SECOND_MS);
    assert.ok(!breaker.take(NAME, NOW + 61 * SECOND_MS));
    assert.ok(!breaker.isOpen(NAME, NOW + 62 * SECOND_MS));
  });

  it("stays closed when a success or two minutes lie between the failures", () => {
    const breaker = new CircuitBreaker();
    for (let count = 0; count < 9; count += 1) {
      breaker.noteFailure(NAME, NOW + count);
      if (count % 2 === 1) breaker.noteSuccess(NAME);
    }
    assert.ok(!breaker.isOpen(NAME, NOW + 9));
    breaker.noteSuccess(NAME);
    for (let count = 1; count < 9; count += 1) breaker.noteFailure(NAME, NOW + count * MINUTE_MS);
    assert.ok(!breaker.isOpen(NAME, NOW + 8 * MINUTE_MS));
  });

  it("lets any number pass while it is closed", () => {
    const breaker = new CircuitBreaker();
    breaker.noteFailure(NAME, NOW);
    for (let count = 0; count < 5; count += 1) assert.ok(breaker.take(NAME, NOW));
  });

  it("lets one probe through when half open, and keeps the others away until it reports", () => {
    const breaker = opened();
    const later = NOW + MINUTE_MS;
    assert.ok(!breaker.isOpen(NAME, later));
    assert.ok(breaker.take(NAME, later));
    assert.ok(breaker.isOpen(NAME, later));
    assert.ok(!breaker.take(NAME, later + SECOND_MS));
    breaker.noteSuccess(NAME);
    assert.ok(breaker.take(NAME, later + 2 * SECOND_MS));
    assert.ok(breaker.take(NAME, later + 2 * SECOND_MS));
  });

  it("lets the next probe through when the last one never reported", () => {
    const breaker = opened();
    assert.ok(breaker.take(NAME, NOW + MINUTE_MS));
    assert.ok(breaker.take(NAME, NOW + 2 * MINUTE_MS));
    assert.ok(!breaker.take(NAME, NOW + 2 * MINUTE_MS));
  });

  it("opens for twice as long with each failing probe, up to ten minutes, also for one that took no place", () => {
    const breaker = opened();
    let nowMs = NOW + MINUTE_MS;
    for (const minutes of [2, 4, 8, 10, 10]) {
      if (minutes !== 4) assert.ok(breaker.take(NAME, nowMs));
      breaker.noteFailure(NAME, nowMs);
      assert.equal(breaker.openUntilMs(NAME, nowMs), nowMs + minutes * MINUTE_MS);
      nowMs += minutes * MINUTE_MS;
    }
    breaker.noteSuccess(NAME);
    for (let count = 0; count < 3; count += 1) breaker.noteFailure(NAME, nowMs);
    assert.equal(breaker.openUntilMs(NAME, nowMs), nowMs + MINUTE_MS);
  });

  it("does not open for longer because of requests that were sent before it opened", () => {
    const breaker = opened();
    for (let count = 0; count < 5; count += 1) breaker.noteFailure(NAME, NOW + SECOND_MS);
    assert.equal(breaker.openUntilMs(NAME, NOW + SECOND_MS), NOW + MINUTE_MS);
  });

  it("forgets what is long past, also when the clock was set back", () => {
    const breaker = opened();
    const nextDay = NOW + 24 * 60 * MINUTE_MS;
    breaker.noteFailure(NAME, nextDay);
    assert.ok(!breaker.isOpen(NAME, nextDay));
    assert.ok(!opened().isOpen(NAME, NOW - 60 * MINUTE_MS));
  });

  it("remembers the latest few hundred names only", () => {
    const breaker = new CircuitBreaker();
    const names = Array.from({ length: 1_000 }, (_, index) => `model-${index}`);
    for (const name of names) for (let count = 0; count < 3; count += 1) breaker.noteFailure(name, NOW);
    const remembered = names.filter((name) => breaker.isOpen(name, NOW));
    assert.deepEqual(remembered, names.slice(-remembered.length));
    assert.ok(remembered.length > 100 && remembered.length < 500);
  });

  const step = fc.record({
    afterMs: fc.oneof(fc.nat(SECOND_MS), fc.nat(3 * MINUTE_MS), fc.nat(40 * MINUTE_MS)),
    name: fc.constantFrom("a", "b"),
    does: fc.constantFrom("fail", "fail", "fail", "succeed", "take", "wait"),
  });
  type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

  /** Takes the steps and tells after each what is open. */
  function replay(steps: readonly Step[], check: (breaker: CircuitBreaker, step: Step, nowMs: number) => void): void {
    const breaker = new CircuitBreaker();
    let nowMs = NOW;
    for (const taken of steps) {
      nowMs += taken.afterMs;
      if (taken.does === "fail") breaker.noteFailure(taken.name, nowMs);
      if (taken.does === "succeed") breaker.noteSuccess(taken.name);
      if (taken.does === "take") breaker.take(taken.name, nowMs);
      check(breaker, taken, nowMs);
    }
  }

  it("is never open for longer than ten minutes, for nothing, or after a success", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const failures = { a: 0, b: 0 };
        replay(steps, (breaker, { does, name }, nowMs) => {
          const key = name === "a" ? "a" : "b";
          if (does === "fail") failures[key] += 1;
          if (does === "succeed") failures[key] = 0;
          const untilMs = breaker.openUntilMs(name, nowMs);
          assert.equal(breaker.isOpen(name, nowMs), untilMs !== undefined);
          if (untilMs === undefined) return;
          assert.ok(failures[key] >= 3 && untilMs > nowMs && untilMs <= nowMs + 10 * MINUTE_MS);
          assert.ok(!breaker.isOpen(name, untilMs));
        });
      }),
    );
  });

  it("lets at most one of many through within a minute once it has opened", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(90 * SECOND_MS), { maxLength: 40 }), (pauses) => {
        const breaker = opened();
        const takenAtMs: number[] = [];
        let nowMs = NOW;
        for (const pauseMs of pauses) {
          nowMs += pauseMs;
          const wasOpen = breaker.isOpen(NAME, nowMs);
          const isTaken = breaker.take(NAME, nowMs);
          assert.equal(isTaken, !wasOpen);
          if (isTaken) takenAtMs.push(nowMs);
        }
        for (const [index, atMs] of takenAtMs.entries()) {
          assert.ok(atMs - (takenAtMs[index - 1] ?? NOW) >= MINUTE_MS);
        }
      }),
    );
  });

  it("knows each name for itself", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const together = new Map<number, boolean>();
        const alone = new Map<number, boolean>();
        replay(steps, (breaker, _, nowMs) => together.set(nowMs, breaker.isOpen("a", nowMs)));
        const onlyA = steps.map((taken) => (taken.name === "a" ? taken : { ...taken, does: "wait" as const }));
        replay(onlyA, (breaker, _, nowMs) => alone.set(nowMs, breaker.isOpen("a", nowMs)));
        assert.deepEqual(together, alone);
      }),
    );
  });
});
