import assert from "node:assert/strict";
import fc from "fast-check";
import { parseDecimal } from "../../src/core/money/decimal.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import type { ChatMessage } from "../../src/gateway/chatMessage.ts";
import { type ChatRequest, chatRequestBody, chatRequestHeaders } from "../../src/gateway/chatRequest.ts";
import {
  OPENROUTER_CAPABILITIES,
  PLAIN_CAPABILITIES,
  capabilitiesOf,
  detectCapabilities,
} from "../../src/gateway/gatewayCapabilities.ts";
import { chatRequestSchema } from "../simulator/chat/chatRequest.ts";

const price = (text: string) => parseDecimal(text) ?? { coefficient: 0n, scale: 0 };

const REQUEST: ChatRequest = {
  model: "openai/gpt-4o-mini:nitro",
  messages: [{ role: "user", content: "Hello" }],
  maxCompletionTokens: 1_024,
  priceCeiling: { promptPerToken: price("0.00000015"), completionPerToken: price("6e-7"), perRequest: price("0") },
  sessionId: "chat-1",
};

const FULL: ChatRequest = {
  ...REQUEST,
  provider: {
    order: ["openai"],
    only: ["openai", "azure"],
    ignore: ["other"],
    allowFallbacks: false,
    requireParameters: true,
    dataCollection: "deny",
    zdr: true,
    sort: "throughput",
    quantizations: ["fp8"],
    preferredMinThroughput: { p90: 50, p50: 80 },
    preferredMaxLatency: 3,
  },
  fallbackModels: ["a/one:free", "openai/gpt-4o-mini:nitro", "b/two", "c/three"],
  preset: "team",
  user: "u".repeat(200),
  metadata: { b: "2", a: "1" },
  reasoningEffort: "low",
  temperature: 0,
  tools: [{ type: "function", function: { name: "read_file", parameters: { type: "object" } } }],
  maxServerToolCost: toNanoUsd(20_000_000),
  isResponseCacheable: true,
  wantsRouterMetadata: true,
};

/** The body as a gateway that checks it would read it. */
function bodyOf(request: ChatRequest, capabilities = OPENROUTER_CAPABILITIES): Record<string, unknown> {
  const body: Record<string, unknown> = JSON.parse(chatRequestBody(request, capabilities));
  chatRequestSchema.parse(body);
  return body;
}

