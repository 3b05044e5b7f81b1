import assert from "node:assert/strict";
import { fingerprintOf } from "../../src/core/tasks/fingerprint.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import type { OutcomeKind } from "../../src/core/routing/outcomeKind.ts";
import type { Ledger } from "../../src/store/ledger.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import { ONE_CENT, reservation, waybillOf } from "../store/storeFolder.ts";
import { type TurnBench, collect, eventOf, openTurnBench, turnRequest } from "./turnBench.ts";

describe("a turn after verdicts on earlier ones", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  async function judge(model: string, count: number, kind: OutcomeKind): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const turnId = `${model} ${kind} ${index}`;
      const held = reservation(ONE_CENT, { turnId, taskType: "explain", askedModel: model, limits: [] });
      await bench.ledger.reserve(held);
      const waybill = waybillOf(ONE_CENT, { turnId, taskType: "explain", askedModel: model, servedModel: model });
      await bench.ledger.settle(held.reservationId, waybill);
      assert.equal(await bench.ledger.outcomes.note(turnId, kind, Date.now()), true);
    }
  }

  it("asks another model where 40 answers of the first one were rejected, and says why on the waybill", async () => {
    const before = eventOf(await bench.run(), "turn-end").waybill;
    await judge(before.askedModel, 40, "rejected");
    const after = eventOf(await bench.run(), "turn-end").waybill;
    assert.notEqual(after.askedModel, before.askedModel);
    const why = after.reasons.find((reason) => reason.startsWith(before.askedModelName));
    assert.match(why ?? "", /would come first by its benchmark, but you accepted 0 of 40 of its answers to this task/);
    const otherTask = eventOf(await bench.run({ taskType: "question" }), "route-chosen");
    assert.doesNotMatch(otherTask.decision.explanation.reasons.join(), /of its answers to this task/);
  });

  it("takes verdicts on its own answer", async () => {
    const { turnId, askedModel } = eventOf(await bench.run(), "turn-end").waybill;
    assert.equal(await bench.ledger.outcomes.note(turnId, "accepted", Date.now()), true);
    const [tally] = await bench.ledger.outcomes.tallies("explain", Date.now());
    assert.deepEqual([tally?.model, tally?.kind, tally?.count], [askedModel, "accepted", 1]);
  });

  it("takes a question for what the person said a similar one was for", async () => {
    const text = "Look at the parser of dates and do what is needed there";
    const ask = () =>
      bench.run({
        messages: [{ role: "user", content: text }],
        signals: { text, hasSelection: true, hasDiagnostics: false },
      });
    await bench.ledger.corrections.note({ fingerprint: fingerprintOf(text), taskType: "refactor" }, Date.now());
    const { waybill } = eventOf(await ask(), "turn-end");
    assert.equal(waybill.taskType, "refactor");
    assert.match(waybill.reasons[0] ?? "", /you corrected a similar request/);
  });

  it("goes its way without them when they cannot be read", async () => {
    const refuse = () => Promise.reject(new WaybillError("ledger-busy", "locked"));
    const { ledger } = bench;
    const blind: Ledger = {
      outcomes: { ...ledger.outcomes, tallies: refuse },
      corrections: ledger.corrections,
      tokens: { ...ledger.tokens, of: refuse },
      repair: ledger.repair,
      raiseForToday: (...parameters) => ledger.raiseForToday(...parameters),
      claimAlerts: (...parameters) => ledger.claimAlerts(...parameters),
      reserve: (request) => ledger.reserve(request),
      renew: (...parameters) => ledger.renew(...parameters),
      settle: (...parameters) => ledger.settle(...parameters),
      release: (id) => ledger.release(id),
      standings: (...parameters) => ledger.standings(...parameters),
      recoverOrphans: (nowMs) => ledger.recoverOrphans(nowMs),
      bill: (...parameters) => ledger.bill(...parameters),
      uncertainRows: (...parameters) => ledger.uncertainRows(...parameters),
      correctCost: (...parameters) => ledger.correctCost(...parameters),
      modelsUsed: (...parameters) => ledger.modelsUsed(...parameters),
      keyStandings: () => ledger.keyStandings(),
      history: () => ledger.history(),
      close: () => ledger.close(),
    };
    const services = { ...bench.services, ledger: async () => blind };
    const events = await collect(runTurn(services, turnRequest(), new AbortController().signal));
    assert.equal(eventOf(events, "turn-end").waybill.finish, "complete");
  });
});
