import assert from "node:assert/strict";
import { DEFAULT_POLICY, type RoutePolicy } from "../../src/core/routing/routePolicy.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import type { TurnEvent } from "../../src/turn/turnEvent.ts";
import { type TurnBench, eventOf, openTurnBench, textOf, turnRequest } from "./turnBench.ts";

const POLICY: RoutePolicy = { ...DEFAULT_POLICY, maxCompletionTokens: 1024 };
/** No models that could stand in, so that only the same one is asked again. */
const ONE_MODEL: RoutePolicy = { ...POLICY, fallback: "provider-only" };

describe("a turn whose attempt failed before its first token", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  const typesOf = (events: readonly TurnEvent[]) => [
    ...new Set(events.map(({ type }) => type).filter((type) => !type.endsWith("-delta"))),
  ];

  async function ledgerIsTheBill(): Promise<void> {
    await bench.simulator.settled();
    const charged = bench.rows().reduce((sum, row) => sum + Number(row["cost_nano"]), 0);
    assert.equal(charged, bench.simulator.billNanoUsd());
    assert.equal(bench.openReservations(), 0);
  }

  it("is tried again after a pause, and the waybill names the attempt that cost nothing", async () => {
    bench.simulator.faultNext({ kind: "error", error: "provider-error", models: "all" });
    const events = await bench.run({ policy: ONE_MODEL });
    const wait = eventOf(events, "retry-wait");
    assert.match(wait.because, /failed$/);
    const { waybill, problem } = eventOf(events, "turn-end");
    assert.equal(problem, undefined);
    assert.ok(textOf(events).length > 20);
    assert.equal(waybill.discarded.length, 1);
    assert.deepEqual(
      [waybill.discarded[0]?.failure, waybill.discarded[0]?.costSource, waybill.discarded[0]?.cost],
      ["provider-down", "nothing", 0],
    );
    assert.equal(bench.rows().length, 1);
    assert.match(String(bench.rows()[0]?.["discarded"]), /provider-down/);
    await ledgerIsTheBill();
  });

  it("asks another model when the first keeps failing, at no higher price than the policy allows", async () => {
    bench.simulator.faultNext({ kind: "error", error: "provider-error", models: "all", times: 2 });
    const events = await bench.run({ policy: { ...POLICY, fallbackPriceFactor: 5 } });
    const { from, choice } = eventOf(events, "fallback");
    assert.notEqual(choice.model.id, from.model.id);
    assert.ok(choice.worstCase <= from.worstCase * 5);
    const { waybill } = eventOf(events, "turn-end");
    assert.equal(waybill.askedModel, choice.model.id);
    assert.match(waybill.reasons.join(" "), new RegExp(`failed, so ${choice.model.name} was asked`));
    assert.equal(waybill.discarded.length, 2);
    await ledgerIsTheBill();
  });

  it("lets the gateway take a model that may stand in, and says which one served", async () => {
    bench.simulator.faultNext({ kind: "error", error: "provider-error", models: "first" });
    const events = await bench.run({ policy: { ...POLICY, profile: "quality" } });
    const { waybill } = eventOf(events, "turn-end");
    assert.notEqual(waybill.servedModel, waybill.askedModel);
    assert.match(waybill.reasons.at(-1) ?? "", /could not serve, so 127\.0\.0\.1:\d+ took .* which may stand in/);
    const body = bench.simulator.requests.find(({ path }) => path.includes("chat"))?.body;
    assert.ok(typeof body === "object" && body !== null && "models" in body && Array.isArray(body.models));
    assert.ok(body.models.length >= 2 && body.models.length <= 3);
    await ledgerIsTheBill();
  });

  it("never asks another model than a pinned one", async () => {
    bench.simulator.faultNext({ kind: "error", error: "provider-error", models: "all", times: 20 });
    const policy = { ...POLICY, pin: "openai/gpt-5.6-luna" };
    const events = await bench.run({ policy });
    assert.ok(!typesOf(events).includes("fallback"));
    for (const { path, body } of bench.simulator.requests) {
      if (!path.includes("chat")) continue;
      assert.ok(typeof body === "object" && body !== null && "model" in body);
      assert.equal(body.model, "openai/gpt-5.6-luna");
      assert.equal("models" in body ? body.models : undefined, undefined);
    }
    const { problem, waybill } = eventOf(events, "turn-failed");
    assert.match(problem.sentence, /It was tried 4 times\. Nothing was charged/);
    assert.equal(waybill, undefined);
    assert.equal(bench.openReservations(), 0);
  });

  it("neither falls back nor lets the gateway change the provider when the policy says none", async () => {
    await bench.run({ policy: { ...POLICY, fallback: "none" } });
    const body = bench.simulator.requests.find(({ path }) => path.includes("chat"))?.body;
    assert.ok(typeof body === "object" && body !== null && "provider" in body);
    assert.equal("models" in body ? body.models : undefined, undefined);
    assert.ok(typeof body.provider === "object" && body.provider !== null && "allow_fallbacks" in body.provider);
    assert.equal(body.provider.allow_fallbacks, false);
  });

  it("does not wait for a gateway that asks for more patience than a person has", async () => {
    bench.simulator.faultNext({
      kind: "error",
      error: "upstream-rate-limit",
      retryAfterSeconds: 300,
      models: "all",
      times: 20,
    });
    const events = await bench.run({ policy: ONE_MODEL });
    assert.ok(!typesOf(events).includes("retry-wait"));
    assert.match(eventOf(events, "turn-failed").problem.sentence, /It can be sent again at 00:00/);
  });

  it("does not ask again what cannot succeed", async () => {
    bench.simulator.faultNext({ kind: "error", error: "bad-key" });
    const events = await bench.run();
    assert.deepEqual(typesOf(events), ["route-chosen", "reserved", "attempt-start", "turn-failed"]);
  });

  it("asks for a shorter answer when the credit pays for one", async () => {
    bench.simulator.faultNext({ kind: "error", error: "fewer-max-tokens" });
    const events = await bench.run({ policy: { ...ONE_MODEL, maxCompletionTokens: 8_192 } });
    const { waybill } = eventOf(events, "turn-end");
    assert.match(waybill.reasons.join(" "), /credit left pays for 7527 tokens/);
    const amounts = events.flatMap((event) => (event.type === "reserved" ? [event.amount] : []));
    assert.equal(amounts.length, 2);
    assert.ok((amounts[1] ?? 0) < (amounts[0] ?? 0));
    const body = bench.simulator.requests.findLast(({ path }) => path.includes("chat"))?.body;
    assert.ok(typeof body === "object" && body !== null && "max_tokens" in body);
    assert.equal(body.max_tokens, 7_527);
    await ledgerIsTheBill();
  });

  it("is not sent again unasked where it may have cost something; what it cost is looked up", async () => {
    bench.simulator.faultNext({ kind: "cut", afterChunks: 0 });
    const events = await bench.run({ policy: ONE_MODEL });
    const { problem, waybill } = eventOf(events, "turn-failed");
    assert.match(
      problem.sentence,
      /stays reserved in your budget; your text is kept\. Asking again may cost up to \$0\.\d+/,
    );
    assert.deepEqual([waybill?.costSource, waybill?.discarded], ["estimated", []]);
    const corrected = eventOf(events, "waybill-corrected").waybill;
    assert.equal(corrected.costSource, "reconciled");
    assert.equal(bench.rows().length, 1);
    await bench.simulator.settled();
    assert.equal(corrected.cost, bench.simulator.billNanoUsd());
    await ledgerIsTheBill();
  });

  it("is stopped at once while it waits to try again", async () => {
    bench.simulator.faultNext({ kind: "error", error: "provider-error", models: "all", times: 20 });
    const stop = new AbortController();
    const services = {
      ...bench.services,
      wait: (milliseconds: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => {
          assert.ok(milliseconds > 0);
          if (signal?.aborted === true) resolve();
          signal?.addEventListener("abort", () => resolve());
        }),
    };
    const events: TurnEvent[] = [];
    for await (const event of runTurn(services, turnRequest({ policy: ONE_MODEL }), stop.signal)) {
      events.push(event);
      if (event.type === "retry-wait") stop.abort();
    }
    const { problem } = eventOf(events, "turn-failed");
    assert.match(problem.sentence, /^Stopped\. Nothing was charged/);
    await ledgerIsTheBill();
  });

  it("whose surface stops reading while it waits leaves nothing reserved", async () => {
    bench.simulator.faultNext({ kind: "error", error: "provider-error", models: "all", times: 20 });
    for await (const event of runTurn(
      bench.services,
      turnRequest({ policy: ONE_MODEL }),
      new AbortController().signal,
    )) {
      if (event.type === "retry-wait") break;
    }
    assert.equal(bench.openReservations(), 0);
    await ledgerIsTheBill();
  });
});

