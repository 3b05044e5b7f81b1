import assert from "node:assert/strict";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import { type TurnBench, collect, eventOf, openTurnBench, turnRequest } from "./turnBench.ts";

const HALF_A_CENT = [dailyLimit("workspace", toNanoUsd(5_000_000))];
const TINY = [dailyLimit("workspace", toNanoUsd(1_000))];

describe("a turn that a budget stops", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  const run = (fields: Partial<ReturnType<typeof turnRequest>>) =>
    collect(runTurn(bench.services, { ...turnRequest(), ...fields }, new AbortController().signal));

  it("asks the person where the policy says so, and goes on with their leave, once", async () => {
    const refused = eventOf(await run({ limits: TINY, onExceed: "ask" }), "turn-refused");
    const { action, alternatives = [] } = refused.problem;
    assert.equal(action.id, "allow-once");
    assert.ok(!alternatives.some(({ id }) => id === "raise-for-today"), "it would more than double the budget");
    assert.ok(!alternatives.some(({ id }) => id === "ask-cheaper"), "no paid model fits");
    assert.ok(refused.exceeded !== undefined);
    const allowance = { id: "leave", amount: refused.exceeded.needed };
    const again = await run({ turnId: "again", limits: TINY, onExceed: "ask", allowance });
    assert.equal(eventOf(again, "turn-end").waybill.finish, "complete");
    assert.equal(bench.rows().at(-1)?.["allowance"], "leave");
    assert.ok(
      (await run({ turnId: "third", limits: TINY, onExceed: "ask", allowance })).some(
        ({ type }) => type === "turn-refused",
      ),
    );
  });

  it("is refused without a question where the policy is to block, although a cheaper model would fit", async () => {
    const wanted = eventOf(await run({}), "reserved").amount;
    const limits = [dailyLimit("user", toNanoUsd(wanted + bench.simulator.billNanoUsd() - 1))];
    const { problem, exceeded } = eventOf(await run({ turnId: "two", limits, onExceed: "block" }), "turn-refused");
    assert.deepEqual([problem.action.id, problem.alternatives, exceeded], ["set-budget", undefined, undefined]);
    const asked = eventOf(await run({ turnId: "three", limits, onExceed: "ask" }), "turn-refused");
    assert.deepEqual(
      [asked.problem.action, ...(asked.problem.alternatives ?? [])].map(({ id }) => id),
      ["allow-once", "raise-for-today", "ask-cheaper", "set-budget"],
    );
    const cheaper = await run({ turnId: "four", limits, onExceed: "downgrade" });
    assert.equal(eventOf(cheaper, "turn-end").waybill.finish, "complete");
  });

  it("says which limit it was: one request, one chat, tokens, requests a minute", async () => {
    const sentenceOf = async (limits: Parameters<typeof run>[0]["limits"]) =>
      eventOf(await run({ limits: limits ?? [], chatId: "chat" }), "turn-refused").problem.sentence;
    const money = { measure: "money", period: "whole", limit: toNanoUsd(1_000) } as const;
    assert.match(
      await sentenceOf([{ ...money, scope: "request" }]),
      /your limit for one request is \$0\.0000010\. Nothing was sent/,
    );
    assert.match(
      await sentenceOf([{ ...money, scope: "chat" }]),
      /This chat's budget of \$0\.0000010 has \$0\.00 spent/,
    );
    assert.match(
      await sentenceOf([{ measure: "tokens", scope: "user", period: "day", limit: 10 }]),
      /Your limit of 10 tokens a day has 0 tokens used, and this request could take up to [\d,]+ tokens\./,
    );
    assert.match(
      await sentenceOf([{ measure: "money", scope: "key", period: "month", limit: toNanoUsd(1_000) }]),
      /This key's budget of \$0\.0000010 a month/,
    );
    const rate = [{ measure: "requests", scope: "user", period: "minute", limit: 1 } as const];
    assert.equal(eventOf(await run({ limits: rate }), "turn-end").waybill.finish, "complete");
    assert.match(await sentenceOf(rate), /started 1 request in the last minute, and your limit is 1 request a minute/);
  });

  it("is not one that costs nothing, also when the ledger cannot be used", async () => {
    const services = {
      ...bench.services,
      ledger: () => Promise.reject(new WaybillError("ledger-unusable", "full", { detail: "the disk is full" })),
    };
    const ask = (fields: Partial<ReturnType<typeof turnRequest>>) =>
      collect(runTurn(services, { ...turnRequest(), ...fields }, new AbortController().signal));
    const paid = eventOf(await ask({ limits: HALF_A_CENT }), "turn-failed");
    assert.match(paid.problem.sentence, /the disk is full.*Nothing was sent/);
    const { base } = turnRequest().policies;
    const free = eventOf(await ask({ policies: { base: { ...base, profile: "free" }, tasks: {} } }), "turn-end");
    assert.equal(free.waybill.cost, 0);
    assert.match(free.problem?.sentence ?? "", /the disk is full/);
  });

  it("is stopped at once when the server itself reports more tokens than were held", async () => {
    let told = 0;
    const gateway = {
      ...bench.services.gateway,
      streamChat: async function* () {
        for (told = 1; told <= 50; told += 1) {
          yield [
            { type: "text-delta", text: "short " } as const,
            { type: "usage", completionTokens: told * 1_000 } as const,
          ];
        }
      },
      fetchGeneration: () => Promise.resolve(undefined),
    };
    const events = await collect(runTurn({ ...bench.services, gateway }, turnRequest(), new AbortController().signal));
    assert.match(eventOf(events, "turn-end").problem?.sentence ?? "", /wrote more than was asked for/);
    assert.ok(told < 5, `stopped after ${told}`);
  });

  it("keeps the number of the rules that its model was chosen by", async () => {
    await run({});
    const { base } = turnRequest().policies;
    await run({ turnId: "same", policies: { base: { ...base }, tasks: {} } });
    await run({ turnId: "other", policies: { base: { ...base, temperature: 0.1 }, tasks: {} } });
    const [first, same, other] = bench.rows().map((row) => row["policy_hash"]);
    assert.ok(typeof first === "number" && first === same && first !== other, JSON.stringify([first, same, other]));
  });

  it("is stopped when its answer runs past what was held, and the text so far is kept", async () => {
    let isClosed = false;
    const gateway = {
      ...bench.services.gateway,
      streamChat: async function* () {
        try {
          for (;;) yield [{ type: "text-delta", text: "word ".repeat(10_000) } as const];
        } finally {
          isClosed = true;
        }
      },
      fetchGeneration: () => Promise.resolve(undefined),
    };
    const events = await collect(runTurn({ ...bench.services, gateway }, turnRequest(), new AbortController().signal));
    const { problem, waybill } = eventOf(events, "turn-end");
    assert.match(problem?.sentence ?? "", /wrote more than was asked for, and was stopped.*The text so far is kept/);
    assert.equal(waybill.finish, "incomplete");
    assert.ok(isClosed, "the connection is closed");
    assert.equal(bench.openReservations(), 0);
  });
});
