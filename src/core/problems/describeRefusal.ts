import { formatUsd } from "../money/formatUsd.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import type { LimitStanding } from "../budget/spendLimit.ts";
import type { ExclusionRule, RouteRefusal } from "../routing/routeDecision.ts";
import { type Problem, problem } from "./problem.ts";

const NOTHING_SENT = "Nothing was sent or charged, and your text is kept.";

/** Why no model could be chosen. */
export function describeRouteRefusal(why: RouteRefusal, gatewayHost: string): Problem {
  switch (why.code) {
    case "catalog-empty":
      return problem(
        `${gatewayHost} offers no models, so there is nothing to choose from. ${NOTHING_SENT}`,
        "test-connection",
      );
    case "pin-unknown": {
      const nearest = why.nearest.length === 0 ? "" : ` The nearest names are ${why.nearest.join(", ")}.`;
      return problem(
        `${gatewayHost} does not know the model ${why.pin} that you pinned.${nearest} ${NOTHING_SENT}`,
        "open-settings",
      );
    }
    case "pin-unusable":
      return problem(
        `The model ${why.pin} that you pinned ${describeRule(why.rule)}. ${NOTHING_SENT}`,
        "open-settings",
      );
    case "nothing-fits":
      return problem(
        `No model fits this request: the last ones ${describeRulePlural(why.rule)}. ${NOTHING_SENT}`,
        why.rule === "context-too-small" ? "new-chat" : "open-settings",
      );
  }
}

/** Why the budget does not allow a request. `worstCase` is of the cheapest model that was tried. */
export function describeBudgetRefusal(blocking: LimitStanding, worstCase: NanoUsd, resetsAt: string): Problem {
  const whose = blocking.scope === "workspace" ? "This workspace's" : "Your";
  const held = blocking.reserved === 0 ? "" : ` and ${formatUsd(blocking.reserved)} reserved`;
  return problem(
    `${whose} budget of ${formatUsd(blocking.limit)} a day has ${formatUsd(blocking.spent)} spent${held}, and this request could cost up to ` +
      `${formatUsd(worstCase)}. ${NOTHING_SENT} The budget starts afresh at ${resetsAt}.`,
    blocking.scope === "workspace" ? "set-budget" : "open-settings",
  );
}

function describeRule(rule: ExclusionRule): string {
  switch (rule) {
    case "not-text":
      return "does not answer in text";
    case "router":
      return "is a router, whose price is not known beforehand";
    case "batch-only":
      return "only works for batches";
    case "expired":
      return "is no longer served";
    case "context-too-small":
      return "has too small a context window for this request";
    case "costs-money":
      return "costs money, and the profile is free";
    case "free-terms":
      return "is free of charge, with terms of its own";
    case "no-evidence":
      return "has no benchmark";
  }
}

function describeRulePlural(rule: ExclusionRule): string {
  switch (rule) {
    case "not-text":
      return "do not answer in text";
    case "router":
      return "are routers";
    case "batch-only":
      return "only work for batches";
    case "expired":
      return "are no longer served";
    case "context-too-small":
      return "have too small a context window";
    case "costs-money":
      return "cost money, and the profile is free";
    case "free-terms":
      return "are free ones, which only the profile free uses";
    case "no-evidence":
      return "have no benchmark";
  }
}
