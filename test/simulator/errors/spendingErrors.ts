import { apiError } from "./apiError.ts";
import type { ApiError } from "./apiError.ts";

/** The kinds of 402, told apart by `limit_source` and `reason` (limits page and recordings of 2026-09). */
export function insufficientCredits(): ApiError {
  return apiError(402, "Insufficient credits. Add more using https://openrouter.ai/settings/credits", {
    metadata: { limit_source: "openrouter_credits" },
  });
}

export function weightExceedsBudget(): ApiError {
  return apiError(
    402,
    "This request's maximum cost exceeds your available credits. Add credits, or lower max_tokens or prompt size.",
    { metadata: { reason: "weight_exceeds_budget", limit_source: "openrouter_credits" } },
  );
}

export function keyLimitExceeded(): ApiError {
  return apiError(402, "Key limit exceeded", {
    metadata: { limit_source: "openrouter_key_limit", remedy_hint: "Raise the key's credit limit." },
  });
}

/** The older text without `limit_source`; still met where a key's own limit is what does not suffice. */
export function fewerMaxTokens(requestedTokens: number, affordableTokens: number): ApiError {
  const message =
    `This request requires more credits, or fewer max_tokens. You requested up to ${requestedTokens} tokens, ` +
    `but can only afford ${affordableTokens}. To increase, visit https://openrouter.ai/settings/keys and create a key with a higher total limit`;
  return apiError(402, message, { metadata: { provider_name: null }, userId: "user_simulator" });
}

/** The one 402 that passes by itself: running requests hold the balance. */
export function inFlightBudget(retryAfterSeconds: number): ApiError {
  const message =
    "This request would exceed your available credits given your current in-flight requests. " +
    "Retry after in-flight requests settle, or add credits.";
  return apiError(402, message, {
    headers: { "Retry-After": String(retryAfterSeconds) },
    metadata: {
      reason: "in_flight_budget_exhausted",
      limit_source: "openrouter_in_flight_budget",
      remedy_hint: "Retry after your in-flight requests settle (see the Retry-After header).",
    },
  });
}
