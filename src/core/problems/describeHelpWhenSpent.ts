import type { RouteDecision } from "../routing/routeDecision.ts";
import type { RoutePolicy } from "../routing/routePolicy.ts";

/** What helps, besides waiting, when the budget left pays for no model that was chosen. */
export function describeHelpWhenSpent(
  { explanation }: Pick<RouteDecision, "explanation">,
  { pin, whenSpent }: Pick<RoutePolicy, "pin" | "whenSpent">,
): string {
  const raise = "Until then a higher budget helps";
  if (pin !== undefined) return `${raise}; a pinned model is never replaced by another.`;
  if (whenSpent === "free") return `${raise}; no free model fits this request.`;
  const free = explanation.excluded["free-terms"] ?? 0;
  if (free === 0) return `${raise}.`;
  const models = free === 1 ? "the free model that fits" : `the ${free} free models that fit`;
  return `${raise}, or let ${models} this request answer (waybill.routing.whenSpent).`;
}
