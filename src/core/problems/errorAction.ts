import type { WaybillError, WaybillErrorCode } from "../errors/waybillError.ts";
import { type FailureContext, isByPrivacy } from "./failureContext.ts";
import type { ProblemActionId } from "./problem.ts";

const ACTIONS: Readonly<Record<WaybillErrorCode, ProblemActionId>> = {
  "bad-request": "show-log",
  "context-too-long": "new-chat",
  auth: "enter-key",
  credits: "test-connection",
  "key-limit": "test-connection",
  "in-flight-budget": "try-again",
  "forbidden-policy": "open-settings",
  moderation: "new-chat",
  attestation: "try-again",
  "model-not-found": "open-settings",
  "no-endpoint": "try-again",
  timeout: "try-again",
  "rate-limited": "try-again",
  "free-daily-limit": "open-settings",
  "provider-down": "try-again",
  overloaded: "try-again",
  network: "try-again",
  proxy: "test-connection",
  certificate: "test-connection",
  incomplete: "try-again",
  "past-hold": "continue",
  protocol: "test-connection",
  aborted: "try-again",
  "key-missing": "enter-key",
  "key-unreadable": "enter-key",
  "settings-invalid": "open-settings",
  "gateway-not-allowed": "review-gateway",
  "privacy-unmet": "set-privacy",
  "ledger-damaged": "start-new-ledger",
  "ledger-unusable": "try-again",
  "ledger-busy": "try-again",
  "outbox-unusable": "try-again",
  internal: "show-log",
};

/** The one thing to do about an error; a broken answer that has text can be continued or asked for again. */
export function chooseErrorActions(
  error: WaybillError,
  { wasSent, hasText, privacy }: FailureContext,
): readonly [ProblemActionId, ...ProblemActionId[]] {
  if (error.code === "network" && !hasText && (error.isUncharged || !wasSent)) return ["test-connection"];
  if (error.code === "no-endpoint" && error.emptiedBy !== undefined) {
    return privacy !== undefined && isByPrivacy(error) ? ["set-privacy"] : ["open-settings"];
  }
  const action = ACTIONS[error.code];
  return action === "try-again" && hasText ? ["continue", "try-again"] : [action];
}
