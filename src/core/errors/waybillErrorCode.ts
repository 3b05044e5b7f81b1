/**
 * Closed set of what can go wrong: first what the gateway or the way to it can do to a request, then our own. Decisions
 * use the code, never the message.
 */
export const WAYBILL_ERROR_CODES = [
  "bad-request",
  "context-too-long",
  "auth",
  "credits",
  "key-limit",
  "in-flight-budget",
  "forbidden-policy",
  "moderation",
  "attestation",
  "model-not-found",
  "no-endpoint",
  "timeout",
  "rate-limited",
  "free-daily-limit",
  "provider-down",
  "overloaded",
  "network",
  "proxy",
  "certificate",
  "incomplete",
  "past-hold",
  "protocol",
  "aborted",
  "key-missing",
  "key-unreadable",
  "settings-invalid",
  "gateway-not-allowed",
  "privacy-unmet",
  "ledger-damaged",
  "ledger-unusable",
  "ledger-busy",
  "outbox-unusable",
  "internal",
] as const;

export type WaybillErrorCode = (typeof WAYBILL_ERROR_CODES)[number];
