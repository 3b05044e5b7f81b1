import assert from "node:assert/strict";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { type NanoUsd, toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import type { ModelChoice } from "../../src/core/routing/routeDecision.ts";
import { type TurnBench, type TurnWish, eventOf, openTurnBench } from "./turnBench.ts";

const NOTHING = toNanoUsd(1);

describe("a turn that may cost more than the person wants unasked", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  const chatRequests = () => bench.simulator.requests.filter(({ path }) => path.includes("chat")).length;

  /** What would be asked first, and the most it could cost. */
  async function routed(wish: TurnWish = {}): Promise<ModelChoice> {
    const events = await bench.run({ ...wish, askAbove: toNanoUsd(0) });
    return eventOf(events, "route-chosen").decision.choice;
  }

  async function askedAbout(askAbove: NanoUsd, wish: TurnWish = {}) {
    const { problem, exceeded } = eventOf(await bench.run({ ...wish, askAbove }), "turn-refused");
    assert.ok(exceeded !== undefined && !("blocking" in exceeded));
    return { problem, exceeded };
  }

  it("is asked about, with the amount and a cheaper model, and nothing is held or sent", async () => {
    const { worstCase } = await routed();
    const { problem, exceeded } = await askedAbout(toNanoUsd(worstCase - 1));
    assert.match(
      problem.sentence,
      /^This may cost up to \$[\d.]+ with .* \(your limit to ask is \$[\d.]+\)\. Nothing was/,
    );
    assert.equal(problem.action.id, "send-anyway");
    assert.match(problem.alternatives?.[0]?.label ?? "", /^Cheaper: .* for about \$/);
    assert.equal(exceeded.needed, worstCase);
    assert.deepEqual([chatRequests(), bench.rows().length, bench.openReservations()], [0, 0, 0]);
  });

  it("is sent unasked when it costs just the amount", async () => {
    const { worstCase } = await routed();
    assert.equal(eventOf(await bench.run({ askAbove: worstCase }), "turn-end").waybill.finish, "complete");
  });

  it("is sent with the person's yes to this amount, and to no smaller one", async () => {
    const { exceeded } = await askedAbout(NOTHING);
    const sent = await bench.run({ askAbove: NOTHING, confirmedUpTo: exceeded.needed });
    assert.equal(eventOf(sent, "turn-end").waybill.finish, "complete");
    await askedAbout(NOTHING, { confirmedUpTo: toNanoUsd(exceeded.needed - 1) });
    assert.equal(chatRequests(), 1);
  });

  it("is sent to the cheaper model without asking again", async () => {
    const { worstCase } = await routed();
    const askAbove = toNanoUsd(worstCase - 1);
    const { cheaper } = (await askedAbout(askAbove)).exceeded;
    assert.ok(cheaper !== undefined);
    const events = await bench.run({ askAbove, beginWith: cheaper });
    assert.equal(eventOf(events, "turn-end").waybill.askedModel, cheaper);
  });

  it("of a pinned model offers no other one", async () => {
    const { model } = await routed();
    const { problem, exceeded } = await askedAbout(NOTHING, { policy: { ...DEFAULT_POLICY, pin: model.id } });
    assert.deepEqual([problem.alternatives, exceeded.cheaper], [undefined, undefined]);
  });

  it("does not pass a budget by a yes, and needs no second yes when a budget was let pass", async () => {
    const { worstCase } = await routed();
    const limits = [dailyLimit("workspace", toNanoUsd(1_000))];
    const wish = { askAbove: NOTHING, limits, onExceed: "ask" } as const;
    const refused = eventOf(await bench.run({ ...wish, confirmedUpTo: worstCase }), "turn-refused");
    assert.equal(refused.problem.action.id, "allow-once");
    const sent = await bench.run({ ...wish, allowance: { id: "leave", amount: worstCase } });
    assert.equal(eventOf(sent, "turn-end").waybill.finish, "complete");
  });

  it("does not climb above the amount, and the waybill says why", async () => {
    const policy = { ...DEFAULT_POLICY, climb: "on-failed-check", climbBudget: toNanoUsd(1_000_000_000) } as const;
    const { worstCase } = await routed({ policy });
    bench.simulator.faultNext({ kind: "answer", content: "", reasoning: "Hm." });
    const events = await bench.run({ policy, askAbove: worstCase });
    assert.ok(events.every(({ type }) => type !== "climb"));
    assert.match(
      eventOf(events, "turn-end").waybill.reasons.join(" "),
      /what you allow unasked \(waybill\.budget\.askAbove\) does not cover the \$/,
    );
    assert.equal(chatRequests(), 1);
  });
});
