import { formatUsd } from "../money/formatUsd.ts";
import type { NanoUsd } from "../money/nanoUsd.ts";
import type { LimitStanding } from "../budget/spendLimit.ts";
import { describeRule, describeRulePlural } from "../routing/describeRule.ts";
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
