import type { WaybillError } from "../core/errors/waybillError.ts";
import type { TurnFinish } from "../core/waybill/waybill.ts";
import { AnswerProgress, toTurnFinish } from "./answerProgress.ts";
import type { Attempt } from "./attempt.ts";
import { describeFailure, settle, settleAbandoned, settleLater } from "./settleAttempt.ts";
import { streamAnswer } from "./streamAnswer.ts";
import type { TurnEvent } from "./turnEvent.ts";
import { type AttemptOutcome, writeWaybill } from "./writeWaybill.ts";

/** From the reservation on; it is settled or released on every way out, also when the surface stops reading. */
export async function* runAttempt(attempt: Attempt, reserved: TurnEvent): AsyncGenerator<TurnEvent> {
  const { services, ledger, papers } = attempt;
  const progress = new AnswerProgress();
  let isSettled = false;
  try {
    yield reserved;
    yield { type: "attempt-start", choice: papers.choice };
    const failure = yield* streamAnswer(attempt, progress);
    const outcome: AttemptOutcome = { progress, finish: finishOf(progress, failure), endedAtMs: services.now() };
    if (failure?.isUncharged === true && progress.firstTokenAtMs === undefined) {
      await ledger.release(papers.reservationId);
      isSettled = true;
      yield { type: "turn-failed", problem: describeFailure(attempt, failure, progress), waybill: undefined };
      return;
    }
    if (progress.finishReason !== undefined) {
      const problem = await settle(attempt, outcome);
      isSettled = true;
      yield { type: "turn-end", waybill: writeWaybill(papers, outcome), problem };
      return;
    }
    yield endWithoutCost(attempt, outcome, failure);
    const corrected = await settleLater(attempt, outcome);
    if (corrected === undefined) return;
    isSettled = true;
    yield { type: "waybill-corrected", waybill: corrected };
  } finally {
    if (!isSettled) await settleAbandoned(attempt, progress);
  }
}

function finishOf(progress: AnswerProgress, failure: WaybillError | undefined): TurnFinish {
  if (progress.finishReason !== undefined) return toTurnFinish(progress.finishReason);
  if (failure?.code === "aborted") return "stopped";
  return progress.hasText ? "incomplete" : "failed";
}

function endWithoutCost(attempt: Attempt, outcome: AttemptOutcome, failure: WaybillError | undefined): TurnEvent {
  const { papers } = attempt;
  const waybill = writeWaybill(papers, outcome);
  const isStopped = outcome.finish === "stopped";
  const problem = failure === undefined || isStopped ? undefined : describeFailure(attempt, failure, outcome.progress);
  if (problem !== undefined && !outcome.progress.hasText) return { type: "turn-failed", problem, waybill };
  return { type: "turn-end", waybill, problem };
}
