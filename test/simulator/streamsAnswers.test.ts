import assert from "node:assert/strict";

import { postChat, readStream, usageIn } from "./simulatorClient.ts";
import { startSimulator } from "./startSimulator.ts";
import type { Simulator } from "./startSimulator.ts";

const STREAM = { stream: true };

describe("the simulator streams", () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ pace: "instant" });
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  it("a keep-alive comment, repeated roles, the finish reason twice, and the usage before the end mark", async () => {
    const response = await postChat(simulator, { ...STREAM, model: "anthropic/claude-sonnet-5" });
    assert.equal(response.headers.get("content-type"), "text/event-stream");
    const { raw, events, isDone } = await readStream(response);
    assert.ok(raw.startsWith(": OPENROUTER PROCESSING\n\n") && raw.endsWith("data: [DONE]\n\n") && isDone);
    assert.equal(response.headers.get("x-generation-id"), events[0]?.id);
    const finishes = events.filter(({ choices }) => choices?.[0]?.finish_reason === "stop");
    assert.deepEqual(
      finishes.map(({ usage }) => usage !== undefined),
      [false, true],
    );
    assert.equal(finishes[0]?.choices?.[0]?.native_finish_reason, "end_turn");
    assert.match(raw, /"signature":/);
    assert.ok(events.every(({ provider }) => provider === "Anthropic"));
  });

  it("the usage without choices in the older shape", async () => {
    const older = await startSimulator({ pace: "instant", terminalChunk: "empty-choices" });
    const { events } = await readStream(await postChat(older, STREAM));
    assert.deepEqual(events.at(-1)?.choices, []);
    assert.ok(events.at(-1)?.usage);
    await older.close();
  });

  it("no more than max_tokens, and says why it stopped", async () => {
    const stream = await readStream(await postChat(simulator, { ...STREAM, max_tokens: 17 }));
    assert.equal(usageIn(stream).completion_tokens, 17);
    assert.equal(stream.events.at(-1)?.choices?.[0]?.finish_reason, "length");
  });

  it("no text when mandatory reasoning uses up max_tokens", async () => {
    const stream = await readStream(await postChat(simulator, { ...STREAM, model: "x-ai/grok-4.6", max_tokens: 5 }));
    assert.equal(stream.content, "");
    assert.equal(stream.events.at(-1)?.choices?.[0]?.finish_reason, "length");
  });

  it("no reasoning when it is excluded, though it is billed", async () => {
    const body = { ...STREAM, model: "x-ai/grok-4.6", reasoning: { effort: "high", exclude: true } };
    const stream = await readStream(await postChat(simulator, body));
    assert.ok(stream.events.every(({ choices }) => !choices?.[0]?.delta.reasoning));
    assert.ok((simulator.books()[0]?.reasoningTokens ?? 0) > 0);
  });

  it("from the provider the request prefers, at its price", async () => {
    const body = { ...STREAM, model: "openai/gpt-oss-20b", max_tokens: 100 };
    const cheap = await readStream(await postChat(simulator, body));
    const fast = await readStream(await postChat(simulator, { ...body, provider: { order: ["groq"] } }));
    assert.deepEqual([cheap.events[0]?.provider, fast.events[0]?.provider], ["DeepInfra", "Groq"]);
    assert.ok(usageIn(fast).cost > usageIn(cheap).cost);
  });

  it("from the concrete model behind an alias or a router", async () => {
    const alias = await readStream(await postChat(simulator, { ...STREAM, model: "~anthropic/claude-haiku-latest" }));
    assert.equal(alias.events[0]?.model, "anthropic/claude-haiku-4.5");
    const router = await readStream(await postChat(simulator, { ...STREAM, model: "openrouter/free" }));
    assert.match(router.events[0]?.model ?? "", /:free$/);
  });

  it("at the pace it was started with", async () => {
    const paced = await startSimulator({ pace: { tokensPerSecond: 400, firstTokenMs: 30 } });
    const startMs = performance.now();
    await readStream(await postChat(paced, { ...STREAM, max_tokens: 40 }));
    assert.ok(performance.now() - startMs >= 110);
    await paced.close();
  });

  it("to nobody once it is closed", async () => {
    const closing = await startSimulator({ pace: { tokensPerSecond: 1, firstTokenMs: 0 } });
    const response = await postChat(closing, STREAM);
    const startMs = performance.now();
    const reading = assert.rejects(response.text());
    await closing.close();
    await reading;
    assert.ok(performance.now() - startMs < 500);
  });

  it("and records requests with the key masked", async () => {
    await (await postChat(simulator)).text();
    const [request] = simulator.requests;
    assert.equal(request?.path, "/api/v1/chat/completions");
    assert.ok(!JSON.stringify(request).includes(simulator.key));
    assert.match(request?.headers["authorization"] ?? "", /^Bearer sk-or-v1-\w{3}\.\.\.\w{3}$/);
  });
});
