import { passedTogether } from "../../../../core/budget/holdTogether.ts";
import type { SpendDemand } from "../../../../core/budget/spendLimit.ts";
import { describeRouteRefusal } from "../../../../core/problems/describeRefusal.ts";
import { describePassedTogether } from "../../../../core/problems/describeTogether.ts";
import type { Problem } from "../../../../core/problems/problem.ts";
import type { ModelChoice } from "../../../../core/routing/routeDecision.ts";
import type { RoutedRequest } from "../../../../turn/routeTurn.ts";

export type PricedComparison =
  | { readonly kind: "priced"; readonly choices: readonly ModelChoice[] }
  /** Not all of it can be sent, so none is. */
  | { readonly kind: "impossible"; readonly problem: Problem };

/** What asking several models costs at worst, each with the request as it would be sent, held against the budgets together. */
export function priceComparison(routes: readonly RoutedRequest[], gatewayHost: string): PricedComparison {
  const choices: ModelChoice[] = [];
  const demands: SpendDemand[] = [];
  for (const { decision, promptTokensOf } of routes) {
    if (decision.kind === "refuse")
      return { kind: "impossible", problem: describeRouteRefusal(decision.why, gatewayHost) };
    const { choice } = decision;
    choices.push(choice);
    demands.push({
      amount: choice.worstCase,
      tokens: promptTokensOf(choice.model).atMost + choice.maxCompletionTokens,
    });
  }
  const passed = passedTogether(routes[0]?.standings ?? [], demands);
  if (passed === undefined) return { kind: "priced", choices };
  return { kind: "impossible", problem: describePassedTogether(passed) };
}
