import type { Catalog } from "../core/catalog/catalogModel.ts";
import type { RouteDecision } from "../core/routing/routeDecision.ts";
import type { Ledger } from "../store/ledger.ts";
import type { TurnRequest, TurnServices } from "./turnRequest.ts";

/** A turn that has its route: what all its attempts have in common. */
export interface RoutedTurn {
  readonly services: TurnServices;
  readonly ledger: Ledger;
  readonly request: TurnRequest;
  readonly decision: Extract<RouteDecision, { kind: "route" }>;
  readonly catalog: Catalog;
  /** Upper bound. */
  readonly promptTokens: number;
  readonly startedAtMs: number;
  readonly signal: AbortSignal;
}
