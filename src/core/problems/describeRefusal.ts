import { describeAmount, describeLimit, describeScope } from "../budget/describeLimit.ts";
import { type LimitStanding, type SpendDemand, remainingOf } from "../budget/spendLimit.ts";
import { formatUsd } from "../money/formatUsd.ts";
import { ZERO_USD, toNanoUsd } from "../money/nanoUsd.ts";
import { describeDemand, describePrivacyObstacle } from "../privacy/privacyObstacle.ts";
import type { PrivacyDemand } from "../privacy/privacyDemand.ts";
import { describeRule, describeRulePlural } from "../routing/describeRule.ts";
import type { ExclusionRule, Loosening, RouteRefusal } from "../routing/routeDecision.ts";
import { type Problem, type ProblemActionId, problem } from "./problem.ts";

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
    case "privacy":
      return problem(
        `${describePrivacyObstacle(why.obstacle, why.demand, gatewayHost)}. ${NOTHING_SENT}`,
        "set-privacy",
      );
    case "pin-unusable":
      return problem(
        `The model ${why.pin} that you pinned ${describeRule(why.rule)}${describeBehind(why)}. ${NOTHING_SENT}`,
        why.privacy === undefined ? "open-settings" : "set-privacy",
      );
    case "nothing-fits": {
      const loosening = why.loosening === undefined ? "" : ` ${describeLoosening(why.loosening)}`;
      return problem(
        `No model fits this request: the last ones ${describeRulePlural(why.rule)}${describeBehind(why)}.${loosening} ${NOTHING_SENT}`,
        why.rule === "context-too-small" ? "new-chat" : why.privacy === undefined ? "open-settings" : "set-privacy",
      );
    }
  }
}

function describeBehind({ privacy }: { readonly privacy?: PrivacyDemand }): string {
  return privacy === undefined ? "" : `, and the privacy of this workspace is ${describeDemand(privacy)}`;
}

export interface BudgetRefusal {
  readonly blocking: LimitStanding;
  /** Of the cheapest model that was tried. */
  readonly demand: SpendDemand;
  /** When the limit starts afresh, for the person; absent where it does not. */
  readonly resetsAt: string | undefined;
  /** What the person may do besides changing the limit; none where the limit is to hold without asking. */
  readonly choices: readonly ProblemActionId[];
  readonly gatewayHost: string;
}

/** Why a limit does not allow a request. */
export function describeBudgetRefusal(refusal: BudgetRefusal): Problem {
  const { blocking, resetsAt, choices } = refusal;
  const afresh = resetsAt === undefined ? "" : ` The budget starts afresh at ${resetsAt}.`;
  const change = blocking.scope === "gateway" ? "show-key-limits" : "set-budget";
  const [first = change, ...others] = [...choices, change] satisfies readonly ProblemActionId[];
  return problem(`${describePassing(refusal)} ${NOTHING_SENT}${afresh}`, first, ...others);
}

function describePassing({ blocking, demand: { amount, tokens }, gatewayHost }: BudgetRefusal): string {
  if (blocking.measure === "requests") {
    return `All windows together started ${describeAmount(blocking, blocking.spent)} in the last minute, and your limit is ${describeLimit(blocking)}.`;
  }
  const held = blocking.reserved === 0 ? "" : ` and ${describeAmount(blocking, blocking.reserved)} reserved`;
  if (blocking.measure === "tokens") {
    return (
      `Your limit of ${describeLimit(blocking)} has ${describeAmount(blocking, blocking.spent)} used${held}, and this request ` +
      `could take up to ${describeAmount(blocking, tokens)}.`
    );
  }
  if (blocking.scope === "request") {
    return `This request could cost up to ${formatUsd(amount)}, and your limit for one request is ${describeLimit(blocking)}.`;
  }
  if (blocking.scope === "gateway") {
    const left = formatUsd(toNanoUsd(remainingOf({ ...blocking, reserved: ZERO_USD })));
    return `Your key's limit of ${describeLimit(blocking)} at ${gatewayHost} has ${left} left${held}, and this request could cost up to ${formatUsd(amount)}.`;
  }
  const elsewhere =
    blocking.elsewhere === undefined ? "" : ` (${formatUsd(blocking.elsewhere)} of it elsewhere, says ${gatewayHost})`;
  return (
    `${describeOwner(blocking.scope)} budget of ${describeLimit(blocking)} has ${formatUsd(blocking.spent)} spent${elsewhere}${held}, and this ` +
    `request could cost up to ${formatUsd(amount)}.`
  );
}

function describeOwner(scope: "chat" | "workspace" | "user" | "key"): string {
  return scope === "user" ? "Your" : `${describeScope(scope)}'s`;
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
