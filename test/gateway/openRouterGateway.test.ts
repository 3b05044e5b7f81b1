import assert from "node:assert/strict";
import { mock } from "node:test";
import { setImmediate as settle } from "node:timers/promises";
import { parseDecimal } from "../../src/core/money/decimal.ts";
import type { ChatRequest } from "../../src/gateway/chatRequest.ts";
import type { Gateway } from "../../src/gateway/gateway.ts";
import { capabilitiesOf } from "../../src/gateway/gatewayCapabilities.ts";
import type { GatewayDialect } from "../../src/gateway/gatewayDialect.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import { DEFAULT_TIMEOUTS } from "../../src/gateway/requestTimers.ts";
import type { Transport } from "../../src/gateway/transport.ts";

const NOW = Date.UTC(2026, 10, 21);
const SIGNAL = new AbortController().signal;
const price = parseDecimal("0.000001") ?? { coefficient: 0n, scale: 0 };
const REQUEST: ChatRequest = {
  model: "a/b",
  messages: [{ role: "user", content: "Hello" }],
  maxCompletionTokens: 16,
  priceCeiling: { promptPerToken: price, completionPerToken: price, perRequest: price },
  sessionId: undefined,
};

interface Setting {
  readonly url?: string;
  readonly dialect?: GatewayDialect;
}

function gatewayWith(transport: Transport, { url = "http://127.0.0.1:9/v1", dialect = "auto" }: Setting = {}): Gateway {
  const capabilities = capabilitiesOf(dialect);
  return createOpenRouterGateway({
    baseUrl: new URL(url),
    transport,
    credential: async () => ({ origin: new URL(url).origin, key: "k" }),
    now: () => NOW,
    timeouts: DEFAULT_TIMEOUTS,
    ...(capabilities === undefined ? {} : { capabilities }),
  });
}

function answering(status: number, body: unknown, contentType = "application/json"): Transport {
  return async () => ({
    status,
    header: (name) => (name === "content-type" ? contentType : undefined),
    body: bytesOf(typeof body === "string" ? body : JSON.stringify(body)),
  });
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function chat(gateway: Gateway): Promise<void> {
  for await (const batch of gateway.streamChat(REQUEST, SIGNAL)) assert.ok(batch.length > 0);
}

describe("the app's name", () => {
  async function namedWith(namesApp: boolean | undefined, dialect: GatewayDialect): Promise<boolean> {
    let headers: Readonly<Record<string, string>> = {};
    const capabilities = capabilitiesOf(dialect);
    const gateway = createOpenRouterGateway({
      baseUrl: new URL("http://127.0.0.1:9/v1"),
      transport: (request) => {
        ({ headers } = request);
        return answering(200, { data: {} })(request);
      },
      credential: async () => undefined,
      now: () => NOW,
      ...(namesApp === undefined ? {} : { namesApp }),
      ...(capabilities === undefined ? {} : { capabilities }),
    });
    await gateway.lookUp("/key", SIGNAL);
    return "HTTP-Referer" in headers || "X-OpenRouter-Title" in headers;
  }

  it("goes to OpenRouter and its kind only, and not where it is switched off", async () => {
    assert.equal(await namedWith(undefined, "openrouter"), true);
    assert.equal(await namedWith(false, "openrouter"), false);
    assert.equal(await namedWith(undefined, "plain"), false);
    assert.equal(await namedWith(true, "plain"), false);
  });
});

describe("a gateway", () => {
  const error = { code: 429, message: "slow down", metadata: { retry_after_seconds: 3 } };

  it("counts the time to come back by its own clock, wherever the error stands", async () => {
    const expected = { code: "rate-limited", retryAtMs: NOW + 3_000 };
    await assert.rejects(chat(gatewayWith(answering(429, { error }))), expected);
    await assert.rejects(chat(gatewayWith(answering(200, { error }))), expected);
    const stream = `data: ${JSON.stringify({ error })}\n\n`;
    await assert.rejects(chat(gatewayWith(answering(200, stream, "text/event-stream"))), expected);
    await assert.rejects(gatewayWith(answering(429, { error })).fetchKeyStatus(SIGNAL), expected);
  });

  it("takes two fallback models where it is OpenRouter, and none where it is not", () => {
    const modelsAt = (setting: Setting) => gatewayWith(answering(200, {}), setting).maxFallbackModels;
    assert.equal(modelsAt({ url: "https://openrouter.ai/api/v1" }), 2);
    assert.equal(modelsAt({ url: "https://openrouter.ai/api/v1", dialect: "plain" }), 0);
    assert.equal(modelsAt({}), 0);
    assert.equal(modelsAt({ dialect: "openrouter" }), 2);
  });

  it("takes fallback models once its list has shown that it does, unless the person knows better", async () => {
    const list = { data: [{ id: "a/b", pricing: { prompt: "0", completion: "0" } }] };
    const [detected, told] = [
      gatewayWith(answering(200, list)),
      gatewayWith(answering(200, list), { dialect: "plain" }),
    ];
    await Promise.all([detected.fetchCatalog(SIGNAL), told.fetchCatalog(SIGNAL)]);
    assert.deepEqual([detected.maxFallbackModels, told.maxFallbackModels], [2, 0]);
  });

  it("waits for an answer for as long as it is told, but for lists and look-ups twenty seconds only", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const gateway = gatewayWith(() => new Promise(() => undefined));
      const ended: string[] = [];
      const watch = (name: string, work: Promise<unknown>) => work.catch(() => ended.push(name));
      const all = [watch("list", gateway.fetchCatalog(SIGNAL)), watch("chat", chat(gateway))];
      await settle();
      mock.timers.tick(20_000);
      await settle();
      assert.deepEqual(ended, ["list"]);
      mock.timers.tick(100_000);
      await Promise.all(all);
      assert.deepEqual(ended, ["list", "chat"]);
    } finally {
      mock.timers.reset();
    }
  });
});
