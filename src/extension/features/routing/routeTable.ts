import { describeRouteRefusal } from "../../../core/problems/describeRefusal.ts";
import { presentRoute } from "../../../core/routing/presentRoute.ts";
import type { RouteDecision } from "../../../core/routing/routeDecision.ts";
import { describeTaskChoice } from "../../../protocol/describeTaskChoice.ts";
import type { RouteTable, RoutingRow } from "../../../protocol/routingMessages.ts";

/** More rows than anybody reads. */
const MAX_OTHERS = 40;

/** A decision as the view shows it whole. */
export function routeTable(decision: RouteDecision, title: string, gatewayHost: string): RouteTable {
  const route = presentRoute(decision);
  const standIns = route.standIns.map(({ modelId }) => modelId);
  const others = route.others.filter(({ modelId }) => !standIns.includes(modelId));
  return {
    ...route,
    title,
    task: describeTaskChoice(decision.task.taskType, decision.task.confidence),
    others: others.slice(0, MAX_OTHERS),
    leftOut: Math.max(0, others.length - MAX_OTHERS),
    ...sentenceOf(decision, gatewayHost),
  };
}

/** The same as one row among others. */
export function rowRoute(decision: RouteDecision, gatewayHost: string): Pick<RoutingRow, "route" | "sentence"> {
  if (decision.kind === "refuse") return sentenceOf(decision, gatewayHost);
  const { ladder, standIns, others } = presentRoute(decision);
  return { route: { ladder, standIns, others: others.length } };
}

function sentenceOf(decision: RouteDecision, gatewayHost: string): { sentence?: string } {
  return decision.kind === "route" ? {} : { sentence: describeRouteRefusal(decision.why, gatewayHost).sentence };
}
