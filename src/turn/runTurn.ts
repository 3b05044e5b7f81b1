import { type WaybillError, toWaybillError } from "../core/errors/waybillError.ts";
import { describeError } from "../core/problems/describeError.ts";
import { describeRouteRefusal } from "../core/problems/describeRefusal.ts";
import { routeTurn } from "./routeTurn.ts";
import { runAttempts } from "./runAttempts.ts";
import { ledgerFor } from "./unrecordedLedger.ts";
import type { TurnEvent } from "./turnEvent.ts";
import type { TurnRequest, TurnServices } from "./turnRequest.ts";

/**
 * The one way to a model: classify, route, reserve, send, stream, settle, and again where an attempt failed and another
 * may help. Never rejects; whatever goes wrong is the last event. The surface must read to the end: after a stop the cost
 * is looked up, which takes some seconds.
 */
export async function* runTurn(
  services: TurnServices,
  request: TurnRequest,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent> {
  const startedAtMs = services.now();
  try {
    const { decision, ...routed } = await routeTurn(services, request, signal);
    if (decision.kind === "refuse") {
      yield { type: "turn-refused", problem: describeRouteRefusal(decision.why, services.gateway.host) };
      return;
    }
    yield { type: "route-chosen", decision };
    const ledger = await ledgerFor(services.ledger, decision.choice);
    yield* runAttempts({ services, ledger, request, decision, ...routed, startedAtMs, signal });
  } catch (error) {
    yield failBeforeSending(services, toWaybillError(error));
  }
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