describe("the body of a chat request", () => {
  it("always bounds the answer's length and price, and asks for a stream", () => {
    assert.deepEqual(bodyOf(REQUEST), {
      model: "openai/gpt-4o-mini:nitro",
      messages: [{ role: "user", content: "Hello" }],
      stream: true,
      max_tokens: 1_024,
      provider: { max_price: { prompt: 0.15, completion: 0.6 } },
      session_id: "chat-1",
    });
  });

  it("carries every wish in the gateway's words, within its limits", () => {
    const { messages: _messages, ...body } = bodyOf(FULL);
    assert.deepEqual(body, {
      model: "openai/gpt-4o-mini:nitro",
      tools: FULL.tools,
      stream: true,
      max_tokens: 1_024,
      temperature: 0,
      models: ["openai/gpt-4o-mini:nitro", "a/one:free", "b/two"],
      preset: "team",
      provider: {
        order: ["openai"],
        only: ["openai", "azure"],
        ignore: ["other"],
        allow_fallbacks: false,
        require_parameters: true,
        data_collection: "deny",
        zdr: true,
        sort: "throughput",
        quantizations: ["fp8"],
        max_price: { prompt: 0.15, completion: 0.6 },
        preferred_min_throughput: { p50: 80, p90: 50 },
        preferred_max_latency: 3,
      },
      reasoning: { effort: "low" },
      stop_server_tools_when: [{ type: "max_cost", max_cost_in_dollars: 0.02 }],
      session_id: "chat-1",
      user: "u".repeat(128),
      metadata: { a: "1", b: "2" },
    });
    // Nothing is kept in a cache of answers of whom nothing may be kept.
    assert.deepEqual(chatRequestHeaders(FULL), { "X-OpenRouter-Metadata": "enabled" });
    assert.deepEqual(chatRequestHeaders({ ...FULL, provider: { ...FULL.provider, zdr: false } }), {
      "X-OpenRouter-Cache": "true",
      "X-OpenRouter-Metadata": "enabled",
    });
    assert.deepEqual(chatRequestHeaders(REQUEST), {});
  });

  it("has for any other server only what all of them know", () => {
    assert.deepEqual(Object.keys(bodyOf(FULL, PLAIN_CAPABILITIES)), [
      "model",
      "messages",
      "tools",
      "stream",
      "max_tokens",
      "temperature",
      "stream_options",
    ]);
    assert.deepEqual(chatRequestHeaders(FULL, PLAIN_CAPABILITIES), {});
  });

  it("is the same bytes in whatever order its fields were set", () => {
    const shuffled = <Value extends object>(value: Value) =>
      fc
        .shuffledSubarray(Object.entries(value), { minLength: Object.keys(value).length })
        .map((entries): Value => Object.fromEntries(entries) as Value);
    fc.assert(
      fc.property(
        shuffled(FULL),
        shuffled(FULL.provider ?? {}),
        shuffled({ b: "2", a: "1" }),
        (request, provider, metadata) => {
          assert.equal(chatRequestBody({ ...request, provider, metadata }), chatRequestBody(FULL));
        },
      ),
    );
  });

  it("keeps metadata within the gateway's limits", () => {
    const metadata = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`${n}`.padEnd(99, "k"), "v".repeat(999)]),
    );
    const sent = Object.entries(bodyOf({ ...REQUEST, metadata })["metadata"] ?? {});
    assert.equal(sent.length, 16);
    assert.ok(sent.every(([key, value]) => key.length === 64 && String(value).length === 512));
  });

  it("sends pictures as parts after the text, marked like any text, and no blank one", () => {
    const image = { mimeType: "image/png", base64: "aGVsbG8=", width: 1, height: 1 } as const;
    const part = { type: "image_url", image_url: { url: "data:image/png;base64,aGVsbG8=" } };
    const contentOf = (messages: readonly ChatMessage[], model = REQUEST.model): unknown[] =>
      chatRequestSchema
        .parse(JSON.parse(chatRequestBody({ ...REQUEST, model, messages }, OPENROUTER_CAPABILITIES)))
        .messages.map(({ content }) => content);
    assert.deepEqual(contentOf([{ role: "user", content: "What is it?", images: [image, image] }]), [
      [{ type: "text", text: "What is it?" }, part, part],
    ]);
    assert.deepEqual(contentOf([{ role: "user", content: " ", images: [image] }]), [[part]]);
    assert.deepEqual(contentOf([{ role: "user", content: "Hello", images: [] }]), ["Hello"]);
    const twice: ChatMessage[] = [
      { role: "user", content: "One", images: [image] },
      { role: "user", content: "Two" },
    ];
    const [first] = contentOf(twice, "anthropic/claude-haiku-4.5");
    assert.deepEqual(first, [{ type: "text", text: "One", cache_control: { type: "ephemeral" } }, part]);
  });

  it("sends tool calls, their results and the reasoning behind them back unchanged", () => {
    const reasoningDetails = [{ type: "reasoning.text", signature: "c2ln", index: 0 }];
    const toolCalls = [{ id: "a", name: "f", arguments: "{}" }];
    const messages: readonly ChatMessage[] = [
      { role: "assistant", content: " ", toolCalls, reasoningDetails },
      { role: "assistant", content: "And", toolCalls, reasoningDetails: [] },
      { role: "tool", toolCallId: "a", content: "result" },
    ];
    const tool_calls = [{ id: "a", type: "function", function: { name: "f", arguments: "{}" } }];
    assert.deepEqual(bodyOf({ ...REQUEST, messages })["messages"], [
      { role: "assistant", content: null, tool_calls, reasoning_details: reasoningDetails },
      { role: "assistant", content: "And", tool_calls, reasoning_details: [] },
      { role: "tool", tool_call_id: "a", content: "result" },
    ]);
  });
});

