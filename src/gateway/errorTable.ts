import type { WaybillErrorCode } from "../core/errors/waybillErrorCode.ts";
import type { BodyShape, ErrorSignals } from "./errorSignals.ts";

/** A row holds when each of its conditions does; a condition that is a list holds when one of its entries does. */
interface ErrorRow {
  readonly code: WaybillErrorCode;
  readonly status?: readonly number[];
  readonly shape?: readonly BodyShape[];
  readonly type?: readonly string[];
  readonly limit?: readonly string[];
  readonly availability?: readonly string[];
  readonly step?: readonly string[];
  readonly note?: readonly string[];
  readonly says?: RegExp;
  /** `type` and `says` may also be met by the provider's own error inside. Never for the account: that is not its. */
  readonly opensWrapped?: true;
  /** The error only passes on what a provider said. */
  readonly isWrapped?: true;
  /** Our words for the person. */
  readonly detail?: string;
  readonly isRetryable?: false;
}

const FOREIGN: readonly BodyShape[] = ["web-page", "other"];
const BAD_INPUT: readonly number[] = [400, 413, 422];

/**
 * Which code an error gets; the first row that holds decides. The order is: status and shape where they alone decide,
 * type, limit, availability, routing step and other metadata, message, and at last what status and type mean in general.
 * Source: OpenRouter `errors-and-debugging` and `limits`, recordings of 2026-03 to 2026-10, OpenAI's and Anthropic's
 * error types, and the servers of Ollama, llama.cpp and vLLM.
 */
const ERROR_TABLE: readonly ErrorRow[] = [
  // Status and shape.
  { code: "proxy", status: [407], detail: "it wants a user name and a password", isRetryable: false },
  {
    code: "provider-down",
    status: [401],
    isWrapped: true,
    detail: "it refuses the key used for it",
    isRetryable: false,
  },
  { code: "auth", status: [401] },
  { code: "timeout", status: [408, 504, 524] },
  { code: "rate-limited", status: [429], shape: FOREIGN },
  { code: "overloaded", status: [503, 529], shape: FOREIGN },
  { code: "protocol", shape: FOREIGN },
  { code: "protocol", status: [404], shape: ["empty"] },
  { code: "bad-request", shape: ["validation"] },

  // Type.
  {
    code: "context-too-long",
    type: [
      "context_length_exceeded",
      "token_limit_exceeded",
      "string_too_long",
      "payload_too_large",
      "request_too_large",
      "exceed_context_size_error",
    ],
    opensWrapped: true,
  },
  {
    code: "moderation",
    type: ["content_policy_violation", "content_filter", "moderation_blocked", "refusal"],
    opensWrapped: true,
  },
  {
    code: "bad-request",
    type: ["max_tokens_exceeded"],
    detail: "the longest possible answer is too long for the model",
  },
  { code: "model-not-found", type: ["model_not_found"] },
  { code: "auth", type: ["invalid_api_key", "authentication", "authentication_error"] },
  { code: "credits", type: ["insufficient_quota", "billing_error", "billing_hard_limit_reached"] },
  {
    code: "forbidden-policy",
    type: ["unsupported_country_region_territory"],
    detail: "it is not offered in your region",
  },

  // Limit.
  { code: "in-flight-budget", limit: ["openrouter_in_flight_budget", "in_flight_budget_exhausted"] },
  { code: "key-limit", limit: ["openrouter_key_limit"] },
  { code: "credits", limit: ["weight_exceeds_budget"], detail: "counted with its longest possible answer" },
  { code: "credits", limit: ["openrouter_credits"] },
  { code: "free-daily-limit", limit: ["openrouter_free_tier_daily"] },
  {
    code: "rate-limited",
    limit: ["openrouter_free_models_per_min"],
    detail: "too many requests to free models in a minute",
  },
  {
    code: "rate-limited",
    limit: ["upstream_provider_shared_pool", "openrouter_shared_capacity"],
    detail: "everyone's requests to its provider together are too many",
  },

  // Availability.
  { code: "model-not-found", availability: ["model_not_found"] },
  { code: "model-not-found", availability: ["model_deprecated", "free_variant_ended"], detail: "it has ended" },
  { code: "bad-request", availability: ["wrong_endpoint"], detail: "the model is not for chat" },
  { code: "forbidden-policy", availability: ["region_restricted"], detail: "it is not offered in your region" },
  {
    code: "no-endpoint",
    availability: ["no_endpoints", "model_unavailable_upstream", "privacy_restricted", "constraint_filtered"],
  },
  { code: "rate-limited", availability: ["capacity_exhausted"], detail: "all its providers are full" },
  { code: "overloaded", availability: ["temporarily_unavailable"] },

  // Routing step and other metadata.
  { code: "attestation", step: ["gate endpoints with attestations"], says: /18\+|\bage\b/i, detail: "of your age" },
  { code: "attestation", step: ["gate endpoints with attestations"] },
  {
    code: "forbidden-policy",
    step: ["gate free endpoints by agentic harness"],
    detail: "this free model only answers to listed coding agents",
  },
  { code: "attestation", status: [403], note: ["missing_attestation_types"] },
  { code: "moderation", status: [400, 403], note: ["reasons", "flagged_input"] },
  { code: "forbidden-policy", status: [403], note: ["patterns"], detail: "a guardrail of your account blocked it" },

  // Message.
  { code: "free-daily-limit", status: [429], says: /free-models-per-day/i },
  {
    code: "rate-limited",
    status: [429],
    says: /free-models-per-min/i,
    detail: "too many requests to free models in a minute",
  },
  { code: "in-flight-budget", status: [402], says: /in-flight/i },
  { code: "key-limit", status: [402], says: /can only afford.*(settings\/keys|key with a higher)/is },
  { code: "key-limit", status: [402, 403], says: /(key|budget|spend\w*|guardrail) limit|budget (exceeded|reached)/i },
  { code: "credits", status: [402], says: /maximum cost exceeds/i, detail: "counted with its longest possible answer" },
  { code: "attestation", status: [403], says: /complete the following before use|age confirmation/i },
  {
    code: "forbidden-policy",
    status: [403],
    says: /agentic harness/i,
    detail: "this free model only answers to listed coding agents",
  },
  {
    code: "forbidden-policy",
    status: [403],
    says: /guardrail|prompt injection|request blocked/i,
    detail: "a guardrail of your account blocked it",
  },
  {
    code: "moderation",
    status: [400, 403],
    says: /flagged|moderation|content[ _-]?(management )?policy|safety system/i,
    opensWrapped: true,
  },
  { code: "model-not-found", status: [400, 404], says: /is not a valid model|no such model|unknown model/i },
  { code: "model-not-found", status: [400, 404], says: /\bmodel\b.{0,200}(not found|does not exist)/is },
  { code: "model-not-found", status: [404], says: /unavailable for free/i, detail: "it is no longer free" },
  { code: "model-not-found", status: [404], says: /^no endpoints found for \S+?\.?$/i },
  {
    code: "context-too-long",
    status: [...BAD_INPUT, 500, 502],
    says: /context (length|window|size)|maximum context|(prompt|input) is too long|too many (input )?tokens|reduce the length/i,
    opensWrapped: true,
  },
  {
    code: "bad-request",
    status: [400],
    says: /reasoning is mandatory/i,
    detail: "the model's reasoning cannot be switched off",
  },

  // What a status, or without one a type, means in general.
  { code: "credits", status: [402] },
  { code: "forbidden-policy", status: [403] },
  { code: "no-endpoint", status: [404] },
  { code: "context-too-long", status: [413] },
  { code: "rate-limited", status: [429] },
  { code: "overloaded", status: [503, 529] },
  { code: "rate-limited", type: ["rate_limit_exceeded", "rate_limit_error"] },
  {
    code: "overloaded",
    type: ["provider_overloaded", "overloaded", "overloaded_error", "unavailable_error"],
    opensWrapped: true,
  },
  { code: "timeout", type: ["timeout", "timeout_error"] },
  { code: "credits", type: ["payment_required"] },
  { code: "forbidden-policy", type: ["permission_denied", "permission_error"] },
  { code: "no-endpoint", type: ["not_found", "not_found_error"] },
  { code: "bad-request", type: ["invalid_request", "invalid_request_error", "invalid_prompt", "unprocessable"] },
];

