import type { WaybillError } from "../core/errors/waybillError.ts";
import type { Problem } from "../core/problems/problem.ts";
import type { TurnFinish } from "../core/waybill/waybill.ts";
import { type AnswerProgress, toTurnFinish } from "./answerProgress.ts";
import type { Attempt } from "./attempt.ts";
import { settle, settleAbandoned } from "./settleAttempt.ts";
import { streamAnswer } from "./streamAnswer.ts";
import type { TurnEvent } from "./turnEvent.ts";
import type { AttemptEnding } from "./writeWaybill.ts";

/** How an attempt ended, and where its reservation is. */
export interface AttemptEnd {
  readonly ending: AttemptEnding;
  readonly failure: WaybillError | undefined;
  /**
   * `settled` at the cost that came with the answer, `released` because nothing was charged, or still `held` because
   * nobody knows the cost yet.
   */
  readonly reservation: "settled" | "released" | "held";
  /** The answer is complete but could not be written into the ledger. */
  readonly ledgerProblem: Problem | undefined;
}

/** Tells what led to it, sends one request and reads its answer. When the surface stops reading, the reservation is settled on the way out. */
export async function* runAttempt(
  attempt: Attempt,
  before: readonly TurnEvent[],
): AsyncGenerator<TurnEvent, AttemptEnd> {
  const { turn, progress } = attempt;
  let isOver = false;
  try {
    yield* before;
    const { choice, promptTokensOf } = attempt;
    yield { type: "attempt-start", choice, promptTokens: promptTokensOf(choice.model).expected };
    const failure = yield* streamAnswer(attempt);
    isOver = true;
    const ending = { finish: finishOf(progress, failure), endedAtMs: turn.services.now() };
    return { ending, failure, ...(await closeReservation(attempt, ending, failure)) };
  } finally {
    if (!isOver) await settleAbandoned(attempt);
  }
}

async function closeReservation(
  attempt: Attempt,
  ending: AttemptEnding,
  failure: WaybillError | undefined,
): Promise<Pick<AttemptEnd, "reservation" | "ledgerProblem">> {
  const { turn, progress, reservationId } = attempt;
  if (failure?.isUncharged === true && progress.firstTokenAtMs === undefined) {
    await turn.ledger.release(reservationId);
    return { reservation: "released", ledgerProblem: undefined };
  }
  if (progress.finishReason === undefined) return { reservation: "held", ledgerProblem: undefined };
  return { reservation: "settled", ledgerProblem: await settle(attempt, ending) };
}

function finishOf(progress: AnswerProgress, failure: WaybillError | undefined): TurnFinish {
  if (progress.finishReason !== undefined) return toTurnFinish(progress.finishReason);
  if (failure?.code === "aborted") return "stopped";
  return progress.hasText ? "incomplete" : "failed";
}
