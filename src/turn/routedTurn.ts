import type { RouteDecision } from "../core/routing/routeDecision.ts";
import type { RoutedRequest } from "./routeTurn.ts";
import type { TurnLedger } from "./unrecordedLedger.ts";
import type { TurnRequest, TurnServices } from "./turnRequest.ts";

/** A turn that has its route: what all its attempts have in common. */
export interface RoutedTurn extends Omit<RoutedRequest, "decision"> {
  readonly services: TurnServices;
  readonly ledger: TurnLedger;
  readonly request: TurnRequest;
  readonly decision: Extract<RouteDecision, { kind: "route" }>;
  readonly startedAtMs: number;
  readonly signal: AbortSignal;
}
