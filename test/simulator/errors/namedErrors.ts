import { apiError } from "./apiError.ts";
import type { ApiError } from "./apiError.ts";
import { capacityExhausted, freeModelsCap, upstreamRateLimit } from "./rateLimitErrors.ts";
import * as request from "./requestErrors.ts";
import * as routing from "./routingErrors.ts";
import * as spending from "./spendingErrors.ts";

/** What a scripted error may refer to. */
export interface ErrorSituation {
  readonly modelId: string;
  /** Seconds for `Retry-After` and its twins in the body; each error has its own default. */
  readonly retryAfterSeconds: number | undefined;
  readonly nowMs: number;
}

type ErrorBuilder = (situation: ErrorSituation) => ApiError;

const DAY_MS = 86_400_000;

/** Every error a test can script by name, in the shape and with the headers the API is known to send. */
export const NAMED_ERRORS = {
  "invalid-json": () => request.invalidJson(),
  "invalid-model": ({ modelId }) => request.invalidModel(modelId, "user_simulator"),
  "too-many-models": () => request.tooManyModels(),
  "reasoning-mandatory": () => request.reasoningMandatory(),
  "context-length": () => request.contextTooLong(8_192, 9_000, 1_000),
  zod: () => request.zodValidation("messages"),
  "missing-key": () => request.missingKey(),
  "bad-key": () => request.badKey(),
  "insufficient-credits": () => spending.insufficientCredits(),
  "weight-exceeds-budget": () => spending.weightExceedsBudget(),
  "key-limit": () => spending.keyLimitExceeded(),
  "fewer-max-tokens": () => spending.fewerMaxTokens(8_192, 7_527),
  "in-flight-budget": ({ retryAfterSeconds }) => spending.inFlightBudget(retryAfterSeconds ?? 1),
  "agentic-harness": ({ modelId }) =>
    apiError(
      403,
      `${modelId} is only available on agentic harnesses. Try plugging it into a coding agent or productivity app listed on https://openrouter.ai/apps`,
      {
        metadata: { failed_routing_step: "Gate Free Endpoints by Agentic Harness" },
      },
    ),
  attestation: () =>
    apiError(
      403,
      "This model requires you to complete the following before use: 18+ age confirmation. Confirm at https://openrouter.ai/settings/preferences.",
      {
        metadata: {
          missing_attestation_types: ["age_18plus"],
          failed_routing_step: "Gate Endpoints with Attestations",
        },
        userId: "user_simulator",
      },
    ),
  guardrail: () =>
    apiError(403, "Request blocked: prompt injection patterns detected", {
      metadata: { patterns: ["ignore all previous instructions"] },
    }),
  moderation: ({ modelId }) =>
    apiError(403, "Input was flagged", {
      metadata: {
        reasons: ["violence"],
        flagged_input: "first part ... last part",
        provider_name: "OpenAI",
        model_slug: modelId,
      },
    }),
  "data-policy": () => routing.dataPolicy(1),
  "only-filter": ({ modelId }) =>
    routing.noAllowedProvider({ modelId, serving: [{ tag: "openai", name: "OpenAI" }], permitted: ["azure"] }),
  "model-gone": ({ modelId }) => routing.modelGone(modelId),
  "request-timeout": () => apiError(408, "Request timed out", { metadata: { error_type: "timeout" } }),
  "payload-too-large": () => apiError(413, "Payload too large", { metadata: { error_type: "payload_too_large" } }),
  unprocessable: () => apiError(422, "Unprocessable request", { metadata: { error_type: "unprocessable" } }),
  "free-per-minute": ({ nowMs }) => freeModelsCap({ period: "min", limit: 20, resetAtMs: nowMs + 60_000 }),
  "free-per-day": ({ nowMs }) =>
    freeModelsCap({ period: "day", limit: 50, resetAtMs: (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS }),
  "upstream-rate-limit": ({ modelId, retryAfterSeconds }) => upstreamRateLimit(modelId, retryAfterSeconds ?? 1),
  "upstream-rate-limit-untimed": ({ modelId }) => upstreamRateLimit(modelId, undefined),
  "capacity-exhausted": ({ modelId, retryAfterSeconds }) => capacityExhausted(modelId, retryAfterSeconds ?? 40),
  "internal-error": () => apiError(500, "Internal Server Error"),
  "provider-error": () =>
    apiError(502, "Provider returned error", { metadata: { error_type: "provider_unavailable" } }),
  "provider-overloaded": ({ retryAfterSeconds }) =>
    retryable(503, "No provider is available right now", retryAfterSeconds),
  "gateway-timeout": () => apiError(504, "Gateway timeout", { metadata: { error_type: "timeout" } }),
  "edge-timeout": () => apiError(524, "A timeout occurred", { metadata: { error_type: "timeout" } }),
  overloaded: ({ retryAfterSeconds }) => retryable(529, "Provider is overloaded", retryAfterSeconds),
} as const satisfies Readonly<Record<string, ErrorBuilder>>;

export type NamedError = keyof typeof NAMED_ERRORS;

/** Errors after which OpenRouter tries the next entry of `models[]`; all others concern the request or the account. */
const FALLBACK_ERRORS: ReadonlySet<string> = new Set<NamedError>([
  "context-length",
  "moderation",
  "request-timeout",
  "upstream-rate-limit",
  "upstream-rate-limit-untimed",
  "capacity-exhausted",
  "internal-error",
  "provider-error",
  "provider-overloaded",
  "gateway-timeout",
  "edge-timeout",
  "overloaded",
  "model-gone",
]);

export function buildNamedError(name: NamedError, situation: ErrorSituation): ApiError {
  const build: ErrorBuilder = NAMED_ERRORS[name];
  return build(situation);
}

export function leadsToFallback(name: NamedError): boolean {
  return FALLBACK_ERRORS.has(name);
}

function retryable(status: number, message: string, retryAfterSeconds: number | undefined): ApiError {
  return apiError(status, message, {
    headers: { "Retry-After": String(retryAfterSeconds ?? 2) },
    metadata: { error_type: "provider_overloaded" },
  });
}
