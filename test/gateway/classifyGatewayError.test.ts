import assert from "node:assert/strict";
import fc from "fast-check";
import { WaybillError } from "../../src/core/errors/waybillError.ts";
import { WAYBILL_ERROR_CODES, type WaybillErrorCode } from "../../src/core/errors/waybillErrorCode.ts";
import { describeError } from "../../src/core/problems/describeError.ts";
import { classifyErrorBody, classifyHttpError } from "../../src/gateway/classifyGatewayError.ts";
import { findError } from "../../src/gateway/errorSchema.ts";
import { createOpenRouterGateway } from "../../src/gateway/openRouterGateway.ts";
import { createHostTransport } from "../../src/gateway/hostTransport.ts";
import { NAMED_ERRORS, type NamedError, buildNamedError } from "../simulator/errors/namedErrors.ts";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";

const NOW = Date.UTC(2026, 9, 4, 15, 30, 0);
const MIDNIGHT = Date.UTC(2026, 9, 5);

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Expected {
  readonly code: WaybillErrorCode;
  readonly isRetryable?: boolean;
  /** Milliseconds from now. */
  readonly waitMs?: number;
  readonly affordableTokens?: number;
  readonly emptiedBy?: string;
  readonly detail?: RegExp;
  readonly isUncharged?: boolean;
}

function classify({ status, body, headers = {} }: Answer, nowMs = NOW): WaybillError {
  return classifyHttpError({
    status,
    body: typeof body === "string" ? body : JSON.stringify(body),
    header: (name) => Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1],
    generationId: undefined,
    nowMs,
  });
}

function assertIs(error: WaybillError, expected: Expected, nowMs = NOW): void {
  assert.equal(error.code, expected.code);
  assert.equal(error.isRetryable, expected.isRetryable ?? false);
  assert.equal(error.retryAtMs, expected.waitMs === undefined ? undefined : nowMs + expected.waitMs);
  assert.equal(error.affordableTokens, expected.affordableTokens);
  assert.equal(error.emptiedBy, expected.emptiedBy);
  assert.equal(error.isUncharged, expected.isUncharged ?? true);
  if (expected.detail !== undefined) assert.match(error.detail ?? "", expected.detail);
}

function check(name: string, answer: Answer, expected: Expected): void {
  it(`calls ${name} ${expected.code}`, () => assertIs(classify(answer), expected));
}

/** The usual shape. */
function usual(status: number, message: string, metadata?: object): Answer {
  return { status, body: { error: { code: status, message, ...(metadata && { metadata }) }, user_id: "user_me" } };
}

/** The shape of 2026-08, without `error.code`. */
function availability(status: number, code: string, rest: object): Answer {
  return { status, body: { error: { message: "x", http_status: status, availability: { code, ...rest } } } };
}

/** A provider's own error, passed on. */
function wrapped(status: number, raw: unknown): Answer {
  return usual(status, "Provider returned error", { raw, provider_name: "Acme", is_byok: false });
}

describe("a 400 or 401", () => {
  check("an empty prompt", usual(400, "Input must have at least 1 token.", { provider_name: null }), {
    code: "bad-request",
  });
  check("an unknown model", usual(400, "a/b:free is not a valid model ID"), { code: "model-not-found" });
  check("too many models", usual(400, "'models' array must have 3 items or fewer."), { code: "bad-request" });
  check("forced reasoning", usual(400, "Reasoning is mandatory for this endpoint and cannot be disabled."), {
    code: "bad-request",
    detail: /cannot be switched off/,
  });
  check(
    "a route's own validation",
    { status: 400, body: { success: false, error: { name: "ZodError", message: '[{"path":["model"]}]' } } },
    { code: "bad-request" },
  );
  check("a long context by its type", usual(400, "no", { error_type: "context_length_exceeded" }), {
    code: "context-too-long",
  });
  check("a long context by its message", usual(400, "This endpoint's maximum context length is 8 tokens."), {
    code: "context-too-long",
  });
  check("a body that is too large", usual(413, "Payload too large"), { code: "context-too-long" });
  check("a missing key", usual(401, "No cookie auth credentials found"), { code: "auth" });
  check("an unknown key", usual(401, "User not found."), { code: "auth" });
  check("a key the provider refuses", wrapped(401, { error: { message: "bad key", type: "authentication_error" } }), {
    code: "provider-down",
  });
});