export interface Verdict {
  readonly code: WaybillErrorCode;
  readonly detail?: string | undefined;
  readonly isRetryable?: false;
}

/** The first row that holds; else a status below 500 blames the request, and anything else the provider. */
export function findVerdict(signals: ErrorSignals): Verdict {
  const row = ERROR_TABLE.find((candidate) => holds(candidate, signals));
  if (row !== undefined) return row;
  const { status, shape } = signals;
  if (shape === "empty" && (status === undefined || status < 400)) return { code: "protocol" };
  return { code: status !== undefined && status >= 400 && status < 500 ? "bad-request" : "provider-down" };
}

function holds(row: ErrorRow, signals: ErrorSignals): boolean {
  const { wrapped } = signals;
  const types = row.opensWrapped === true ? [...signals.types, ...wrapped.words] : signals.types;
  const texts = row.opensWrapped === true ? [signals.message, ...wrapped.texts] : [signals.message];
  return (
    meets(row.status, [signals.status]) &&
    meets(row.shape, [signals.shape]) &&
    meets(row.type, types) &&
    meets(row.limit, signals.limits) &&
    meets(row.availability, [signals.availability]) &&
    meets(row.step, signals.filters) &&
    meets(row.note, signals.notes) &&
    (row.says === undefined || texts.some((text) => row.says?.test(text))) &&
    (row.isWrapped === undefined || wrapped.words.length + wrapped.texts.length > 0)
  );
}

function meets<Value>(wanted: readonly Value[] | undefined, found: readonly (Value | undefined)[]): boolean {
  return wanted === undefined || found.some((value) => value !== undefined && wanted.includes(value));
}