describe("a turn whose answer broke off after its first token", () => {
  it("is not tried again, and names what going on may cost", async () => {
    const bench = await openTurnBench();
    bench.simulator.faultNext({ kind: "cut", afterChunks: 20 });
    const events = await bench.run();
    assert.equal(events.filter(({ type }) => type === "attempt-start").length, 1);
    const { problem } = eventOf(events, "turn-end");
    assert.match(problem?.sentence ?? "", /Going on, or asking again, may cost up to \$0\.\d+ more/);
    assert.deepEqual([problem?.action.id, problem?.alternatives?.[0]?.id], ["continue", "try-again"]);
    await bench.close();
  });
});

describe("a provider that fails again and again", () => {
  it("is not asked for a while, but asked after all when no other may serve at the price", async () => {
    const bench = await openTurnBench();
    const first = eventOf(await bench.run({ policy: ONE_MODEL }), "turn-end").waybill;
    assert.ok(first.provider !== undefined);
    const party = { modelId: "another/model", provider: first.provider };
    for (let failures = 0; failures < 3; failures += 1) {
      bench.services.health.noteFailure(party, new WaybillError("provider-down", "x"), Date.now());
    }
    const { waybill } = eventOf(await bench.run({ policy: ONE_MODEL }), "turn-end");
    assert.equal(waybill.provider, first.provider);
    assert.deepEqual(
      waybill.discarded.map(({ failure, costSource }) => [failure, costSource]),
      [["no-endpoint", "nothing"]],
    );
    const wished = { ...ONE_MODEL, provider: { only: [first.provider.toLowerCase()] } };
    assert.equal(eventOf(await bench.run({ policy: wished }), "turn-end").waybill.discarded.length, 0);
    await bench.close();
  });
});

describe("a model that fails again and again", () => {
  it("is not asked for a while when another can stand in, and the waybill says why", async () => {
    const bench = await openTurnBench();
    bench.simulator.faultNext({ kind: "error", error: "provider-error", models: "all", times: 8 });
    const routed = eventOf(await bench.run({ policy: { ...POLICY, profile: "quality" } }), "route-chosen").decision
      .choice.model.id;
    await bench.run({ policy: { ...POLICY, profile: "quality" } });
    bench.simulator.reset();
    const events = await bench.run({ policy: { ...POLICY, profile: "quality" } });
    const { waybill } = eventOf(events, "turn-end");
    assert.notEqual(waybill.askedModel, routed);
    assert.match(waybill.reasons.join(" "), /failed several times in a row and is not asked until 00:00/);
    await bench.close();
  });
});
