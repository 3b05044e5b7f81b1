import { apiError } from "./apiError.ts";
import type { ApiError } from "./apiError.ts";

/** A cap of OpenRouter's own on free models; `resetAtMs` goes out as epoch milliseconds. */
export interface FreeCap {
  readonly period: "min" | "day";
  readonly limit: number;
  readonly resetAtMs: number;
}

export function freeModelsCap({ period, limit, resetAtMs }: FreeCap): ApiError {
  const headers = {
    "X-RateLimit-Limit": String(limit),
    "X-RateLimit-Remaining": "0",
    "X-RateLimit-Reset": String(resetAtMs),
  };
  const name = period === "min" ? "free-models-per-min" : `free-models-per-day${limit > 50 ? "-high-balance" : ""}`;
  return apiError(429, `Rate limit exceeded: ${name}. `, {
    headers,
    metadata: {
      headers,
      limit_source: period === "min" ? "openrouter_free_models_per_min" : "openrouter_free_tier_daily",
      remedy_hint: period === "min" ? "Wait a minute" : "Wait for the daily reset",
      provider_name: null,
    },
    userId: "user_simulator",
  });
}

/** A provider's own rate limit, passed on; `retryAfterSeconds` is left out when undefined, as some recorded ones do. */
export function upstreamRateLimit(modelId: string, retryAfterSeconds: number | undefined): ApiError {
  const isTimed = retryAfterSeconds !== undefined;
  const headers = isTimed ? { "Retry-After": String(retryAfterSeconds) } : {};
  return apiError(429, "Provider returned error", {
    headers,
    metadata: {
      raw: `${modelId} is temporarily rate-limited upstream. Please retry shortly.`,
      provider_name: "Simulated",
      is_byok: false,
      provider_error_code: "rate_limit_exceeded",
      limit_source: "upstream_provider_shared_pool",
      remedy_hint: "Retry shortly, or route to another provider.",
      ...(isTimed && { retry_after_seconds: retryAfterSeconds, retry_after_seconds_raw: retryAfterSeconds, headers }),
    },
    userId: "user_simulator",
  });
}

/** The availability shape documented in 2026-08, which has no `error.code`. */
export function capacityExhausted(modelId: string, retryAfterSeconds: number): ApiError {
  return {
    status: 429,
    headers: { "Retry-After": String(retryAfterSeconds) },
    body: {
      error: {
        message: `All providers for ${modelId} are at capacity. Retry after ${retryAfterSeconds} seconds.`,
        error_type: "rate_limit_exceeded",
        http_status: 429,
        availability: {
          code: "capacity_exhausted",
          retryable: true,
          retry_after: retryAfterSeconds,
          requested_models: [modelId],
          affected_providers: ["simulated"],
          fallback_models: ["anthropic/claude-haiku-4.5"],
          docs_url: "https://openrouter.ai/docs/errors#capacity_exhausted",
        },
        metadata: { previous_errors: [{ provider: "simulated", code: "capacity_exhausted", status: 429 }] },
      },
    },
  };
}
