import assert from "node:assert/strict";
import { DEFAULT_POLICY, type RoutePolicy } from "../../src/core/routing/routePolicy.ts";
import type { Fault } from "../simulator/faults/fault.ts";
import { type TurnBench, eventOf, openTurnBench } from "../turn/turnBench.ts";

/** Everything that could lead to another attempt is allowed. */
const EAGER: RoutePolicy = { ...DEFAULT_POLICY, fallback: "models", fallbackPriceFactor: 5, climb: "on-failed-check" };

describe("promise 37: what may have been billed is not sent again unasked", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench({ timeouts: { headMs: 3_000, idleMs: 3_000 } });
  });
  afterEach(() => bench.close());

  const chatRequests = () => bench.simulator.requests.filter(({ path }) => path.endsWith("/chat/completions")).length;

  const mayBeBilled: readonly [string, Fault][] = [
    ["reset after the request was taken", { kind: "reset", times: 9 }],
    ["never answered", { kind: "hang", times: 9 }],
    ["cut right after the headers", { kind: "cut", afterChunks: 0, times: 9 }],
    ["cut in the middle of the text", { kind: "cut", afterChunks: 5, times: 9 }],
    ["ended without a word", { kind: "end-early", afterChunks: 0, times: 9 }],
    ["an error event without a word", { kind: "stream-error", afterChunks: 0, times: 9 }],
    ["silent after comments", { kind: "keep-alive", forMs: 60_000, everyMs: 60_000, times: 9 }],
  ];
  for (const [what, fault] of mayBeBilled) {
    it(`asks once when it is ${what}, and a person knows what asking again may cost`, async () => {
      bench.simulator.faultNext(fault);
      const events = await bench.run({ policy: EAGER });
      await bench.simulator.settled();
      assert.equal(chatRequests(), 1);
      const last = events.findLast(({ type }) => type === "turn-failed" || type === "turn-end");
      assert.ok(last !== undefined && "problem" in last);
      assert.match(last.problem?.sentence ?? "", /may cost up to \$\d+\.\d+ more/);
      assert.ok(last.problem?.action.id === "try-again" || last.problem?.action.id === "continue");
      assert.equal(bench.rows().length, 1);
    });
  }

  const neverBilled: readonly [string, Fault][] = [
    ["busy (503)", { kind: "error", error: "provider-error", models: "all" }],
    ["too many requests (429)", { kind: "error", error: "upstream-rate-limit", models: "all" }],
  ];
  for (const [what, fault] of neverBilled) {
    it(`asks once more, with a hold of its own, when the gateway answered ${what}`, async () => {
      bench.simulator.faultNext(fault);
      const events = await bench.run({ policy: EAGER });
      eventOf(events, "turn-end");
      assert.equal(chatRequests(), 2);
      assert.equal(events.filter(({ type }) => type === "reserved").length, 2);
      assert.equal(bench.rows().length, 1);
    });
  }
});
