import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { mock } from "node:test";
import { setImmediate as settle } from "node:timers/promises";
import fc from "fast-check";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { RequestLimiter } from "../../src/turn/requestLimiter.ts";

const NEVER_ABORTED = new AbortController().signal;
const UNLIMITED_RATE = { perMinute: undefined };
const MINUTE_MS = 60_000;

/** One call of `admit`, watched. */
class Visit {
  readonly #abort = new AbortController();
  #release: (() => void) | undefined;
  error: unknown;

  constructor(limiter: RequestLimiter, onAdmitted: () => void = () => undefined) {
    limiter.admit(this.#abort.signal).then(
      (release) => {
        this.#release = release;
        onAdmitted();
      },
      (error: unknown) => {
        this.error = error;
      },
    );
  }

  get isAdmitted(): boolean {
    return this.#release !== undefined;
  }

  get listeners(): number {
    return getEventListeners(this.#abort.signal, "abort").length;
  }

  release(): void {
    this.#release?.();
  }

  abort(): void {
    this.#abort.abort();
  }
}

const admitted = (visits: readonly Visit[]) => visits.map(({ isAdmitted }) => isAdmitted);

describe("the limiter of requests", () => {
  it("lets so many through at once, and the next when a place is given back", async () => {
    const limiter = new RequestLimiter({ concurrent: 2, ...UNLIMITED_RATE });
    const visits = [new Visit(limiter), new Visit(limiter), new Visit(limiter), new Visit(limiter)];
    await settle();
    assert.deepEqual(admitted(visits), [true, true, false, false]);
    assert.equal(limiter.waiting, 2);
    visits[1]?.release();
    await settle();
    assert.deepEqual(admitted(visits), [true, true, true, false]);
    assert.equal(limiter.waiting, 1);
  });

  it("takes a place back once, however often it is given", async () => {
    const limiter = new RequestLimiter({ concurrent: 1, ...UNLIMITED_RATE });
    const visits = [new Visit(limiter), new Visit(limiter), new Visit(limiter)];
    await settle();
    for (let count = 0; count < 3; count += 1) visits[0]?.release();
    await settle();
    assert.deepEqual(admitted(visits), [true, true, false]);
  });

  it("ends a wait with an abort, and gives the place in the queue to the next", async () => {
    const limiter = new RequestLimiter({ concurrent: 1, ...UNLIMITED_RATE });
    const visits = [new Visit(limiter), new Visit(limiter), new Visit(limiter)];
    visits[1]?.abort();
    assert.equal(limiter.waiting, 1);
    await settle();
    const error = visits[1]?.error;
    assert.ok(error instanceof WaybillError && error.code === "aborted" && error.isUncharged);
    visits[0]?.release();
    await settle();
    assert.deepEqual(admitted(visits), [true, false, true]);
  });

  it("takes nobody whose signal has aborted before", async () => {
    const limiter = new RequestLimiter({ concurrent: 1, ...UNLIMITED_RATE });
    await assert.rejects(limiter.admit(AbortSignal.abort()), { code: "aborted" });
    (await limiter.admit(NEVER_ABORTED))();
  });

  it("keeps the place of a request that is aborted while it runs, until it is given back", async () => {
    const limiter = new RequestLimiter({ concurrent: 1, ...UNLIMITED_RATE });
    const visits = [new Visit(limiter), new Visit(limiter)];
    await settle();
    visits[0]?.abort();
    await settle();
    assert.deepEqual(admitted(visits), [true, false]);
    visits[0]?.release();
    await settle();
    assert.deepEqual(admitted(visits), [true, true]);
  });

  it("listens to a signal only while its request waits", async () => {
    const limiter = new RequestLimiter({ concurrent: 1, perMinute: 9 });
    const [first, second, third] = [new Visit(limiter), new Visit(limiter), new Visit(limiter)];
    assert.deepEqual([second.listeners, third.listeners], [1, 1]);
    third.abort();
    await settle();
    assert.deepEqual([first.listeners, second.listeners, third.listeners], [0, 1, 0]);
    first.release();
    await settle();
    assert.equal(second.listeners, 0);
    second.release();
  });

  it("serves in order, never more at once than allowed, whoever leaves whenever", async () => {
    const step = fc.oneof(
      fc.record({ does: fc.constant("come" as const), index: fc.constant(0) }),
      fc.record({ does: fc.constantFrom("release" as const, "abort" as const), index: fc.nat(20) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 40 }), async (concurrent, steps) => {
        const limiter = new RequestLimiter({ concurrent, ...UNLIMITED_RATE });
        const visits: Visit[] = [];
        let running: Visit[] = [];
        let waiting: Visit[] = [];
        for (const { does, index } of steps) {
          const visit = does === "come" ? new Visit(limiter) : visits[index];
          if (visit === undefined) continue;
          if (does === "come") {
            visits.push(visit);
            waiting.push(visit);
          } else visit[does]();
          if (does === "abort") waiting = waiting.filter((other) => other !== visit);
          if (does === "release") running = running.filter((other) => other !== visit);
          running.push(...waiting.splice(0, concurrent - running.length));
          await settle();
          assert.equal(limiter.waiting, waiting.length);
          assert.deepEqual(admitted(running), admitted(running).fill(true));
          assert.deepEqual(admitted(waiting), admitted(waiting).fill(false));
        }
        for (const visit of visits) {
          visit.abort();
          visit.release();
        }
        await settle();
        assert.equal(limiter.waiting, 0);
        for (const { isAdmitted, error } of visits) assert.notEqual(isAdmitted, error !== undefined);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the limiter's minute", () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

  beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] }));
  afterEach(() => mock.timers.reset());

  async function pass(milliseconds: number): Promise<void> {
    await settle();
    mock.timers.tick(milliseconds);
    await settle();
  }

  it("lets no more start than allowed, counted from each start", async () => {
    const limiter = new RequestLimiter({ concurrent: 9, perMinute: 2 });
    const visits = [new Visit(limiter)];
    await pass(40_000);
    visits.push(new Visit(limiter), new Visit(limiter), new Visit(limiter));
    await pass(19_999);
    assert.deepEqual(admitted(visits), [true, true, false, false]);
    await pass(1);
    assert.deepEqual(admitted(visits), [true, true, true, false]);
    await pass(39_999);
    assert.deepEqual(admitted(visits), [true, true, true, false]);
    await pass(1);
    assert.deepEqual(admitted(visits), [true, true, true, true]);
  });

  it("does not count a request that left before its turn", async () => {
    const limiter = new RequestLimiter({ concurrent: 9, perMinute: 1 });
    const visits = [new Visit(limiter), new Visit(limiter), new Visit(limiter)];
    visits[1]?.abort();
    await pass(MINUTE_MS);
    assert.deepEqual(admitted(visits), [true, false, true]);
  });

  it("never has more starts than allowed, wherever it begins, and serves everybody in order", async () => {
    const visit = fc.record({ afterMs: fc.nat(40_000), lastsMs: fc.nat(100_000), isAborted: fc.boolean() });
    const limits = fc.record({ concurrent: fc.integer({ min: 1, max: 3 }), perMinute: fc.integer({ min: 1, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(limits, fc.array(visit, { maxLength: 12 }), async ({ concurrent, perMinute }, wishes) => {
        const limiter = new RequestLimiter({ concurrent, perMinute });
        const starts: { readonly index: number; readonly atMs: number }[] = [];
        const visits: Visit[] = [];
        for (const [index, { afterMs, lastsMs, isAborted }] of wishes.entries()) {
          await pass(afterMs);
          const made = new Visit(limiter, () => {
            starts.push({ index, atMs: Date.now() });
            setTimeout(() => made.release(), lastsMs);
          });
          visits.push(made);
          if (isAborted) setTimeout(() => made.abort(), 5_000);
        }
        for (let step = 0; step < 300; step += 1) await pass(5_000);
        const order = starts.map(({ index }) => index);
        assert.deepEqual(
          order,
          order.toSorted((left, right) => left - right),
        );
        for (const [index, { isAdmitted, error }] of visits.entries()) {
          assert.ok(isAdmitted || (error !== undefined && wishes[index]?.isAborted), `visit ${index}`);
        }
        for (const { atMs } of starts) {
          const inMinute = starts.filter((other) => other.atMs >= atMs && other.atMs < atMs + MINUTE_MS);
          assert.ok(inMinute.length <= perMinute, `${inMinute.length} starts in a minute`);
        }
      }),
      { numRuns: 20 },
    );
  }).timeout(30_000);

  it("has a timer only while somebody waits for it", async () => {
    mock.timers.reset();
    // Mocha's own timer starts once the test has given way.
    await settle();
    const before = timers();
    const limiter = new RequestLimiter({ concurrent: 9, perMinute: 1 });
    const first = new Visit(limiter);
    await settle();
    assert.equal(timers(), before);
    const second = new Visit(limiter);
    await settle();
    assert.equal(timers(), before + 1);
    first.release();
    second.abort();
    await settle();
    assert.equal(timers(), before);
  });

  it("can be of any length", async () => {
    mock.timers.reset();
    const limiter = new RequestLimiter({ concurrent: 1, perMinute: 1, periodMs: 30 });
    const startedAtMs = Date.now();
    for (let count = 0; count < 3; count += 1) (await limiter.admit(NEVER_ABORTED))();
    assert.ok(Date.now() - startedAtMs >= 60);
  });
});
