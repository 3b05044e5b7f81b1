import assert from "node:assert/strict";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { ChatEvent } from "../../src/gateway/chatEvent.ts";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import type { Fault } from "../simulator/startSimulator.ts";
import { PLACE } from "../store/storeFolder.ts";
import { type TurnBench, openTurnBench, turnRequest } from "../turn/turnBench.ts";

const LIMITS = [dailyLimit("user", toNanoUsd(1e13))];
const SLOW: Fault = { kind: "pace", tokensPerSecond: 100 };

/** When the person stops the answer, and what is then known of its cost. */
interface Moment {
  readonly when: string;
  readonly faults: Fault;
  readonly known: "never left" | "nothing" | "its id" | "its cost";
  readonly isReached: (batch: readonly ChatEvent[]) => boolean;
}

const has = (type: ChatEvent["type"]) => (batch: readonly ChatEvent[]) => batch.some((event) => event.type === type);
const never = () => false;

const MOMENTS: readonly Moment[] = [
  { when: "before it connects", faults: { kind: "none" }, known: "never left", isReached: never },
  { when: "after it was written", faults: { kind: "hang" }, known: "nothing", isReached: never },
  {
    when: "after the headers",
    faults: { kind: "keep-alive", forMs: 60_000, everyMs: 60_000 },
    known: "its id",
    isReached: has("response-start"),
  },
  {
    when: "in the middle of a chunk",
    faults: { kind: "all", faults: [SLOW, { kind: "split-every", bytes: 7 }] },
    known: "its id",
    isReached: has("text-delta"),
  },
  { when: "after the usage", faults: { kind: "no-done" }, known: "its cost", isReached: has("finish") },
  { when: "after [DONE]", faults: { kind: "none" }, known: "its cost", isReached: never },
];

const LOOK_UPS: readonly { readonly answer: string; readonly notFound: number }[] = [
  { answer: "at once", notFound: 0 },
  { answer: "late", notFound: 3 },
  { answer: "never", notFound: 1_000 },
];

describe("promise 25: an answer that was stopped stays charged until the real cost is known", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  for (const moment of MOMENTS) {
    for (const { answer, notFound } of LOOK_UPS) {
      it(`stopped ${moment.when}, with a gateway that tells the cost ${answer}`, async () => {
        bench.simulator.faultNext(moment.faults);
        if (notFound > 0) {
          bench.simulator.faultNext({ kind: "http", status: 404, on: "generation", times: notFound, body: {} });
        }
        const { held, countedAtEnd } = await runAndStop(moment);
        await bench.simulator.settled();
        const bill = bench.simulator.billNanoUsd();
        assert.ok(countedAtEnd >= bill, `${countedAtEnd} counted when it ended, ${bill} charged`);
        const isFound = notFound < 1_000;
        const [row] = bench.rows();
        assert.equal(bench.openReservations(), 0);
        switch (moment.known) {
          case "never left":
            assert.equal(chats(), 0);
            assert.deepEqual([row, countedAtEnd], [undefined, 0]);
            return;
          case "nothing":
            assert.deepEqual([row?.["cost_source"], row?.["cost_nano"]], ["unknown", held]);
            return;
          case "its id":
            assert.equal(countedAtEnd, held, "nothing is given back before the cost is known");
            assert.deepEqual(
              [row?.["cost_source"], row?.["cost_nano"]],
              isFound ? ["reconciled", bill] : ["unknown", held],
            );
            return;
          case "its cost":
            assert.ok(bill > 0);
            assert.deepEqual([row?.["cost_source"], row?.["cost_nano"]], ["billed", bill]);
        }
      });
    }
  }

  const chats = () => bench.simulator.requests.filter(({ path }) => path.endsWith("/chat/completions")).length;

  /** What was held, and what the budget counted at the moment the surface was told that the turn is over. */
  async function runAndStop(moment: Moment): Promise<{ readonly held: number; readonly countedAtEnd: number }> {
    const stop = new AbortController();
    const services = { ...bench.services, gateway: stopping(bench.services.gateway, moment, stop) };
    let [held, countedAtEnd] = [0, 0];
    for await (const event of runTurn(services, turnRequest({ limits: LIMITS }), stop.signal)) {
      if (event.type === "reserved") held = event.amount;
      if (isEnd(event)) countedAtEnd = await counted();
    }
    assert.ok(held > 0 && stop.signal.aborted);
    return { held, countedAtEnd };
  }

  function stopping(gateway: Gateway, { when, isReached }: Moment, stop: AbortController): Gateway {
    return {
      ...gateway,
      streamChat: async function* (request, signal, note) {
        if (when === "before it connects") stop.abort();
        const written = setInterval(() => {
          if (when === "after it was written" && chats() > 0) stop.abort();
        }, 5);
        try {
          for await (const batch of gateway.streamChat(request, signal, note)) {
            if (isReached(batch)) stop.abort();
            yield batch;
          }
          stop.abort();
        } finally {
          clearInterval(written);
        }
      },
    };
  }

  async function counted(): Promise<number> {
    const [standing] = await bench.ledger.standings(PLACE, LIMITS, Date.now());
    return (standing?.spent ?? 0) + (standing?.reserved ?? 0);
  }
});

function isEnd({ type }: TurnEvent): boolean {
  return type === "turn-end" || type === "turn-failed";
}
