import { describeChoice, type ChoiceFigures } from "./describeChoice.ts";
import { describeRulePlural } from "./describeRule.ts";
import { EXCLUSION_RULES, type ModelChoice, type RouteDecision, type RouteExplanation } from "./routeDecision.ts";

/** A model of a route, ready to show. */
export interface PresentedChoice {
  readonly modelId: string;
  readonly name: string;
  /** For instance `about $0.0012, at most $0.0049`. */
  readonly cost: string;
  /** For instance `quality 92%, accepted about 83% of the time`. */
  readonly evidence: string;
}

/** What would be picked, and why, ready to show. */
export interface PresentedRoute {
  /** One line a step. */
  readonly reasons: readonly string[];
  /** The first choice, then those to climb to. */
  readonly ladder: readonly PresentedChoice[];
  /** Who would stand in when a service fails. */
  readonly standIns: readonly PresentedChoice[];
  /** All others that could take the request, cheapest first. */
  readonly others: readonly PresentedChoice[];
  /** Rule and count, the commonest first. */
  readonly excluded: readonly { readonly rule: string; readonly count: number }[];
}

export function presentRoute(decision: RouteDecision): PresentedRoute {
  const { reasons, candidates } = decision.explanation;
  const ladder = decision.kind === "route" ? [decision.choice, ...decision.stronger] : [];
  const standIns = decision.kind === "route" ? decision.standIns : [];
  const others = candidates.filter((choice) => !ladder.includes(choice));
  return {
    reasons,
    ladder: ladder.map(presentChoice),
    standIns: standIns.map(presentChoice),
    others: others.map(presentChoice),
    excluded: presentExcluded(decision.explanation.excluded),
  };
}

/** What is shown of a choice; all of it can be kept. */
export interface ShownChoice extends ChoiceFigures {
  readonly model: Pick<ModelChoice["model"], "id" | "name">;
}

export function presentChoice(choice: ShownChoice): PresentedChoice {
  const { model } = choice;
  return { modelId: model.id, name: model.name, ...describeChoice(choice) };
}

export function presentExcluded(excluded: RouteExplanation["excluded"]): PresentedRoute["excluded"] {
  return EXCLUSION_RULES.map((rule) => ({ rule: describeRulePlural(rule), count: excluded[rule] ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((left, right) => right.count - left.count || (left.rule < right.rule ? -1 : 1));
}
