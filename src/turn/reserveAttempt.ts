import type { LimitStanding } from "../core/budget/spendLimit.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { ModelChoice } from "../core/routing/routeDecision.ts";
import type { RoutedTurn } from "./routedTurn.ts";

export type TurnReservation =
  | {
      readonly kind: "reserved";
      readonly reservationId: string;
      readonly choice: ModelChoice;
      readonly standings: readonly LimitStanding[];
    }
  | { readonly kind: "refused"; readonly blocking: LimitStanding; readonly worstCase: NanoUsd };

/** Holds the worst case of the first of these models that the budgets allow. */
export async function reserveAttempt(
  { services, ledger, request, decision }: RoutedTurn,
  choices: readonly ModelChoice[],
): Promise<TurnReservation> {
  let refusal: Extract<TurnReservation, { kind: "refused" }> | undefined;
  for (const choice of choices) {
    const reservationId = services.newId();
    const outcome = await ledger.reserve({
      reservationId,
      turnId: request.turnId,
      workspace: request.workspace,
      surface: request.surface,
      taskType: decision.task.taskType,
      gatewayOrigin: services.gateway.origin,
      askedModel: choice.model.id,
      amount: choice.worstCase,
      limits: request.limits,
      nowMs: services.now(),
    });
    if (outcome.kind === "reserved") return { kind: "reserved", reservationId, choice, standings: outcome.standings };
    refusal = { kind: "refused", blocking: outcome.blocking, worstCase: choice.worstCase };
  }
  if (refusal === undefined) throw new RangeError("A reservation needs at least one choice");
  return refusal;
}