describe("a 402", () => {
  check("an empty account", usual(402, "Insufficient credits.", { limit_source: "openrouter_credits" }), {
    code: "credits",
  });
  check(
    "a worst case over the credit",
    usual(402, "no", { limit_source: "openrouter_credits", reason: "weight_exceeds_budget" }),
    { code: "credits", detail: /longest possible answer/ },
  );
  check("the limit of the key", usual(402, "Key limit exceeded", { limit_source: "openrouter_key_limit" }), {
    code: "key-limit",
  });
  check("the limit of the key in its older form", usual(403, "Key limit exceeded (total limit)."), {
    code: "key-limit",
  });
  const inFlight = usual(402, "no", {
    limit_source: "openrouter_in_flight_budget",
    reason: "in_flight_budget_exhausted",
  });
  check(
    "credit held by running requests",
    { ...inFlight, headers: { "Retry-After": "12" } },
    {
      code: "in-flight-budget",
      isRetryable: true,
      waitMs: 12_000,
    },
  );
  const affordable =
    "This request requires more credits, or fewer max_tokens. You requested up to 8192 tokens, but can only afford 7,527.";
  check("the older text", usual(402, `${affordable} To increase, upgrade to a paid account`), {
    code: "credits",
    affordableTokens: 7527,
  });
  check("the older text about the key", usual(402, `${affordable} Create a key with a higher total limit`), {
    code: "key-limit",
    affordableTokens: 7527,
  });
});

describe("a 403", () => {
  check(
    "a model for coding agents",
    usual(403, "a/b:free is only available on agentic harnesses.", {
      failed_routing_step: "Gate Free Endpoints by Agentic Harness",
    }),
    { code: "forbidden-policy", detail: /coding agents/, emptiedBy: "the gate for coding agents" },
  );
  check(
    "a missing confirmation of age",
    usual(403, "Complete the following before use: 18+ age confirmation.", {
      missing_attestation_types: ["age_18plus"],
      failed_routing_step: "Gate Endpoints with Attestations",
    }),
    { code: "attestation", detail: /age/, emptiedBy: "an outstanding confirmation" },
  );
  check("a guardrail", usual(403, "Request blocked: prompt injection patterns detected", { patterns: ["x"] }), {
    code: "forbidden-policy",
    detail: /guardrail/,
  });
  check("moderation", usual(403, "Input was flagged", { reasons: ["violence"], flagged_input: "a … b" }), {
    code: "moderation",
  });
  check("a region", availability(403, "region_restricted", { retryable: false }), {
    code: "forbidden-policy",
    detail: /region/,
  });
  check("a missing permission", usual(403, "no", { error_type: "permission_denied" }), { code: "forbidden-policy" });
});

describe("a 404", () => {
  const step = (failed_routing_step: string) => usual(404, "No endpoints found", { failed_routing_step });
  check("the data policy", usual(404, "No endpoints found matching your data policy (Free model training)."), {
    code: "no-endpoint",
    emptiedBy: "the data policy",
  });
  check("the step of the data policy", step("Filter by Data Policy"), {
    code: "no-endpoint",
    emptiedBy: "the data policy",
  });
  check("the step of the price", step("Filter by Max Price"), { code: "no-endpoint", emptiedBy: "the price ceiling" });
  check("the step of the tools", step("Filter by Tool Compatibility"), {
    code: "no-endpoint",
    emptiedBy: "tool support",
  });
  check("an unknown step", step("Filter by user_me"), { code: "no-endpoint" });
  check("missing tools", usual(404, "No endpoints found that support tool use."), {
    code: "no-endpoint",
    emptiedBy: "tool support",
  });
  check("the allowed providers", usual(404, "No allowed providers are available for the selected model."), {
    code: "no-endpoint",
    emptiedBy: "the allowed providers",
  });
  check("a model that is gone", usual(404, "No endpoints found for a/b.", { error_type: "not_found" }), {
    code: "model-not-found",
  });
  check("a model that is no longer free", usual(404, "This model is unavailable for free."), {
    code: "model-not-found",
    detail: /no longer free/,
  });
  check(
    "a filter told by availability",
    availability(404, "constraint_filtered", { retryable: false, excluded_by: "data_policy:zdr" }),
    { code: "no-endpoint", emptiedBy: "zero data retention" },
  );
  check("filters in a list", availability(404, "no_endpoints", { excluded_by: ["unheard_of", "max_price"] }), {
    code: "no-endpoint",
    emptiedBy: "the price ceiling",
  });
  check("an ended model told by availability", availability(404, "model_deprecated", { retryable: false }), {
    code: "model-not-found",
  });
});

