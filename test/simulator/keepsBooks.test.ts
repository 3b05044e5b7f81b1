import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { postChat, readError, readStream, usageIn } from "./simulatorClient.ts";
import type { ChatBody, ChatInit } from "./simulatorClient.ts";
import { startSimulator } from "./startSimulator.ts";
import type { Simulator } from "./startSimulator.ts";

const LONG_PROMPT = "Remember every word of this. ".repeat(400);

describe("the books of the simulator", () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ pace: "instant", generationLagMs: 0 });
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  it("add up to what the answers reported, over many models at once", async () => {
    const models = [
      "openai/gpt-4o-mini",
      "anthropic/claude-opus-5",
      "google/gemini-3.6-flash",
      "qwen/qwen3.7-flash",
      "x-ai/grok-4.6",
      "z-ai/glm-5.2:free",
    ];
    const bodies = Array.from({ length: 36 }, (_, index) => ({
      model: models[index % models.length] ?? "openai/gpt-4o-mini",
      stream: true,
      max_tokens: 40 + index * 7,
      messages: [{ role: "user", content: `Question ${index}: what is a closure?` }],
    }));
    const costs = await Promise.all(bodies.map((body) => costOf(simulator, body)));
    const reported = costs.reduce((total, nanoUsd) => total + nanoUsd, 0);
    assert.ok(reported > 0);
    assert.equal(simulator.billNanoUsd(), reported);
    assert.equal(simulator.books().length, bodies.length);
  });

  it("hold refused requests too, at no cost", async () => {
    await postChat(simulator, { model: "no/such-model" });
    simulator.faultNext({ kind: "error", error: "provider-error" });
    await postChat(simulator);
    simulator.faultNext({ kind: "error", error: "guardrail" });
    await postChat(simulator);
    assert.deepEqual(
      simulator.books().map(({ status, costNanoUsd }) => [status, costNanoUsd]),
      [
        [400, 0],
        [502, 0],
        [403, 0],
      ],
    );
  });

  it("charge a repeated prefix at the cache price", async () => {
    const body = { messages: [{ role: "user", content: LONG_PROMPT }], stream: true, max_tokens: 50 };
    const first = await costOf(simulator, body);
    const second = await costOf(simulator, body);
    const [fresh, cached] = simulator.books();
    assert.equal(fresh?.cachedTokens, 0);
    assert.ok(cached && cached.cachedTokens > 2_000 && second < first);
    assert.equal(second, (cached.promptTokens - cached.cachedTokens) * 150 + cached.cachedTokens * 75 + 50 * 600);
  });

  it("charge Anthropic cache writes only when the request marks them", async () => {
    const plain = {
      model: "anthropic/claude-sonnet-5",
      messages: [{ role: "user", content: LONG_PROMPT }],
      max_tokens: 50,
    };
    for (const body of [
      plain,
      plain,
      { ...plain, cache_control: { type: "ephemeral" } },
      { ...plain, cache_control: { type: "ephemeral" } },
    ]) {
      await (await postChat(simulator, body)).text();
    }
    const uses = simulator
      .books()
      .map(({ cachedTokens, cacheWriteTokens }) => [cachedTokens > 0, cacheWriteTokens > 0]);
    assert.deepEqual(uses, [
      [false, false],
      [false, false],
      [false, true],
      [true, false],
    ]);
  });

  it("charge only the fee under own provider keys, and name the list price", async () => {
    simulator.addKey({ key: "sk-or-v1-within", byok: "within-allowance" });
    simulator.addKey({ key: "sk-or-v1-past", byok: "past-allowance" });
    const body = { stream: true, max_tokens: 100 };
    assert.equal(await costOf(simulator, body, { key: "sk-or-v1-within" }), 0);
    const fee = await costOf(simulator, body, { key: "sk-or-v1-past" });
    const [row] = simulator.books("sk-or-v1-past");
    assert.ok(row?.isByok && row.upstreamCostNanoUsd > 0);
    assert.equal(fee, Math.round(row.upstreamCostNanoUsd * 0.05));
  });

  it("bill an aborted answer up to the abort where the provider stops", async () => {
    const row = await abortedRow(simulator, "openai/gpt-4o-mini");
    assert.ok(row.isCancelled && row.completionTokens > 0 && row.completionTokens < 100);
    assert.equal(row.costNanoUsd, row.promptTokens * 150 + row.completionTokens * 600);
  });

  it("bill an aborted answer in full where the provider goes on", async () => {
    const row = await abortedRow(simulator, "google/gemini-3.5-flash-lite");
    assert.ok(row.isCancelled);
    const whole = await postChat(simulator, { model: "google/gemini-3.5-flash-lite" });
    await whole.text();
    assert.equal(row.costNanoUsd, simulator.books().at(-1)?.costNanoUsd);
  });

  it("charge nothing for an answer that ends in an error", async () => {
    simulator.faultNext({ kind: "stream-error", afterChunks: 5 });
    await readStream(await postChat(simulator, { stream: true }));
    assert.deepEqual(
      simulator.books().map(({ finishReason, costNanoUsd }) => [finishReason, costNanoUsd]),
      [["error", 0]],
    );
  });

  it("find a generation only after the lag, and a free one never", async () => {
    const slow = await startSimulator({ pace: "instant", generationLagMs: 60 });
    const lookUp = (id: string): Promise<Response> =>
      fetch(`${slow.baseUrl}/generation?id=${id}`, { headers: { Authorization: `Bearer ${slow.key}` } });
    const paid = (await postChat(slow)).headers.get("x-generation-id") ?? "";
    const free = (await postChat(slow, { model: "liquid/lfm-2.5-2.6b:free" })).headers.get("x-generation-id") ?? "";
    assert.equal((await lookUp(paid)).status, 404);
    await sleep(80);
    assert.equal((await lookUp(paid)).status, 200);
    assert.equal((await readError(await lookUp(free))).message, `Generation ${free} not found`);
    await slow.close();
  });
});

async function costOf(simulator: Simulator, body: ChatBody, init: ChatInit = {}): Promise<number> {
  const { cost } = usageIn(await readStream(await postChat(simulator, body, init)));
  return Math.round(cost * 1e9);
}

async function abortedRow(simulator: Simulator, model: string): Promise<ReturnType<Simulator["books"]>[number]> {
  simulator.faultNext({ kind: "pace", tokensPerSecond: 300 });
  const controller = new AbortController();
  const response = await postChat(simulator, { model, stream: true }, { signal: controller.signal });
  const reader = response.body?.getReader();
  for (let reads = 0; reads < 5; reads += 1) await reader?.read();
  controller.abort();
  await simulator.settled();
  const row = simulator.books().at(-1);
  assert.ok(row);
  return row;
}
