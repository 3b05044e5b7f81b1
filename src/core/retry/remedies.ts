import type { WaybillError } from "../errors/waybillError.ts";

/** What may help after a request failed before its first token. */
export interface Remedies {
  /** The same model again, after a pause. */
  readonly isWorthWaiting: boolean;
  /** Another model, at once. */
  readonly isWorthAnotherModel: boolean;
  /** The same model with an answer of at most this many tokens: what the credit left pays for. */
  readonly affordableTokens: number | undefined;
}

/** Below this an answer is of no use to anybody. */
const SHORTEST_ANSWER_TOKENS = 64;

/** By the code alone, and by what the gateway says of time and money. */
export function remediesFor(error: WaybillError): Remedies {
  return {
    isWorthWaiting: error.isRetryable && isPassing(error),
    isWorthAnotherModel: isOfTheModel(error),
    affordableTokens:
      (error.affordableTokens ?? 0) >= SHORTEST_ANSWER_TOKENS &&
      (error.code === "credits" || error.code === "key-limit")
        ? error.affordableTokens
        : undefined,
  };
}

function isPassing({ code }: WaybillError): boolean {
  switch (code) {
    case "rate-limited":
    case "overloaded":
    case "provider-down":
    case "timeout":
    case "network":
    case "proxy":
    case "in-flight-budget":
    case "incomplete":
    case "protocol":
      return true;
    default:
      return false;
  }
}

/** Another model may do where this one, or its provider, does not; it cannot help where the account or the way is at fault. */
function isOfTheModel({ code, isRetryable }: WaybillError): boolean {
  switch (code) {
    case "rate-limited":
    case "overloaded":
    case "provider-down":
    case "no-endpoint":
    case "model-not-found":
    case "incomplete":
      return true;
    case "timeout":
      return isRetryable;
    default:
      return false;
  }
}