describe("a 429", () => {
  const headers = { "X-RateLimit-Limit": "20", "X-RateLimit-Reset": String(NOW + 40_000) };
  check(
    "the free limit of a minute",
    { ...usual(429, "Rate limit exceeded: free-models-per-min. "), headers },
    { code: "rate-limited", isRetryable: true, waitMs: 40_000, detail: /in a minute/ },
  );
  check(
    "the free limit of a day",
    usual(429, "Rate limit exceeded: free-models-per-day-high-balance. ", {
      limit_source: "openrouter_free_tier_daily",
      headers: { "X-RateLimit-Reset": String(MIDNIGHT) },
    }),
    { code: "free-daily-limit", waitMs: MIDNIGHT - NOW },
  );
  check("the free limit of a day without its end", usual(429, "Rate limit exceeded: free-models-per-day. "), {
    code: "free-daily-limit",
    waitMs: MIDNIGHT - NOW,
  });
  const pool = { limit_source: "upstream_provider_shared_pool", provider_error_code: "rate_limit_exceeded" };
  check(
    "a provider's limit",
    usual(429, "Provider returned error", {
      ...pool,
      raw: "a/b is temporarily rate-limited upstream.",
      retry_after_seconds: 3,
    }),
    { code: "rate-limited", isRetryable: true, waitMs: 3_000, detail: /everyone/ },
  );
  check("a provider's limit without a time", usual(429, "Provider returned error", pool), {
    code: "rate-limited",
    isRetryable: true,
  });
  check("full providers", availability(429, "capacity_exhausted", { retryable: true, retry_after: 40 }), {
    code: "rate-limited",
    isRetryable: true,
    waitMs: 40_000,
  });
  check("full providers that stay so", availability(429, "capacity_exhausted", { retryable: false, retry_after: 40 }), {
    code: "rate-limited",
  });
});

describe("a failure of the gateway or a provider", () => {
  check("a failed provider", usual(502, "Provider returned error", { error_type: "provider_unavailable" }), {
    code: "provider-down",
    isRetryable: true,
  });
  check("a masked failure", usual(500, "Internal Server Error"), { code: "provider-down", isRetryable: true });
  check(
    "no free provider",
    { ...usual(503, "no"), headers: { "Retry-After": "5" } },
    {
      code: "overloaded",
      isRetryable: true,
      waitMs: 5_000,
    },
  );
  check("an overloaded provider", usual(529, "no"), { code: "overloaded", isRetryable: true });
  for (const status of [408, 504, 524]) {
    check(`${status}`, usual(status, "slow", { error_type: "timeout" }), { code: "timeout", isRetryable: true });
  }
  check(
    "an error inside a success",
    { status: 200, body: { id: "gen-1", error: { code: 502, message: "gone" } } },
    {
      code: "provider-down",
      isRetryable: true,
      isUncharged: false,
    },
  );
  check(
    "an error inside a choice of a success",
    { status: 200, body: { choices: [{ message: { content: "half" }, error: { code: 429, message: "x" } }] } },
    { code: "rate-limited", isRetryable: true, isUncharged: false },
  );
});

