import { formatUsd } from "../../../core/money/formatUsd.ts";
import type { RouteDecision } from "../../../core/routing/routeDecision.ts";
import type { StrongerView } from "../../../protocol/chatMessages.ts";

/** The next rung of the ladder as a button with its price; `undefined` on the last one. */
export function strongerView({
  choice,
  stronger,
}: Extract<RouteDecision, { kind: "route" }>): StrongerView | undefined {
  const [next] = stronger;
  if (next === undefined) return undefined;
  return {
    than: choice.model.id,
    next: next.model.id,
    label: `Try Stronger (about ${formatUsd(next.expectedCost)})`,
    title: `Ask ${next.model.name} the same, afresh`,
  };
}
