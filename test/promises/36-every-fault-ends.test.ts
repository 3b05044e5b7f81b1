import assert from "node:assert/strict";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import type { Fault } from "../simulator/faults/fault.ts";
import { type TurnBench, openTurnBench, turnRequest } from "../turn/turnBench.ts";

const FAULTS: readonly Fault[] = [
  { kind: "none" },
  { kind: "error", error: "bad-key" },
  { kind: "error", error: "provider-error", models: "all", times: 9 },
  { kind: "error", error: "insufficient-credits" },
  { kind: "http", status: 418, body: { teapot: true } },
  { kind: "html", status: 200 },
  { kind: "html", status: 502 },
  { kind: "redirect", status: 307, location: "https://elsewhere.example/" },
  { kind: "error-in-200" },
  { kind: "error-in-choice" },
  { kind: "reset" },
  { kind: "hang" },
  { kind: "keep-alive", forMs: 60_000, everyMs: 60_000 },
  { kind: "stream-error", afterChunks: 0 },
  { kind: "stream-error", afterChunks: 5 },
  { kind: "cut", afterChunks: 0 },
  { kind: "cut", afterChunks: 5 },
  { kind: "end-early", afterChunks: 5 },
  { kind: "garbage", afterChunks: 3, frame: "data: {not json\n\n" },
  { kind: "huge-line", bytes: 40_000_000 },
  { kind: "no-done" },
  { kind: "no-finish-reason" },
  { kind: "usage-missing" },
  { kind: "answer", content: "" },
];

/** What the person does meanwhile: waits, stops at once, at the first event or word, or closes what shows the answer. */
const MEANWHILE = ["waits", "stops at once", "stops when it is sent", "stops at the first word", "leaves"] as const;

const LAST: readonly TurnEvent["type"][] = ["turn-end", "turn-failed", "turn-refused"];

describe("promise 36: every fault ends in an answer, in a stop, or in a failure with its reason", function () {
  this.timeout(30_000);
  let bench: TurnBench;
  const rejected: unknown[] = [];
  const note = (reason: unknown) => void rejected.push(reason);
  before(async () => {
    process.on("unhandledRejection", note);
    bench = await openTurnBench({ timeouts: { headMs: 1_500, idleMs: 1_500 } });
    await bench.services.catalog(new AbortController().signal);
  });
  beforeEach(() => {
    bench.simulator.reset();
    rejected.length = 0;
  });
  after(async () => {
    process.off("unhandledRejection", note);
    await bench.close();
  });

  async function runWhile(what: (typeof MEANWHILE)[number]): Promise<readonly TurnEvent[]> {
    const stop = new AbortController();
    if (what === "stops at once") stop.abort();
    const policy = { ...DEFAULT_POLICY, maxCompletionTokens: 1_024 };
    const events: TurnEvent[] = [];
    for await (const event of runTurn(bench.services, turnRequest({ policy }), stop.signal)) {
      events.push(event);
      if (what === "stops when it is sent" && event.type === "attempt-start") stop.abort();
      if (what === "stops at the first word" && event.type === "text-delta") stop.abort();
      if (what === "leaves" && event.type === "attempt-start") break;
    }
    return events;
  }

  for (const fault of FAULTS) {
    it(`${JSON.stringify(fault)}, whatever the person does meanwhile`, async () => {
      for (const what of MEANWHILE) {
        bench.simulator.reset();
        bench.simulator.faultNext(fault);
        const events = await runWhile(what);
        await bench.simulator.settled();
        const ends = events.filter(({ type }) => LAST.includes(type));
        assert.equal(ends.length, what === "leaves" ? 0 : 1, what);
        for (const end of ends) {
          const problem = "problem" in end ? end.problem : undefined;
          if (end.type !== "turn-end") assert.match(problem?.sentence ?? "", /[^.]\./, what);
        }
        assert.equal(bench.openReservations(), 0, what);
      }
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(rejected, []);
    });
  }
});
