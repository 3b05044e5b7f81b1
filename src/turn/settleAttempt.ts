import { type WaybillError, toWaybillError } from "../core/errors/waybillError.ts";
import { describeError } from "../core/problems/describeError.ts";
import type { Problem } from "../core/problems/problem.ts";
import type { Waybill } from "../core/waybill/waybill.ts";
import type { AnswerProgress } from "./answerProgress.ts";
import type { Attempt } from "./attempt.ts";
import { lookUpGeneration } from "./lookUpGeneration.ts";
import { type AttemptOutcome, writeReconciledWaybill, writeUnknownWaybill, writeWaybill } from "./writeWaybill.ts";

/** The answer is complete; a ledger that fails now must not take it away. The lease then keeps the money counted. */
export async function settle(attempt: Attempt, outcome: AttemptOutcome): Promise<Problem | undefined> {
  const { ledger, papers } = attempt;
  try {
    await ledger.settle(papers.reservationId, writeWaybill(papers, outcome));
    return undefined;
  } catch (error) {
    return describeFailure(attempt, toWaybillError(error), outcome.progress);
  }
}

/**
 * The reservation stays held while the gateway is asked what it cost. `undefined` when the ledger cannot be written any
 * more (the window closes, say): the lease then counts the reservation as spent.
 */
export async function settleLater(
  { services, ledger, papers }: Attempt,
  outcome: AttemptOutcome,
): Promise<Waybill | undefined> {
  const { generationId } = outcome.progress;
  const record = generationId === undefined ? undefined : await lookUpGeneration(services, generationId);
  const waybill =
    record === undefined ? writeUnknownWaybill(papers, outcome) : writeReconciledWaybill(papers, outcome, record);
  return ledger.settle(papers.reservationId, waybill).then(
    () => waybill,
    () => undefined,
  );
}

/** The surface stopped reading. Failing here leaves the reservation to the lease, which counts it as spent. */
export async function settleAbandoned({ services, ledger, papers }: Attempt, progress: AnswerProgress): Promise<void> {
  const outcome: AttemptOutcome = { progress, finish: "incomplete", endedAtMs: services.now() };
  const waybill =
    progress.finishReason === undefined ? writeUnknownWaybill(papers, outcome) : writeWaybill(papers, outcome);
  await ledger.settle(papers.reservationId, waybill).catch(() => undefined);
}

/** The sentence for what went wrong in an attempt. */
export function describeFailure(attempt: Attempt, failure: WaybillError, progress: AnswerProgress): Problem {
  return describeError(failure, {
    gatewayHost: attempt.services.gateway.host,
    modelName: attempt.papers.choice.model.name,
    wasSent: true,
    formatTime: attempt.services.formatTime,
    hasText: progress.hasText,
  });
}
