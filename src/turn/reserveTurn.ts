import type { LimitStanding } from "../core/budget/spendLimit.ts";
import type { NanoUsd } from "../core/money/nanoUsd.ts";
import type { ModelChoice, RouteDecision } from "../core/routing/routeDecision.ts";
import type { Ledger } from "../store/ledger.ts";
import type { TurnRequest, TurnServices } from "./turnRequest.ts";

export type TurnReservation =
  | {
      readonly kind: "reserved";
      readonly reservationId: string;
      readonly choice: ModelChoice;
      readonly standings: readonly LimitStanding[];
      /** Why another model than the routed one was reserved; `undefined` for the routed one. */
      readonly reason: string | undefined;
    }
  | { readonly kind: "refused"; readonly blocking: LimitStanding; readonly worstCase: NanoUsd };

/** Holds the worst case of the routed model, or of the next cheaper one that the budgets still allow. */
export async function reserveTurn(
  services: TurnServices,
  ledger: Ledger,
  turn: { request: TurnRequest; decision: Extract<RouteDecision, { kind: "route" }> },
): Promise<TurnReservation> {
  const { choice: routed, cheaper, task } = turn.decision;
  let refusal: Extract<TurnReservation, { kind: "refused" }> | undefined;
  for (const choice of [routed, ...cheaper]) {
    const reservationId = services.newId();
    const outcome = await ledger.reserve({
      reservationId,
      turnId: turn.request.turnId,
      workspace: turn.request.workspace,
      surface: turn.request.surface,
      taskType: task.taskType,
      gatewayOrigin: services.gateway.origin,
      askedModel: choice.model.id,
      amount: choice.worstCase,
      limits: turn.request.limits,
      nowMs: services.now(),
    });
    if (outcome.kind === "reserved") {
      const reason =
        choice === routed
          ? undefined
          : `The budget left is too small for ${routed.model.name}, so ${choice.model.name} was taken.`;
      return { kind: "reserved", reservationId, choice, standings: outcome.standings, reason };
    }
    refusal = { kind: "refused", blocking: outcome.blocking, worstCase: choice.worstCase };
  }
  if (refusal === undefined) throw new RangeError("A route has at least one choice");
  return refusal;
}
