import type { WaybillError } from "../errors/waybillError.ts";
import type { ModelChoice } from "../routing/routeDecision.ts";
import { backoffMs } from "./backoff.ts";
import { remediesFor } from "./remedies.ts";

/** An attempt that failed before its first token and provably cost nothing. What may have been billed is never sent again unasked. */
export interface FailedAttempt {
  readonly choice: ModelChoice;
  readonly error: WaybillError;
}

export interface TurnSoFar {
  /** Oldest first, at least one. */
  readonly failed: readonly [FailedAttempt, ...FailedAttempt[]];
  /** Models that may still stand in, best first; none when the policy or a pin forbids it. */
  readonly standIns: readonly ModelChoice[];
  readonly startedAtMs: number;
  readonly nowMs: number;
  /** Random, 0 to 1. */
  readonly jitter: number;
}

export type NextAttempt =
  | { readonly kind: "give-up" }
  | { readonly kind: "retry"; readonly choice: ModelChoice; readonly waitMs: number }
  | { readonly kind: "shorten"; readonly choice: ModelChoice; readonly maxCompletionTokens: number }
  | { readonly kind: "fallback"; readonly choice: ModelChoice };

const MAX_ATTEMPTS = 4;
/** Who waits longer than this would rather have another model. */
const PATIENCE_MS = 2_000;
/** No attempt begins later than this after the question. */
const LATEST_START_MS = 45_000;
/** What any further attempt may cost, in worst cases of the first. */
const MOST_WORST_CASES = 2;

/**
 * What to do after an attempt failed without a token and without cost: a shorter answer where the credit pays for one, the same model once
 * more after a short pause, then another model, then the same one with patience. Capped by attempts, time and money.
 */
export function planNextAttempt(turn: TurnSoFar): NextAttempt {
  const { failed, standIns } = turn;
  const last = failed.at(-1) ?? failed[0];
  const remedies = remediesFor(last.error);
  if (failed.length >= MAX_ATTEMPTS) return { kind: "give-up" };
  const { affordableTokens } = remedies;
  const isShorter = affordableTokens !== undefined && affordableTokens < last.choice.maxCompletionTokens;
  if (isShorter && isPayable(turn, last.choice)) {
    return { kind: "shorten", choice: last.choice, maxCompletionTokens: affordableTokens };
  }
  const retry = remedies.isWorthWaiting ? planRetry(turn, last) : undefined;
  const isFirstFailure = failed.filter(({ choice }) => choice.model.id === last.choice.model.id).length === 1;
  if (retry !== undefined && retry.waitMs <= PATIENCE_MS && isFirstFailure) return retry;
  const standIn = remedies.isWorthAnotherModel ? standIns.find((choice) => isPayable(turn, choice)) : undefined;
  if (standIn !== undefined && turn.nowMs - turn.startedAtMs <= LATEST_START_MS) {
    return { kind: "fallback", choice: standIn };
  }
  return retry ?? { kind: "give-up" };
}

function planRetry(
  turn: TurnSoFar,
  { choice, error }: FailedAttempt,
): Extract<NextAttempt, { kind: "retry" }> | undefined {
  const pause = backoffMs(turn.failed.length, turn.jitter);
  const waitMs = Math.max(0, (error.retryAtMs ?? turn.nowMs) - turn.nowMs) + pause;
  const isInTime = turn.nowMs + waitMs - turn.startedAtMs <= LATEST_START_MS;
  return isInTime && isPayable(turn, choice) ? { kind: "retry", choice, waitMs } : undefined;
}

function isPayable({ failed }: TurnSoFar, { worstCase }: ModelChoice): boolean {
  return worstCase <= MOST_WORST_CASES * failed[0].choice.worstCase;
}
