import assert from "node:assert/strict";
import { dailyLimit } from "../../src/core/budget/spendLimit.ts";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { DEFAULT_POLICY } from "../../src/core/routing/routePolicy.ts";
import type { Fault } from "../simulator/startSimulator.ts";
import { runTurn } from "../../src/turn/runTurn.ts";
import { type TurnBench, collect, eventOf, openTurnBench, textOf, turnRequest } from "./turnBench.ts";

describe("a turn", () => {
  let bench: TurnBench;
  beforeEach(async () => {
    bench = await openTurnBench();
  });
  afterEach(() => bench.close());

  it("classifies, routes, reserves, streams and settles at exactly the bill", async () => {
    const events = await bench.run();
    assert.deepEqual([...new Set(events.map(({ type }) => type))].slice(0, 3), [
      "route-chosen",
      "reserved",
      "attempt-start",
    ]);
    const { waybill, problem } = eventOf(events, "turn-end");
    assert.equal(problem, undefined);
    assert.equal(waybill.costSource, "billed");
    assert.equal(waybill.taskType, "explain");
    assert.equal(waybill.finish, "complete");
    assert.ok(textOf(events).length > 20);
    assert.ok(waybill.cost > 0);
    await bench.simulator.settled();
    assert.equal(waybill.cost, bench.simulator.billNanoUsd());
    const [row] = bench.rows();
    assert.equal(row?.["cost_nano"], bench.simulator.billNanoUsd());
    assert.equal(row?.["generation_id"], bench.simulator.books()[0]?.generationId);
    assert.equal(bench.openReservations(), 0);
  });

  it("sends a length limit and a price ceiling that make the reservation the worst case", async () => {
    const events = await bench.run();
    const { amount, choice } = eventOf(events, "reserved");
    const body = bench.simulator.requests.find(({ path }) => path.includes("chat"))?.body;
    assert.ok(typeof body === "object" && body !== null && "max_tokens" in body && "provider" in body);
    assert.equal(body.max_tokens, choice.maxCompletionTokens);
    assert.ok(eventOf(events, "turn-end").waybill.cost <= amount);
  });

  it("is refused before anything is sent when the budget does not hold its worst case", async () => {
    const events = await bench.run({ limits: [dailyLimit("workspace", toNanoUsd(1_000))] });
    const { problem } = eventOf(events, "turn-refused");
    assert.match(problem.sentence, /workspace's budget of \$0\.0000010 a day/);
    assert.equal(problem.action.id, "set-budget");
    assert.equal(bench.simulator.requests.filter(({ path }) => path.includes("chat")).length, 0);
    assert.equal(bench.rows().length, 0);
    assert.equal(bench.openReservations(), 0);
  });

  it("takes a cheaper model when only that fits the budget, and says so", async () => {
    const first = eventOf(await bench.run(), "reserved");
    const spent = bench.rows().reduce((sum, row) => sum + Number(row["cost_nano"]), 0);
    const limit = toNanoUsd(spent + first.amount - 1);
    const events = await bench.run({ limits: [dailyLimit("user", limit)] });
    const { waybill } = eventOf(events, "turn-end");
    assert.notEqual(waybill.askedModel, first.choice.model.id);
    assert.match(waybill.reasons.at(-1) ?? "", /budget left is too small/);
  });

  it("stopped in the middle keeps the text and is settled at what the gateway says afterwards", async () => {
    bench.simulator.faultNext({ kind: "pace", tokensPerSecond: 100 });
    const stop = new AbortController();
    const events: Awaited<ReturnType<typeof collect>>[number][] = [];
    for await (const event of runTurn(bench.services, turnRequest(), stop.signal)) {
      events.push(event);
      if (event.type === "text-delta") stop.abort();
    }
    const { waybill, problem } = eventOf(events, "turn-end");
    assert.equal(waybill.finish, "stopped");
    assert.equal(waybill.costSource, "estimated");
    assert.equal(problem, undefined);
    const corrected = eventOf(events, "waybill-corrected").waybill;
    assert.equal(corrected.costSource, "reconciled");
    await bench.simulator.settled();
    assert.equal(corrected.cost, bench.simulator.billNanoUsd());
    assert.equal(bench.rows()[0]?.["cost_nano"], bench.simulator.billNanoUsd());
    assert.equal(bench.openReservations(), 0);
  });

  it("whose surface stops reading counts its whole reservation as spent", async () => {
    bench.simulator.faultNext({ kind: "pace", tokensPerSecond: 100 });
    const events = runTurn(bench.services, turnRequest(), new AbortController().signal);
    for await (const event of events) if (event.type === "text-delta") break;
    const [row] = bench.rows();
    assert.equal(row?.["cost_source"], "unknown");
    assert.equal(row?.["cost_nano"], row?.["reserved_nano"]);
    assert.equal(bench.openReservations(), 0);
  });

  it("that breaks off keeps its text, says so, and costs what the gateway billed", async () => {
    bench.simulator.faultNext({ kind: "cut", afterChunks: 12 });
    const events = await bench.run();
    const { waybill, problem } = eventOf(events, "turn-end");
    assert.equal(waybill.finish, "incomplete");
    assert.ok(textOf(events).length > 0);
    assert.match(problem?.sentence ?? "", /text so far is kept/);
    await bench.simulator.settled();
    assert.equal(eventOf(events, "waybill-corrected").waybill.cost, bench.simulator.billNanoUsd());
  });

  it("with usage missing is estimated and never free", async () => {
    bench.simulator.faultNext({ kind: "usage-missing" });
    const { waybill } = eventOf(await bench.run(), "turn-end");
    assert.equal(waybill.costSource, "estimated");
    assert.ok(waybill.cost > 0);
  });

  it("follows an experiment of the person, says so, and keeps to a pin before it", async () => {
    const [first, second] = eventOf(await bench.run(), "route-chosen").decision.explanation.candidates;
    assert.ok(first !== undefined && second !== undefined);
    const arms = [first, second].map(({ model }) => ({ model: model.id, weight: 1 }));
    const asked = new Set<string>();
    for (let turn = 0; turn < 12; turn += 1) {
      const { waybill } = eventOf(await bench.run({ policy: { ...DEFAULT_POLICY, experiment: arms } }), "turn-end");
      asked.add(waybill.askedModel);
      assert.match(waybill.reasons.join(" "), new RegExp(`experiment for this task drew ${waybill.askedModelName}`));
    }
    assert.deepEqual([...asked].toSorted(), arms.map(({ model }) => model).toSorted());
    const pinned = { ...DEFAULT_POLICY, experiment: arms, pin: "openai/gpt-5.6-luna" };
    assert.equal(eventOf(await bench.run({ policy: pinned }), "turn-end").waybill.askedModel, "openai/gpt-5.6-luna");
  });

  it("asks a stronger model when an answer of one was not accepted, as far as there is one", async () => {
    const first = eventOf(await bench.run(), "route-chosen").decision;
    const [next] = first.stronger;
    assert.ok(next !== undefined);
    const above = first.choice.model.id;
    const { decision } = eventOf(await bench.run({ strongerThan: above, beginWith: next.model.id }), "route-chosen");
    assert.equal(decision.choice.model.id, next.model.id);
    const other = eventOf(await bench.run({ strongerThan: above, beginWith: "gone/model" }), "route-chosen").decision;
    assert.ok((other.choice.quality ?? 0) > (first.choice.quality ?? 1));
    const best = first.explanation.candidates.reduce((a, b) => ((b.quality ?? 0) > (a.quality ?? 0) ? b : a));
    const { problem } = eventOf(await bench.run({ strongerThan: best.model.id }), "turn-refused");
    assert.match(problem.sentence, /are no stronger than the one that answered/);
  });

  it("raises an alarm when another model serves than was asked for", async () => {
    bench.simulator.faultNext({ kind: "substitute", model: "openai/gpt-4.1", provider: "OpenAI" });
    const { waybill } = eventOf(await bench.run(), "turn-end");
    assert.equal(waybill.servedModel, "openai/gpt-4.1");
    assert.equal(waybill.provider, "OpenAI");
  });

  const refusals: readonly { fault: Fault; says: RegExp; action: string }[] = [
    { fault: { kind: "error", error: "bad-key" }, says: /does not accept this key/, action: "enter-key" },
    { fault: { kind: "html", status: 200 }, says: /not an answer .*web page/, action: "test-connection" },
    { fault: { kind: "html", status: 502 }, says: /not an answer .*web page/, action: "test-connection" },
    { fault: { kind: "error", error: "invalid-model" }, says: /does not know the model/, action: "open-settings" },
    {
      fault: { kind: "redirect", status: 307, location: "http://127.0.0.1:9/" },
      says: /it redirects elsewhere/,
      action: "test-connection",
    },
    {
      fault: { kind: "cut", afterChunks: 0 },
      says: /connection to .* failed \(the connection was cut\)/,
      action: "try-again",
    },
  ];
  for (const { fault, says, action } of refusals) {
    it(`answers ${JSON.stringify(fault)} with one sentence and one action`, async () => {
      bench.simulator.faultNext({ ...fault, times: 20 });
      const { problem } = eventOf(await bench.run(), "turn-failed");
      assert.match(problem.sentence, says);
      assert.match(problem.sentence, /text is kept/);
      assert.equal(problem.action.id, action);
      assert.equal(bench.openReservations(), 0);
    });
  }

  it("that came too soon says when to try again", async () => {
    bench.simulator.faultNext({
      kind: "error",
      error: "upstream-rate-limit",
      retryAfterSeconds: 30,
      models: "all",
      times: 20,
    });
    const { problem } = eventOf(await bench.run(), "turn-failed");
    assert.match(problem.sentence, /00:00/);
  });

  it("with an empty catalog says that there is nothing to choose from", async () => {
    bench.simulator.faultNext({ kind: "empty-catalog" });
    const { problem } = eventOf(await bench.run(), "turn-refused");
    assert.match(problem.sentence, /offers no models/);
    assert.equal(problem.action.id, "test-connection");
  });

  it("goes on with the good rows of a malformed catalog", async () => {
    bench.simulator.faultNext({ kind: "malformed-catalog" });
    assert.equal(eventOf(await bench.run(), "turn-end").waybill.finish, "complete");
  });

  it("with an unknown pinned model names the nearest ones", async () => {
    const policy = { ...DEFAULT_POLICY, pin: "anthropic/claude-sonet-5" };
    const { problem } = eventOf(await bench.run({ policy }), "turn-refused");
    assert.match(problem.sentence, /does not know the model anthropic\/claude-sonet-5/);
    assert.match(problem.sentence, /nearest names are anthropic\/claude-sonnet/);
    assert.equal(problem.action.id, "open-settings");
  });
});

describe("a turn without a usable gateway", () => {
  it("says that the connection was refused", async () => {
    const bench = await openTurnBench({ baseUrl: "http://127.0.0.1:9/api/v1" });
    const { problem } = eventOf(await bench.run(), "turn-failed");
    assert.match(problem.sentence, /127\.0\.0\.1:9 cannot be reached \(the connection was refused\)/);
    assert.equal(problem.action.id, "test-connection");
    await bench.close();
  });

  it("says that the name was not found when there is no network", async () => {
    const bench = await openTurnBench({ baseUrl: "https://no-such-host.invalid/api/v1", transport: "direct" });
    const { problem } = eventOf(await bench.run(), "turn-failed");
    assert.match(problem.sentence, /no-such-host\.invalid cannot be reached \((its name|there is no network)/);
    await bench.close();
  });

  it("ends with a time-out instead of waiting for ever", async () => {
    const bench = await openTurnBench({ timeouts: { headMs: 150, idleMs: 150 } });
    bench.simulator.faultNext({ kind: "hang", times: 20 });
    const events = await bench.run();
    assert.match(eventOf(events, "turn-failed").problem.sentence, /did not answer in time/);
    assert.equal(bench.rows()[0]?.["cost_source"], "unknown");
    await bench.close();
  });
});

describe("a turn without a usable ledger", () => {
  const failures = [
    {
      code: "ledger-unusable",
      detail: "its file is read-only",
      says: /cannot be written \(its file is read-only\)/,
      action: "try-again",
    },
    { code: "ledger-damaged", says: /ledger on this machine is damaged/, action: "start-new-ledger" },
    { code: "ledger-busy", says: /Another window kept the spending ledger locked/, action: "try-again" },
  ] as const;
  for (const { code, says, action, ...rest } of failures) {
    it(`(${code}) sends nothing and says why`, async () => {
      const bench = await openTurnBench();
      const detail = "detail" in rest ? { detail: rest.detail } : {};
      const services = { ...bench.services, ledger: () => Promise.reject(new WaybillError(code, "no ledger", detail)) };
      const events = await collect(runTurn(services, turnRequest(), new AbortController().signal));
      const { problem } = eventOf(events, "turn-failed");
      assert.match(problem.sentence, says);
      assert.match(problem.sentence, /Nothing was sent, and your text is kept/);
      assert.equal(problem.action.id, action);
      assert.equal(bench.simulator.books().length, 0);
      await bench.close();
    });
  }
});

describe("a turn without a key", () => {
  it("at a gateway on this machine that wants one says that it is missing, not that it is wrong", async () => {
    const bench = await openTurnBench({ key: "" });
    const { problem } = eventOf(await bench.run(), "turn-failed");
    assert.match(problem.sentence, /There is no key for 127\.0\.0\.1:\d+ yet/);
    assert.equal(problem.action.id, "enter-key");
    assert.equal(bench.openReservations(), 0);
    await bench.close();
  });
});

describe("the host transport", () => {
  it("takes a turn to the same end as the direct one", async () => {
    const bench = await openTurnBench({ transport: "host" });
    const { waybill } = eventOf(await bench.run(), "turn-end");
    await bench.simulator.settled();
    assert.equal(waybill.cost, bench.simulator.billNanoUsd());
    await bench.close();
  });
});
