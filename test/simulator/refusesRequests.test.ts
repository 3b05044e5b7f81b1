import assert from "node:assert/strict";

import { postChat, readError } from "./simulatorClient.ts";
import type { ChatBody } from "./simulatorClient.ts";
import { startSimulator } from "./startSimulator.ts";
import type { Simulator } from "./startSimulator.ts";

interface Refusal {
  readonly body: ChatBody;
  readonly status: number;
  readonly message: RegExp;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

const NOW = Date.UTC(2026, 10, 20, 12, 0);
const TOOLS = [{ type: "function", function: { name: "read_file", parameters: { type: "object" } } }];

describe("the simulator refuses", () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ pace: "instant", now: () => NOW });
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  function check(name: string, { body, status, message, metadata = {} }: Refusal): void {
    it(name, async () => {
      const response = await postChat(simulator, { stream: true, ...body });
      assert.match(response.headers.get("content-type") ?? "", /application\/json/);
      assert.match(response.headers.get("x-generation-id") ?? "", /^gen-\d+-\w{20}$/);
      const error = await readError(response);
      assert.equal(error.status, status);
      assert.match(error.message, message);
      for (const [field, value] of Object.entries(metadata)) assert.deepEqual(error.metadata[field], value);
    });
  }

  check("a model nobody knows", {
    body: { model: "no/such-model" },
    status: 400,
    message: /^no\/such-model is not a valid model ID$/,
  });
  check("more than three models", {
    body: { models: ["a/a", "b/b", "c/c", "d/d"] },
    status: 400,
    message: /3 items or fewer/,
  });
  check("a body without messages", { body: { messages: [] }, status: 400, message: /messages/ });
  check("a batch twin", { body: { model: "anthropic/claude-opus-5:batch" }, status: 400, message: /Batch API/ });
  check("reasoning turned off where it is mandatory", {
    body: { model: "x-ai/grok-4.6", reasoning: { effort: "none" } },
    status: 400,
    message: /^Reasoning is mandatory/,
  });
  check("a prompt longer than the context", {
    body: { model: "qwen/qwen-2.5-coder-32b-instruct", max_tokens: 32_760 },
    status: 400,
    message: /maximum context length is 32768 tokens/,
    metadata: { error_type: "context_length_exceeded" },
  });
  check("a free model when prompts may not be used for training", {
    body: { model: "z-ai/glm-5.2:free", provider: { data_collection: "deny" } },
    status: 404,
    message: /data policy/,
    metadata: { failed_routing_step: "Filter by Data Policy" },
  });
  check("zero retention where no endpoint offers it", {
    body: { model: "z-ai/glm-5-turbo", provider: { zdr: true } },
    status: 404,
    message: /data policy/,
  });
  check("tools where they are not supported", {
    body: { model: "cohere/command-a", tools: TOOLS },
    status: 404,
    message: /support tool use/,
    metadata: { failed_routing_step: "Filter by Tool Compatibility" },
  });
  check("a price above max_price, which counts per million", {
    body: { model: "anthropic/claude-opus-5", provider: { max_price: { prompt: 4.99 } } },
    status: 404,
    message: /max price/,
    metadata: { failed_routing_step: "Filter by Max Price" },
  });
  check("providers that do not serve the model", {
    body: { provider: { only: ["groq"] } },
    status: 404,
    message: /Providers serving openai\/gpt-4o-mini: openai, azure.*permits only: groq/,
  });
  check("an expired model", {
    body: { model: "openai/gpt-3.5-turbo-0613" },
    status: 404,
    message: /No endpoints found/,
  });

  it("a request without a key, or with a wrong one", async () => {
    const bare = await fetch(`${simulator.baseUrl}/chat/completions`, { method: "POST", body: "{}" });
    assert.equal((await readError(bare)).message, "No cookie auth credentials found");
    const wrong = await postChat(simulator, {}, { key: "sk-or-v1-wrong" });
    assert.deepEqual([wrong.status, (await readError(wrong)).message], [401, "User not found."]);
  });

  it("a body that is no JSON", async () => {
    const headers = { Authorization: `Bearer ${simulator.key}` };
    const response = await fetch(`${simulator.baseUrl}/chat/completions`, {
      method: "POST",
      headers,
      body: '{"model":',
    });
    assert.equal((await readError(response)).message, "Input must have at least 1 token.");
  });

  it("every kind of request an account or key cannot pay, each in its own words", async () => {
    simulator.addKey({ key: "sk-or-v1-empty", creditsUsd: 0 });
    simulator.addKey({ key: "sk-or-v1-poor", creditsUsd: 0.001 });
    simulator.addKey({ key: "sk-or-v1-capped", limitUsd: 0.0006 });
    simulator.addKey({ key: "sk-or-v1-spent", limitUsd: 0 });
    const ask = async (key: string, body: ChatBody): Promise<unknown[]> => {
      const { status, metadata, message } = await readError(await postChat(simulator, body, { key }));
      return [status, metadata["limit_source"], metadata["reason"], /fewer max_tokens/.test(message)];
    };
    assert.deepEqual(await ask("sk-or-v1-empty", {}), [402, "openrouter_credits", undefined, false]);
    assert.deepEqual(await ask("sk-or-v1-poor", {}), [402, "openrouter_credits", "weight_exceeds_budget", false]);
    assert.deepEqual(await ask("sk-or-v1-capped", {}), [402, undefined, undefined, true]);
    assert.deepEqual(await ask("sk-or-v1-spent", {}), [402, "openrouter_key_limit", undefined, false]);
    assert.equal((await postChat(simulator, { max_tokens: 100 }, { key: "sk-or-v1-poor" })).status, 200);
  });

  it("a request whose worst case does not fit beside the running ones, for a while", async () => {
    simulator.addKey({ key: "sk-or-v1-busy", creditsUsd: 0.002 });
    simulator.faultNext({ kind: "pace", tokensPerSecond: 500 });
    const running = await postChat(simulator, { stream: true }, { key: "sk-or-v1-busy" });
    const refused = await postChat(simulator, {}, { key: "sk-or-v1-busy" });
    assert.equal(refused.headers.get("retry-after"), "1");
    assert.equal((await readError(refused)).metadata["limit_source"], "openrouter_in_flight_budget");
    await running.text();
    assert.equal((await postChat(simulator, {}, { key: "sk-or-v1-busy" })).status, 200);
  });

  it("the twenty-first free request of a minute", async () => {
    const body = { model: "z-ai/glm-5.2:free", max_tokens: 5 };
    for (let count = 0; count < 20; count += 1) await (await postChat(simulator, body)).text();
    const response = await postChat(simulator, body);
    assert.equal(response.headers.get("x-ratelimit-reset"), String(NOW + 60_000));
    assert.match((await readError(response)).message, /free-models-per-min/);
  });
});