describe("prompt caching", () => {
  const messages: readonly ChatMessage[] = [
    { role: "system", content: "Be brief." },
    { role: "user", content: "One" },
    { role: "assistant", content: "1" },
    { role: "user", content: "Two" },
  ];
  const marked = (text: string) => [{ type: "text", text, cache_control: { type: "ephemeral" } }];

  it("marks the system message and the last but one question for families that need marks", () => {
    for (const model of [
      "anthropic/claude-sonnet-4.5",
      "~anthropic/claude-sonnet-latest",
      "qwen/qwen3-coder-plus:nitro",
    ]) {
      assert.deepEqual(bodyOf({ ...REQUEST, model, messages })["messages"], [
        { role: "system", content: marked("Be brief.") },
        { role: "user", content: marked("One") },
        { role: "assistant", content: "1" },
        { role: "user", content: "Two" },
      ]);
    }
  });

  it("marks nothing for families that cache by themselves, for other servers, and no blank text", () => {
    assert.deepEqual(bodyOf({ ...REQUEST, messages })["messages"], messages);
    const anthropic = { ...REQUEST, model: "anthropic/claude-sonnet-4.5" };
    assert.deepEqual(bodyOf({ ...anthropic, messages }, PLAIN_CAPABILITIES)["messages"], messages);
    const blank: readonly ChatMessage[] = [{ role: "system", content: " " }, ...messages.slice(3)];
    assert.deepEqual(bodyOf({ ...anthropic, messages: blank })["messages"], blank);
  });

  it("marks for a fallback that needs it, and never more than four messages", () => {
    const request = { ...REQUEST, fallbackModels: ["anthropic/claude-haiku-4.5"] };
    const turn = fc.record({ role: fc.constantFrom("system", "user", "assistant"), content: fc.string() });
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1 }), (conversation) => {
        const body = chatRequestBody({ ...request, messages: conversation });
        assert.ok(body.split('"cache_control":{"type":"ephemeral"}').length <= 5);
      }),
    );
    assert.match(chatRequestBody({ ...request, messages }), /"cache_control"/);
  });
});

describe("the capabilities of a gateway", () => {
  const check = (url: string, modelsBody: unknown, expected: typeof PLAIN_CAPABILITIES) =>
    assert.equal(detectCapabilities(new URL(url), modelsBody), expected);

  it("are OpenRouter's at its hosts, and where models have prices", () => {
    check("https://openrouter.ai/api/v1", undefined, OPENROUTER_CAPABILITIES);
    check("https://eu.openrouter.ai/api/v1", undefined, OPENROUTER_CAPABILITIES);
    const data = [null, { id: "a/b", pricing: { prompt: "0" } }];
    check("http://127.0.0.1:9/v1", { data }, OPENROUTER_CAPABILITIES);
  });

  it("are the common ones anywhere else, unless somebody knows better", () => {
    for (const body of [undefined, null, "x", {}, { data: {} }, { data: [] }, { data: [{ id: "a", pricing: null }] }]) {
      check("http://localhost:11434/v1", body, PLAIN_CAPABILITIES);
    }
    check("https://notopenrouter.ai/v1", undefined, PLAIN_CAPABILITIES);
    const known = detectCapabilities(new URL("http://localhost:1/v1"), undefined, OPENROUTER_CAPABILITIES);
    assert.equal(known, OPENROUTER_CAPABILITIES);
    const told = detectCapabilities(new URL("https://openrouter.ai/api/v1"), undefined, capabilitiesOf("plain"));
    assert.equal(told, PLAIN_CAPABILITIES);
    assert.deepEqual([capabilitiesOf("openrouter"), capabilitiesOf("auto")], [OPENROUTER_CAPABILITIES, undefined]);
  });
});
