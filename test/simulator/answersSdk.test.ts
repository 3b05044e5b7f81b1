import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import { OpenRouter } from "@openrouter/sdk";
import type { SendChatCompletionRequestResponse } from "@openrouter/sdk/models/operations";
import type { ChatResult } from "@openrouter/sdk/models";

import { startSimulator } from "./startSimulator.ts";
import type { Simulator } from "./startSimulator.ts";

const QUESTION = [
  { role: "user" as const, content: "Explain:\n```ts\nfunction twice(x: number) { return x * 2; }\n```" },
];

describe("the official SDK accepts the simulator", () => {
  let simulator: Simulator;
  let sdk: OpenRouter;

  before(async () => {
    simulator = await startSimulator({ pace: "instant", generationLagMs: 0 });
    sdk = new OpenRouter({ apiKey: simulator.key, serverURL: simulator.baseUrl, retryConfig: { strategy: "none" } });
  });
  after(() => simulator.close());

  it("lists at least forty models, embeddings only on request", async () => {
    const listed = (await sdk.models.list()).result;
    assert.ok(listed.data.length >= 40);
    assert.equal(listed.totalCount, listed.data.length);
    assert.ok(!listed.data.some(({ id }) => id.includes("embedding")));
    const everything = (await sdk.models.list({ outputModalities: "all" })).result;
    assert.ok(everything.data.some(({ id }) => id.includes("embedding")));
  });

  it("pages the list and links to the next page", async () => {
    const { data, links, totalCount } = (await sdk.models.list({ limit: 10, offset: 20 })).result;
    assert.equal(data.length, 10);
    assert.ok(totalCount > 30);
    assert.match(links.next ?? "", /offset=30/);
  });

  it("lists the models of a key", async () => {
    const { result } = await sdk.models.listForUser({ bearer: simulator.key });
    assert.ok(result.data.length >= 40);
  });

  it("shows one model, by id with a dynamic suffix too", async () => {
    const { data } = await sdk.models.get({ author: "openai", slug: "gpt-5.6-sol:nitro" });
    assert.equal(data.id, "openai/gpt-5.6-sol");
    assert.equal(data.pricing.overrides?.[0]?.minPromptTokens, 272_000);
  });

  it("shows the endpoints of every model", async () => {
    const { result } = await sdk.models.list({ outputModalities: "all" });
    for (const { id } of result.data) {
      const [author = "", slug = ""] = id.split("/");
      const { data } = await sdk.endpoints.list({ author, slug });
      assert.equal(data.id, id);
    }
  });

  it("shows zero-retention endpoints, providers, and the number of models", async () => {
    assert.ok((await sdk.endpoints.listZdrEndpoints()).data.length > 5);
    assert.ok((await sdk.providers.list()).data.some(({ slug }) => slug === "amazon-bedrock"));
    assert.ok((await sdk.models.count()).data.count > 40);
  });

  for (const model of [
    "anthropic/claude-sonnet-5",
    "openai/gpt-5.6-sol",
    "google/gemini-3.7-flash",
    "liquid/lfm-2.5-2.6b:free",
  ]) {
    it(`answers ${model} in one piece and as a stream`, async () => {
      const chatRequest = { model, messages: QUESTION, maxTokens: 2_000 };
      const whole = wholeOf(
        await sdk.chat.send({ chatRequest: { ...chatRequest, stream: false }, xOpenRouterMetadata: "enabled" }),
      );
      assert.equal(whole.choices[0]?.finishReason, "stop");
      assert.equal(whole.openrouterMetadata?.requested, model);

      const stream = streamOf(await sdk.chat.send({ chatRequest: { ...chatRequest, stream: true } }));
      let content = "";
      let hasUsage = false;
      for await (const chunk of stream) {
        content += chunk.choices[0]?.delta.content ?? "";
        hasUsage ||= chunk.usage !== undefined;
      }
      assert.equal(content, whole.choices[0]?.message.content);
      assert.ok(hasUsage);
    });
  }

  it("calls a tool when the request insists", async () => {
    const parameters = { type: "object", properties: { path: { type: "string" } } };
    const tools = [{ type: "function" as const, function: { name: "read_file", parameters } }];
    const chatRequest = {
      model: "openai/gpt-5.6-luna",
      messages: QUESTION,
      tools,
      toolChoice: "required" as const,
      maxTokens: 500,
    };
    const whole = wholeOf(await sdk.chat.send({ chatRequest: { ...chatRequest, stream: false } }));
    assert.equal(whole.choices[0]?.message.toolCalls?.[0]?.function.arguments, '{"path":"example"}');
    let calls = "";
    for await (const chunk of streamOf(await sdk.chat.send({ chatRequest: { ...chatRequest, stream: true } }))) {
      calls += chunk.choices[0]?.delta.toolCalls?.[0]?.function?.arguments ?? "";
    }
    assert.equal(calls, '{"path":"example"}');
  });

  it("tells about a generation, the key and the credits", async () => {
    const chatRequest = { model: "openai/gpt-4o-mini", messages: QUESTION, stream: false };
    const { id } = wholeOf(await sdk.chat.send({ chatRequest }));
    const { data } = await sdk.generations.getGeneration({ id });
    assert.equal(data.id, id);
    assert.ok(data.totalCost > 0);
    const key = (await sdk.apiKeys.getCurrentKeyMetadata()).data;
    assert.equal(Math.round(key.usage * 1e9), simulator.billNanoUsd());
    const credits = (await sdk.credits.getCredits()).data;
    assert.equal(credits.totalCredits, 100);
    assert.equal(credits.totalUsage, key.usage);
  });

  it("exchanges a login code for a key once, against its verifier", async () => {
    const codeVerifier = "a-verifier-of-decent-length-for-a-test-0123456789";
    const code = simulator.mintAuthCode(createHash("sha256").update(codeVerifier).digest("base64url"));
    const requestBody = { code, codeVerifier, codeChallengeMethod: "S256" as const };
    await assert.rejects(
      sdk.oAuth.exchangeAuthCodeForAPIKey({ requestBody: { ...requestBody, codeVerifier: "wrong" } }),
      { statusCode: 403 },
    );
    const { key } = await sdk.oAuth.exchangeAuthCodeForAPIKey({ requestBody });
    assert.deepEqual(simulator.books(key), []);
    await assert.rejects(sdk.oAuth.exchangeAuthCodeForAPIKey({ requestBody }), { statusCode: 400 });
  });

  it("reports errors as the documented classes", async () => {
    const chatRequest = { model: "no/such-model", messages: QUESTION, stream: false as const };
    await assert.rejects(sdk.chat.send({ chatRequest }), {
      name: "BadRequestResponseError",
      message: /not a valid model ID/,
    });
    const stranger = new OpenRouter({ apiKey: "sk-or-v1-stranger", serverURL: simulator.baseUrl });
    await assert.rejects(stranger.chat.send({ chatRequest }), {
      name: "UnauthorizedResponseError",
      message: "User not found.",
    });
  });
});

function wholeOf(answer: SendChatCompletionRequestResponse): ChatResult {
  if (!("choices" in answer)) throw new TypeError("A stream came instead of an answer");
  return answer;
}

function streamOf(answer: SendChatCompletionRequestResponse): Exclude<SendChatCompletionRequestResponse, ChatResult> {
  if ("choices" in answer) throw new TypeError("An answer came instead of a stream");
  return answer;
}