describe("a provider's error inside", () => {
  const long = {
    error: { message: "This model's maximum context length is 8 tokens.", code: "context_length_exceeded" },
  };
  for (const [how, raw] of [
    ["as an object", long],
    ["as JSON in a text", JSON.stringify(long)],
    ["as JSON in JSON", JSON.stringify(JSON.stringify(long))],
    ["inside another", { error: { message: "Provider returned error", metadata: { raw: JSON.stringify(long) } } }],
    ["as a text", "prompt is too long: 9 tokens > 8 maximum"],
  ] as const) {
    check(`a long context ${how}`, wrapped(400, raw), { code: "context-too-long" });
  }
  check("a refused prompt", wrapped(400, { error: { code: "content_policy_violation" } }), { code: "moderation" });
  check("an overloaded provider", wrapped(500, '{"type":"error","error":{"type":"overloaded_error"}}'), {
    code: "overloaded",
    isRetryable: true,
  });
  check("an account of the provider that is empty", wrapped(429, { error: { code: "insufficient_quota" } }), {
    code: "rate-limited",
    isRetryable: true,
  });
});

describe("another server than OpenRouter", () => {
  check(
    "Ollama's missing model",
    { status: 404, body: { error: 'model "llama9" not found, try pulling it first' } },
    {
      code: "model-not-found",
    },
  );
  check(
    "OpenAI's long context",
    {
      status: 400,
      body: {
        error: { message: "m", type: "invalid_request_error", param: "messages", code: "context_length_exceeded" },
      },
    },
    { code: "context-too-long" },
  );
  check(
    "OpenAI's empty account",
    { status: 429, body: { error: { message: "m", code: "insufficient_quota" } } },
    {
      code: "credits",
    },
  );
  check(
    "llama.cpp's long context",
    { status: 400, body: { error: { code: 400, message: "m", type: "exceed_context_size_error", n_ctx: 8 } } },
    { code: "context-too-long" },
  );
  check(
    "llama.cpp's start",
    { status: 503, body: { error: { code: 503, message: "Loading model", type: "unavailable_error" } } },
    {
      code: "overloaded",
      isRetryable: true,
    },
  );
  check(
    "vLLM's form",
    { status: 404, body: { object: "error", message: "The model `x` does not exist.", code: 404 } },
    {
      code: "model-not-found",
    },
  );
  check(
    "Anthropic's form",
    { status: 529, body: { type: "error", error: { type: "overloaded_error", message: "m" } } },
    {
      code: "overloaded",
      isRetryable: true,
    },
  );
  check(
    "Google's list",
    { status: 400, body: [{ error: { code: 400, message: "The input is too long." } }] },
    {
      code: "context-too-long",
    },
  );
  check(
    "a text as the code",
    { status: 200, body: { error: { code: "server_error", message: "m" } } },
    {
      code: "provider-down",
      isRetryable: true,
      isUncharged: false,
    },
  );
});

describe("a body that is no error of the gateway", () => {
  const page = "<!DOCTYPE html><html><title>Attention Required! | Cloudflare</title></html>";
  check("the edge's refusal", { status: 403, body: page }, { code: "protocol", detail: /^status 403 with a web page/ });
  for (const status of [502, 520, 522]) {
    check(`the edge's ${status}`, { status, body: page }, { code: "protocol", isRetryable: true, isUncharged: false });
  }
  check("the edge's time-out", { status: 524, body: page }, { code: "timeout", isRetryable: true, isUncharged: false });
  check(
    "the edge's rate limit",
    { status: 429, body: page, headers: { "Retry-After": "9" } },
    {
      code: "rate-limited",
      isRetryable: true,
      waitMs: 9_000,
    },
  );
  check(
    "the edge's maintenance",
    { status: 503, body: page },
    { code: "overloaded", isRetryable: true, isUncharged: false },
  );
  check("a proxy that wants a password", { status: 407, body: page }, { code: "proxy" });
  check("a page where data should be", { status: 200, body: page }, { code: "protocol", isUncharged: false });
  check("an empty 401", { status: 401, body: "" }, { code: "auth" });
  check("an empty 404", { status: 404, body: "" }, { code: "protocol", detail: /without any data/ });
  check("an empty 500", { status: 500, body: " \n" }, { code: "provider-down", isRetryable: true, isUncharged: false });
  check("an empty success", { status: 200, body: "" }, { code: "protocol", isUncharged: false });
  check(
    "data of another program",
    { status: 404, body: { detail: "Not Found" } },
    { code: "protocol", detail: /unknown form/ },
  );
});

