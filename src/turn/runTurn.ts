import { endOfBudgetDay } from "../core/budget/budgetPeriod.ts";
import { promptTokensUpperBound } from "../core/budget/worstCase.ts";
import { type WaybillError, toWaybillError } from "../core/errors/waybillError.ts";
import { describeError } from "../core/problems/describeError.ts";
import { describeBudgetRefusal, describeRouteRefusal } from "../core/problems/describeRefusal.ts";
import { chooseRoute } from "../core/routing/chooseRoute.ts";
import { type TaskClassification, classifyTask } from "../core/tasks/classifyTask.ts";
import { reserveTurn } from "./reserveTurn.ts";
import { runAttempt } from "./runAttempt.ts";
import type { TurnEvent } from "./turnEvent.ts";
import type { TurnRequest, TurnServices } from "./turnRequest.ts";
import type { AttemptPapers } from "./writeWaybill.ts";

/**
 * The one way to a model: classify, route, reserve, send, stream, settle. Never rejects; whatever goes wrong is the
 * last event. The surface must read to the end: after a stop the cost is looked up, which takes some seconds.
 */
export async function* runTurn(
  services: TurnServices,
  request: TurnRequest,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent> {
  const startedAtMs = services.now();
  try {
    const catalog = await services.catalog(signal);
    const decision = chooseRoute(
      {
        task: classify(request),
        promptTokens: promptTokensUpperBound(request.messages.map(({ content }) => content)),
        nowMs: startedAtMs,
      },
      catalog,
      request.policy,
    );
    if (decision.kind === "refuse") {
      yield { type: "turn-refused", problem: describeRouteRefusal(decision.why, services.gateway.host) };
      return;
    }
    yield { type: "route-chosen", decision };
    const ledger = await services.ledger();
    const reservation = await reserveTurn(services, ledger, { request, decision });
    if (reservation.kind === "refused") {
      const resetsAt = services.formatTime(endOfBudgetDay(services.now()));
      yield {
        type: "turn-refused",
        problem: describeBudgetRefusal(reservation.blocking, reservation.worstCase, resetsAt),
      };
      return;
    }
    const { choice, standings, reservationId, reason } = reservation;
    const papers: AttemptPapers = {
      request,
      reservationId,
      taskType: decision.task.taskType,
      choice,
      reasons: reason === undefined ? decision.explanation.reasons : [...decision.explanation.reasons, reason],
      catalog,
      gatewayOrigin: services.gateway.origin,
      startedAtMs,
    };
    yield* runAttempt(
      { services, ledger, papers, signal },
      { type: "reserved", choice, amount: choice.worstCase, standings },
    );
  } catch (error) {
    yield failBeforeSending(services, toWaybillError(error));
  }
}

function classify(request: TurnRequest): TaskClassification {
  if (request.taskType === undefined) return classifyTask(request.signals);
  return { taskType: request.taskType, confidence: 1, because: "by the command you used" };
}

function failBeforeSending({ gateway, formatTime }: TurnServices, error: WaybillError): TurnEvent {
  const problem = describeError(error, {
    gatewayHost: gateway.host,
    modelName: undefined,
    wasSent: false,
    hasText: false,
    formatTime,
  });
  return { type: "turn-failed", problem, waybill: undefined };
}
