import assert from "node:assert/strict";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { isFree } from "../../src/core/catalog/catalogModel.ts";
import { ZERO_USD } from "../../src/core/money/nanoUsd.ts";
import { DEFAULT_POLICY, type RoutePolicy } from "../../src/core/routing/routePolicy.ts";
import { type TurnBench, eventOf, openTurnBench } from "./turnBench.ts";

const NOTHING_LEFT = [dailyLimit("user", ZERO_USD)];

describe("a turn when the budget is spent", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  const run = (policy: Partial<RoutePolicy>) =>
    bench.run({ limits: NOTHING_LEFT, policy: { ...DEFAULT_POLICY, maxCompletionTokens: 1_024, ...policy } });

  const chatBodies = () =>
    bench.simulator.requests
      .filter(({ path }) => path.includes("chat"))
      .map(({ body }) => (typeof body === "object" && body !== null ? body : {}));

  const sentenceOf = async (policy: Partial<RoutePolicy>) =>
    eventOf(await run(policy), "turn-refused").problem.sentence;

  it("is refused by default, with what would help", async () => {
    const sentence = await sentenceOf({});
    assert.match(sentence, /starts afresh at 00:00\. Until then a higher budget helps, or let the \d+ free models/);
    assert.match(await sentenceOf({ pin: "openai/gpt-5.6-luna" }), /pinned model is never replaced/);
    const { models } = await bench.services.catalog(new AbortController().signal);
    const deny = models.filter(isFree).map(({ id }) => id);
    assert.match(await sentenceOf({ deny, whenSpent: "free" }), /no free model fits/);
    assert.equal(bench.rows().length, 0);
  });

  it("goes to a free model where the person lets it, and says so", async () => {
    const events = await run({ whenSpent: "free" });
    const { choice, amount } = eventOf(events, "reserved");
    assert.ok(isFree(choice.model));
    assert.equal(amount, 0);
    const { waybill } = eventOf(events, "turn-end");
    assert.equal(waybill.cost, 0);
    assert.match(waybill.reasons.join(" "), /pays for no model, so .* was taken, which is free of charge/);
    assert.equal(bench.openReservations(), 0);
  });

  it("lets only free ones stand in when the first fails", async () => {
    bench.simulator.faultNext({ kind: "error", error: "provider-overloaded" });
    const { waybill } = eventOf(await run({ whenSpent: "free" }), "turn-end");
    assert.notEqual(waybill.servedModel, waybill.askedModel);
    assert.equal(waybill.cost, 0);
    const { models } = await bench.services.catalog(new AbortController().signal);
    const free = new Set(models.filter(isFree).map(({ id }) => id));
    for (const body of chatBodies()) {
      assert.ok("models" in body && Array.isArray(body.models) && body.models.length > 1);
      assert.ok(body.models.every((id) => free.has(String(id))));
    }
  });

  it("never lets a provider train on prompts with the profile private, also for free", async () => {
    await run({ whenSpent: "free", profile: "private" });
    assert.ok(chatBodies().length > 0);
    for (const body of chatBodies()) {
      assert.ok("provider" in body);
      const { data_collection, zdr } = body.provider as Record<string, unknown>;
      assert.deepEqual([data_collection, zdr], ["deny", true]);
    }
  });

  it("stays with paid models while one of them fits", async () => {
    const policy = { ...DEFAULT_POLICY, maxCompletionTokens: 1_024, whenSpent: "free" } as const;
    const events = await bench.run({ policy });
    assert.equal(isFree(eventOf(events, "reserved").choice.model), false);
    assert.ok(eventOf(events, "route-chosen").decision.free.length > 0);
  });
});