describe("each error the simulator knows", () => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  const expected: Readonly<Record<NamedError, Expected>> = {
    "invalid-json": { code: "bad-request" },
    "invalid-model": { code: "model-not-found" },
    "too-many-models": { code: "bad-request" },
    "reasoning-mandatory": { code: "bad-request" },
    "context-length": { code: "context-too-long" },
    zod: { code: "bad-request" },
    "missing-key": { code: "auth" },
    "bad-key": { code: "auth" },
    "insufficient-credits": { code: "credits" },
    "weight-exceeds-budget": { code: "credits" },
    "key-limit": { code: "key-limit" },
    "fewer-max-tokens": { code: "key-limit", affordableTokens: 7_527 },
    "in-flight-budget": { code: "in-flight-budget", isRetryable: true, waitMs: 1_000 },
    "agentic-harness": { code: "forbidden-policy", emptiedBy: "the gate for coding agents" },
    attestation: { code: "attestation", emptiedBy: "an outstanding confirmation" },
    guardrail: { code: "forbidden-policy" },
    moderation: { code: "moderation" },
    "data-policy": { code: "no-endpoint", emptiedBy: "the data policy" },
    "only-filter": { code: "no-endpoint", emptiedBy: "the allowed providers" },
    "model-gone": { code: "model-not-found" },
    "request-timeout": { code: "timeout", isRetryable: true },
    "payload-too-large": { code: "context-too-long" },
    unprocessable: { code: "bad-request" },
    "free-per-minute": { code: "rate-limited", isRetryable: true, waitMs: 60_000 },
    "free-per-day": { code: "free-daily-limit", waitMs: MIDNIGHT - NOW },
    "upstream-rate-limit": { code: "rate-limited", isRetryable: true, waitMs: 1_000 },
    "upstream-rate-limit-untimed": { code: "rate-limited", isRetryable: true },
    "capacity-exhausted": { code: "rate-limited", isRetryable: true, waitMs: 40_000 },
    "internal-error": { code: "provider-down", isRetryable: true },
    "provider-error": { code: "provider-down", isRetryable: true },
    "provider-overloaded": { code: "overloaded", isRetryable: true, waitMs: 2_000 },
    "gateway-timeout": { code: "timeout", isRetryable: true },
    "edge-timeout": { code: "timeout", isRetryable: true },
    overloaded: { code: "overloaded", isRetryable: true, waitMs: 2_000 },
  };
  const names = Object.keys(NAMED_ERRORS).filter((name): name is NamedError => name in NAMED_ERRORS);
  for (const name of names) {
    it(`(${name}) is ${expected[name].code}`, () => {
      const situation = { modelId: "openai/gpt-5-mini", retryAfterSeconds: undefined, nowMs: NOW };
      assertIs(classify(buildNamedError(name, situation)), expected[name]);
    });

    it(`(${name}) is the same over HTTP`, async () => {
      const baseUrl = new URL(simulator.baseUrl);
      const gateway = createOpenRouterGateway({
        baseUrl,
        transport: createHostTransport(),
        credential: async () => ({ origin: baseUrl.origin, key: simulator.key }),
        now: () => Date.now(),
      });
      simulator.faultNext({ kind: "error", error: name, on: "key" });
      const before = Date.now();
      const error = await gateway.fetchKeyStatus(new AbortController().signal).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof WaybillError, String(error));
      assert.equal(error.code, expected[name].code);
      assert.equal(error.retryAtMs !== undefined, expected[name].waitMs !== undefined);
      assert.ok((error.retryAtMs ?? before) >= before);
    });
  }
});

describe("the provider that failed", () => {
  const providerIn = (name: unknown) =>
    classify(usual(502, "Provider returned error", { provider_name: name })).provider;

  it("is named as the gateway names it", () => {
    assert.equal(providerIn("Amazon Bedrock"), "Amazon Bedrock");
    assert.equal(providerIn(" Z.AI "), "Z.AI");
  });

  it("is unknown where the gateway names none, or sends something that is no name", () => {
    for (const name of [null, undefined, "", "  ", 3, {}, "x".repeat(65)]) assert.equal(providerIn(name), undefined);
    assert.equal(classify({ status: 502, body: "<html>Bad gateway</html>" }).provider, undefined);
  });
});

