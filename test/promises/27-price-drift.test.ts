import assert from "node:assert/strict";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { correctShown } from "../../src/core/waybill/correctShown.ts";
import { presentWaybill } from "../../src/core/waybill/presentWaybill.ts";
import { receiptLine } from "../../src/core/waybill/receiptLine.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import { failed } from "../../src/core/checks/checkVerdict.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import { settleUncertain } from "../../src/turn/settleUncertain.ts";
import { type TurnBench, collect, eventOf, openTurnBench, turnRequest } from "../turn/turnBench.ts";

const FACTOR = 10;
/** So few tokens are held that ten times the price of an answer passes them, and its list price never does. */
const SHORT = { ...DEFAULT_POLICY, maxCompletionTokens: 64 };
const ANSWER = { kind: "answer", content: "Crates are counted twice. ".repeat(8) } as const;
const TENFOLD = { kind: "all", faults: [{ kind: "charge-multiplied", factor: FACTOR }, ANSWER] } as const;
const ALARM = /^This cost \$[\d.]+, more than the \$[\d.]+ held for it\. Your budget was charged all of it/;

describe("promise 27: prices may drift, the budget does not", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  const spentInRows = () => bench.rows().reduce((sum, row) => sum + Number(row["cost_nano"]), 0);

  it("raises an alarm when a server charges ten times its price, and counts all of it", async () => {
    bench.simulator.faultNext(TENFOLD);
    const events = await bench.run({ policy: SHORT });
    const { waybill } = eventOf(events, "turn-end");
    const held = eventOf(events, "reserved").amount;
    assert.ok(waybill.cost > held);
    assert.equal(waybill.heldAtMost, held);
    assert.match(presentWaybill(waybill).alarm ?? "", ALARM);
    assert.match(receiptLine(waybill), /more than the \$[\d.]+ held for it/);
    assert.equal(waybill.cost, bench.simulator.billNanoUsd());
    assert.equal(spentInRows(), bench.simulator.billNanoUsd());
  });

  it("sends nothing more once such a bill has passed the limit", async () => {
    bench.simulator.faultNext([{ kind: "none" }, TENFOLD]);
    const fair = eventOf(await bench.run({ policy: SHORT }), "reserved").amount;
    const limits = [dailyLimit("user", toNanoUsd(spentInRows() + fair))];
    eventOf(await bench.run({ policy: SHORT, limits }), "turn-end");
    const sent = bench.simulator.books().length;
    assert.ok(bench.simulator.billNanoUsd() > (limits[0]?.limit ?? 0));
    eventOf(await bench.run({ policy: SHORT, limits }), "turn-refused");
    assert.equal(bench.simulator.books().length, sent);
  });

  it("says nothing of a bill that what was held covers", async () => {
    bench.simulator.faultNext(ANSWER);
    const { waybill } = eventOf(await bench.run({ policy: SHORT }), "turn-end");
    assert.equal(waybill.heldAtMost, undefined);
    assert.doesNotMatch(presentWaybill(waybill).alarm ?? "", /held for it/);
  });

  it("raises it also when only the look-up after a stop tells the price", async () => {
    bench.simulator.faultNext({
      kind: "all",
      faults: [{ kind: "charge-multiplied", factor: 1_000 }, { kind: "pace", tokensPerSecond: 100 }, ANSWER],
    });
    const stop = new AbortController();
    const events = [];
    for await (const event of runTurn(bench.services, turnRequest({ policy: SHORT }), stop.signal)) {
      events.push(event);
      if (event.type === "text-delta") stop.abort();
    }
    const { waybill } = eventOf(events, "waybill-corrected");
    assert.equal(waybill.costSource, "reconciled");
    assert.match(presentWaybill(waybill).alarm ?? "", ALARM);
    assert.equal(spentInRows(), bench.simulator.billNanoUsd());
  });

  it("raises it also for an answer that did not do, before the one that did", async () => {
    bench.simulator.faultNext(TENFOLD);
    let checks = 0;
    const check = async () => ((checks += 1) === 1 ? failed("did not build") : ({ kind: "passed" } as const));
    const policy = { ...SHORT, climb: "on-failed-check", climbBudget: toNanoUsd(1e9) } as const;
    const events = await bench.run({ policy, check });
    const { waybill } = eventOf(events, "turn-end");
    assert.equal(waybill.heldAtMost, undefined);
    assert.ok((waybill.discarded[0]?.heldAtMost ?? Infinity) < (waybill.discarded[0]?.cost ?? 0));
    assert.match(presentWaybill(waybill).alarm ?? "", ALARM);
  });

  it("adds it to a receipt of before when the cost becomes known days later", async () => {
    bench.simulator.faultNext({
      kind: "all",
      faults: [{ kind: "charge-multiplied", factor: 1_000 }, { kind: "cut", afterChunks: 5 }, ANSWER],
    });
    const blind = { ...bench.services, gateway: { ...bench.services.gateway, fetchGeneration: async () => undefined } };
    const events = await collect(runTurn(blind, turnRequest({ policy: SHORT }), new AbortController().signal));
    await bench.simulator.settled();
    const shown = presentWaybill(eventOf(events, "waybill-corrected").waybill);
    assert.deepEqual([shown.costSource, shown.alarm], ["unknown", undefined]);
    const { gateway } = bench.services;
    const rows = await bench.ledger.uncertainRows("2000-01-01", gateway.origin);
    const services = { gateway, ledger: bench.ledger, gatewayWithKey: () => assert.fail("no other key") };
    const { settled } = await settleUncertain(services, rows, new AbortController().signal);
    assert.match(correctShown(shown, settled)?.shown?.alarm ?? "", ALARM);
    assert.equal(spentInRows(), bench.simulator.billNanoUsd());
  });
});
