import { formatUsd } from "../money/formatUsd.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import type { LimitStanding } from "../budget/spendLimit.ts";
import type { ExclusionRule, Loosening, RouteRefusal } from "../routing/routeDecision.ts";
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
    case "nothing-fits": {
      const loosening = why.loosening === undefined ? "" : ` ${describeLoosening(why.loosening)}`;
      return problem(
        `No model fits this request: the last ones ${describeRulePlural(why.rule)}.${loosening} ${NOTHING_SENT}`,
        why.rule === "context-too-small" ? "new-chat" : "open-settings",
      );
    }
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

function describeLoosening({ rule, setting, readmits }: Loosening): string {
  return `${loosened(setting, rule)} ${readmits} ${readmits === 1 ? "model" : "models"} would fit.`;
}

/** Rules add up, so the sentence names every place where one may stand. */
function loosened(setting: Loosening["setting"], rule: ExclusionRule): string {
  const orNarrower = "or the rules of the task, the environment or the workspace";
  switch (setting) {
    case "deny":
      return `Without the deny list (waybill.routing.deny, ${orNarrower})`;
    case "allow":
      return `Without the allow list (waybill.routing.allow, ${orNarrower})`;
    case "maxPromptPrice":
      return `Without the price ceiling for prompts (waybill.routing.maxPromptPrice, ${orNarrower})`;
    case "maxCompletionPrice":
      return `Without the price ceiling for answers (waybill.routing.maxCompletionPrice, ${orNarrower})`;
    case "prices":
      return `Without both price ceilings (waybill.routing.maxPromptPrice and waybill.routing.maxCompletionPrice, ${orNarrower})`;
    case "providers":
      return `Without the lists of providers (waybill.routing.providers, ${orNarrower})`;
    case "profile":
      return rule === "costs-money"
        ? "With a profile other than free (waybill.routing.profile)"
        : "With the profile free (waybill.routing.profile)";
  }
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
    case "no-images":
      return "does not see images";
    case "no-provider":
      return "has no provider left that your settings and this workspace both allow";
    case "denied":
      return "is ruled out by a list of models that may not be asked";
    case "not-allowed":
      return "is not on the list of models that may be asked";
    case "too-dear":
      return "is above your price ceiling";
    case "not-stronger":
      return "is no stronger than the one that answered";
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
    case "no-images":
      return "do not see images";
    case "no-provider":
      return "have no provider left that your settings and this workspace both allow";
    case "denied":
      return "are ruled out by a list of models that may not be asked";
    case "not-allowed":
      return "are not on the list of models that may be asked";
    case "too-dear":
      return "are above your price ceiling";
    case "not-stronger":
      return "are no stronger than the one that answered";
    case "costs-money":
      return "cost money, and the profile is free";
    case "free-terms":
      return "are free ones, which only the profile free uses";
    case "no-evidence":
      return "have no benchmark";
  }
}