describe("whatever a server sends", () => {
  const SECRETS = ["user_2vSecretAccount", "sk-or-v1-feedfacefeedface", "My private key label", "the prompt about Ada"];
  const secret = fc.constantFrom(...SECRETS, ...SECRETS.map((text) => JSON.stringify({ error: { message: text } })));
  const value = fc.oneof(secret, fc.integer(), fc.constant(null), fc.boolean(), fc.array(secret, { maxLength: 2 }));
  const known = fc.constantFrom(
    "openrouter_credits",
    "context_length_exceeded",
    "Filter by Max Price",
    "Provider returned error",
    "can only afford 7",
    429,
    "constraint_filtered",
  );
  const field = fc.oneof(value, known);
  const fields = (...names: readonly string[]) =>
    fc.record(Object.fromEntries(names.map((name) => [name, field])), { requiredKeys: [] });
  const errorObject = fc
    .tuple(
      fields("code", "message", "type", "name", "error_type", "http_status", "user_id"),
      fc.option(fields("code", "retryable", "retry_after", "excluded_by", "constraint")),
      fc.option(
        fields(
          "error_type",
          "limit_source",
          "reason",
          "raw",
          "failed_routing_step",
          "headers",
          "provider_name",
          "patterns",
        ),
      ),
    )
    .map(([own, availability, metadata]) => ({ ...own, availability, metadata }));
  const body = fc.oneof(
    errorObject.map((error) => JSON.stringify({ error, user_id: SECRETS[0] })),
    errorObject.map((error) => JSON.stringify({ choices: [{ error }] })),
    secret.map((error) => JSON.stringify({ error })),
    fields("object", "type", "message", "code").map((bare) => JSON.stringify({ object: "error", ...bare })),
    secret.map((text) => `<html>${text}</html>`),
    fc.json(),
    fc.string(),
    secret,
  );
  const status = fc.oneof(
    fc.constantFrom(200, 400, 401, 402, 403, 404, 407, 408, 413, 429, 500, 502, 503, 524, 529),
    fc.nat(999),
  );

  it("is one of our codes, and its sentence repeats nothing of the body", () => {
    fc.assert(
      fc.property(body, status, secret, (text, code, header) => {
        const error = classifyHttpError({
          status: code,
          body: text,
          header: () => header,
          generationId: undefined,
          nowMs: NOW,
        });
        assertSaysNothingOf(SECRETS, error);
      }),
      { numRuns: 300 },
    );
  });

  it("is so inside a stream too", () => {
    fc.assert(
      fc.property(errorObject, (error) => {
        const found = findError({ error });
        assert.ok(found !== undefined);
        const failure = classifyErrorBody(found, {
          status: undefined,
          generationId: "gen-1",
          isUncharged: false,
          nowMs: NOW,
        });
        assert.equal(failure.isUncharged, false);
        assertSaysNothingOf(SECRETS, failure);
      }),
    );
  });

  it("is read in a moment, also when it is huge or deep", () => {
    const nested = `${'{"error":'.repeat(5_000)}1${"}".repeat(5_000)}`;
    const long = "model ".repeat(200_000);
    for (const raw of [
      nested,
      long,
      `[${nested}]`,
      { a: { error: { error: { error: { error: { error: long } } } } } },
    ]) {
      const started = performance.now();
      assert.ok(WAYBILL_ERROR_CODES.includes(classify(usual(400, long, { raw })).code));
      assert.ok(WAYBILL_ERROR_CODES.includes(classify({ status: 400, body: raw }).code));
      assert.ok(performance.now() - started < 1_000);
    }
  });

  function assertSaysNothingOf(secrets: readonly string[], error: WaybillError): void {
    assert.ok(WAYBILL_ERROR_CODES.includes(error.code));
    const context = { gatewayHost: "gateway.example", modelName: "Model", formatTime: (atMs: number) => String(atMs) };
    for (const wasSent of [true, false]) {
      const { sentence } = describeError(error, { ...context, wasSent, hasText: false });
      // The provider's name is whatever the gateway says it is, so it is kept apart and is in no sentence.
      const others = JSON.stringify(error, (key, value: unknown) => (key === "provider" ? undefined : value));
      const said = [sentence, error.message, error.detail, error.emptiedBy, others].join("\n");
      for (const text of secrets) assert.ok(!said.includes(text), said);
    }
  }
});
