import { toWaybillError } from "../core/errors/waybillError.ts";
import type { Problem } from "../core/problems/problem.ts";
import type { Waybill } from "../core/waybill/waybill.ts";
import type { Attempt } from "./attempt.ts";
import { describeFailure } from "./describeFailure.ts";
import { lookUpGeneration } from "./lookUpGeneration.ts";
import { notePromptTokens } from "./promptReport.ts";
import { type AttemptEnding, writeReconciledWaybill, writeUnknownWaybill, writeWaybill } from "./writeWaybill.ts";

/** The answer is complete; a ledger that fails now must not take it away. The lease then keeps the money counted. */
export async function settle(attempt: Attempt, ending: AttemptEnding): Promise<Problem | undefined> {
  try {
    await attempt.turn.ledger.settle(attempt.reservationId, writeWaybill(attempt, ending));
    await notePromptTokens(attempt);
    return undefined;
  } catch (error) {
    return describeFailure(attempt, toWaybillError(error));
  }
}

/**
 * The reservation stays held while the gateway is asked what it cost. `undefined` when the ledger cannot be written any
 * more (the window closes, say): the lease then counts the reservation as spent.
 */
export async function settleLater(attempt: Attempt, ending: AttemptEnding): Promise<Waybill | undefined> {
  const { turn, progress, reservationId } = attempt;
  const { generationId } = progress;
  const record = generationId === undefined ? undefined : await lookUpGeneration(turn.services, generationId);
  const waybill =
    record === undefined ? writeUnknownWaybill(attempt, ending) : writeReconciledWaybill(attempt, ending, record);
  return turn.ledger.settle(reservationId, waybill).then(
    () => waybill,
    () => undefined,
  );
}

/** The surface stopped reading. Failing here leaves the reservation to the lease, which counts it as spent. */
export async function settleAbandoned(attempt: Attempt): Promise<void> {
  const { turn, progress, reservationId } = attempt;
  const ending: AttemptEnding = { finish: "incomplete", endedAtMs: turn.services.now() };
  const waybill =
    progress.finishReason === undefined ? writeUnknownWaybill(attempt, ending) : writeWaybill(attempt, ending);
  await turn.ledger.settle(reservationId, waybill).catch(() => undefined);
}
