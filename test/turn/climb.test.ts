import assert from "node:assert/strict";
import { failed, PASSED } from "../../src/core/checks/checkVerdict.ts";
import { checkCodeBlock } from "../../src/core/checks/checkCodeBlock.ts";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { DEFAULT_POLICY, type RoutePolicy } from "../../src/core/routing/routePolicy.ts";
import { turnCost } from "../../src/core/waybill/turnCost.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import type { Fault } from "../simulator/startSimulator.ts";
import { type TurnBench, eventOf, openTurnBench, textOf, turnRequest } from "./turnBench.ts";

const CLIMBS: RoutePolicy = {
  ...DEFAULT_POLICY,
  maxCompletionTokens: 1_024,
  climb: "on-failed-check",
  climbBudget: toNanoUsd(1_000_000_000),
};
const EMPTY: Fault = { kind: "answer", content: "", reasoning: "Hm." };
const NO_CODE: Fault = { kind: "answer", content: "I would rename it." };
const ofCode = { check: async (answer: string) => checkCodeBlock(answer) };

describe("a turn whose answer fails a check", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  const chatBodies = () =>
    bench.simulator.requests.filter(({ path }) => path.includes("chat")).map(({ body }) => body as ChatBody);

  async function assertBilled(): Promise<void> {
    await bench.simulator.settled();
    const counted = bench.rows().reduce((sum, row) => sum + Number(row["cost_nano"]), 0);
    assert.equal(counted, bench.simulator.billNanoUsd());
    assert.equal(bench.openReservations(), 0);
  }

  it("stays with it, unasked, by default", async () => {
    bench.simulator.faultNext(EMPTY);
    const events = await bench.run();
    assert.ok(events.every(({ type }) => type !== "climb"));
    assert.equal(eventOf(events, "turn-end").waybill.reasons.join().includes("was empty"), false);
  });

  for (const { name, fault, lesson } of [
    { name: "empty", fault: EMPTY, lesson: /was empty/ },
    { name: "filtered", fault: { kind: "answer", content: "Half", isFiltered: true } as Fault, lesson: /filter/ },
  ]) {
    it(`climbs from an ${name} one, with both on the waybill and in the ledger at their real cost`, async () => {
      bench.simulator.faultNext(fault);
      const events = await bench.run({ policy: CLIMBS });
      const climb = eventOf(events, "climb");
      const { decision } = eventOf(events, "route-chosen");
      assert.equal(climb.from.model.id, decision.choice.model.id);
      assert.equal(climb.choice.model.id, decision.stronger[0]?.model.id);
      assert.match(climb.because, lesson);
      const { waybill } = eventOf(events, "turn-end");
      assert.equal(waybill.askedModel, climb.choice.model.id);
      assert.deepEqual(
        waybill.discarded.map(({ askedModel, failure, cost }) => [askedModel, failure, cost]),
        [[climb.from.model.id, "rejected", climb.waybill.cost]],
      );
      assert.match(waybill.reasons.join(" "), new RegExp(`so ${climb.choice.model.name} was asked`));
      assert.match(waybill.reasons.join(" "), /asked afresh/);
      await assertBilled();
      assert.equal(turnCost(waybill), bench.simulator.billNanoUsd());
      const tallies = await bench.ledger.outcomes.tallies("explain", Date.now());
      assert.deepEqual(
        tallies.map(({ model, kind }) => [model, kind]),
        [[climb.from.model.id, "rejected"]],
      );
    });
  }

  it("climbs when the surface's own check fails, and carries what was wrong along", async () => {
    bench.simulator.faultNext(NO_CODE);
    const events = await bench.run({ policy: CLIMBS, taskType: "fix", ...ofCode });
    const { waybill } = eventOf(events, "climb");
    assert.ok(waybill.cost > 0);
    const sent = chatBodies()[1]?.messages ?? [];
    assert.match(sent.at(-1)?.content ?? "", /held no code block/);
    assert.equal(sent.at(-2)?.content, "I would rename it.");
    await assertBilled();
  });

  it("goes up rung by rung, and says when nobody is left", async () => {
    bench.simulator.faultNext({ ...NO_CODE, times: 9 });
    const events = await bench.run({ policy: { ...CLIMBS, profile: "economy" }, ...ofCode });
    const { decision } = eventOf(events, "route-chosen");
    const climbed = events.filter(({ type }) => type === "climb").length;
    assert.ok(climbed > 0);
    assert.equal(climbed, decision.stronger.length);
    const { waybill } = eventOf(events, "turn-end");
    assert.match(waybill.reasons.at(-1) ?? "", /nobody stronger is left/);
    assert.equal(waybill.discarded.length, climbed);
    await assertBilled();
  });

  it("stays where the next one does not fit into what one turn may spend, and says so", async () => {
    bench.simulator.faultNext(NO_CODE);
    const events = await bench.run({ policy: { ...CLIMBS, climbBudget: toNanoUsd(1_000) }, ...ofCode });
    const { waybill } = eventOf(events, "turn-end");
    assert.equal(textOf(events), "I would rename it.");
    assert.match(waybill.reasons.at(-1) ?? "", /could cost up to \$.* one turn may spend \$.*climbBudget/);
    assert.equal(chatBodies().length, 1);
    await assertBilled();
  });

  it("stays where a budget does not hold the next one, and says so", async () => {
    const { amount } = eventOf(await bench.run(), "reserved");
    const spent = bench.rows().reduce((sum, row) => sum + Number(row["cost_nano"]), 0);
    bench.simulator.faultNext(NO_CODE);
    const limits = [dailyLimit("user", toNanoUsd(spent + amount))];
    const events = await bench.run({ policy: CLIMBS, limits, ...ofCode });
    assert.match(eventOf(events, "turn-end").waybill.reasons.at(-1) ?? "", /the budget does not hold/);
    await assertBilled();
  });

  it("tries a rung that is down again, and lets others stand in, stronger than the one that answered", async () => {
    bench.simulator.faultNext([
      NO_CODE,
      { kind: "error", error: "provider-overloaded", models: "all" },
      { kind: "error", error: "provider-overloaded", models: "all" },
    ]);
    const events = await bench.run({ policy: { ...CLIMBS, fallbackPriceFactor: 10 }, ...ofCode });
    const { from } = eventOf(events, "climb");
    assert.ok(events.some(({ type }) => type === "retry-wait"));
    const { choice } = eventOf(events, "fallback");
    const { waybill } = eventOf(events, "turn-end");
    assert.equal(waybill.askedModel, choice.model.id);
    assert.equal(bench.rows().at(-1)?.["asked_model"], choice.model.id);
    assert.equal(bench.rows().at(-1)?.["reserved_nano"], choice.worstCase);
    assert.ok((choice.quality ?? 0) > (from.quality ?? 1));
    await assertBilled();
  });

  it("keeps the first answer's cost apart when the stronger model fails, and says what was charged", async () => {
    bench.simulator.faultNext([NO_CODE, { kind: "error", error: "bad-key", times: 9 }]);
    const events = await bench.run({ policy: CLIMBS, ...ofCode });
    assert.ok(eventOf(events, "climb").waybill.cost > 0);
    assert.match(eventOf(events, "turn-failed").problem.sentence, /only for the answer before it/);
    await assertBilled();
  });

  it("counts a check that rejects as one that measured nothing", async () => {
    const events = await bench.run({ policy: CLIMBS, check: () => Promise.reject(new Error("no measure")) });
    assert.ok(events.every(({ type }) => type !== "climb"));
  });

  it("stopped while the check runs keeps the answer, and stopped on the next rung settles both", async () => {
    const stop = new AbortController();
    const during = await collectUntil({ policy: CLIMBS, check: async () => (stop.abort(), failed("is bad")) }, stop);
    assert.equal(eventOf(during, "turn-end").waybill.finish, "complete");
    assert.equal(chatBodies().length, 1);
    bench.simulator.faultNext([NO_CODE, { kind: "pace", tokensPerSecond: 100 }]);
    const later = new AbortController();
    const events = await collectUntil({ policy: CLIMBS, ...ofCode }, later, (all) => {
      if (all.some(({ type }) => type === "climb") && all.at(-1)?.type === "text-delta") later.abort();
    });
    assert.equal(eventOf(events, "turn-end").waybill.finish, "stopped");
    assert.equal(eventOf(events, "turn-end").waybill.discarded.length, 1);
    assert.equal(eventOf(events, "waybill-corrected").waybill.costSource, "reconciled");
    await assertBilled();
  });

  it("whose surface stops reading on the next rung leaves no reservation open", async () => {
    bench.simulator.faultNext(NO_CODE);
    const request = turnRequest({ policy: CLIMBS, ...ofCode });
    for await (const event of runTurn(bench.services, request, new AbortController().signal)) {
      if (event.type === "climb") break;
    }
    assert.equal(bench.openReservations(), 0);
    assert.deepEqual(
      bench.rows().map(({ cost_source }) => cost_source),
      ["billed", "unknown"],
    );
  });

  it("passes a good answer to the surface as it came", async () => {
    const seen: string[] = [];
    const events = await bench.run({ policy: CLIMBS, check: async (answer) => (seen.push(answer), PASSED) });
    assert.deepEqual(seen, [textOf(events)]);
  });

  it("sends a rejected answer along when a stronger model is asked by the person", async () => {
    const first = eventOf(await bench.run(), "route-chosen").decision;
    const next = first.stronger[0]?.model.id ?? "";
    const rejected = { text: "It adds numbers.", lesson: "was not accepted" };
    const events = await bench.run({ strongerThan: first.choice.model.id, beginWith: next, rejected });
    assert.match(eventOf(events, "turn-end").waybill.reasons.join(" "), /rejected answer went along/);
    assert.deepEqual(
      chatBodies()[1]?.messages.map(({ role }) => role),
      ["user", "assistant", "user"],
    );
    const { amount, choice } = eventOf(events, "reserved");
    assert.equal(amount, choice.worstCase);
  });

  async function collectUntil(
    wish: Parameters<typeof turnRequest>[0],
    stop: AbortController,
    onEvent: (all: readonly TurnEvent[]) => void = () => undefined,
  ): Promise<readonly TurnEvent[]> {
    const all: TurnEvent[] = [];
    for await (const event of runTurn(bench.services, turnRequest(wish), stop.signal)) {
      all.push(event);
      onEvent(all);
    }
    return all;
  }
});

interface ChatBody {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}
