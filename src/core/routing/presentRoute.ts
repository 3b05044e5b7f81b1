import { formatUsd } from "../money/formatUsd.ts";
import type { ExclusionRule, ModelChoice, RouteDecision } from "./routeDecision.ts";

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

function presentChoice({ model, expectedCost, worstCase, quality, odds }: ModelChoice): PresentedChoice {
  return {
    modelId: model.id,
    name: model.name,
    cost: `about ${formatUsd(expectedCost)}, at most ${formatUsd(worstCase)}`,
    evidence:
      quality === undefined || odds === undefined
        ? "no benchmark"
        : `quality ${percent(quality)}, accepted about ${percent(odds)} of the time`,
  };
}

function presentExcluded(excluded: Partial<Readonly<Record<ExclusionRule, number>>>): PresentedRoute["excluded"] {
  return Object.entries(excluded)
    .map(([rule, count]) => ({ rule: RULE_NAMES.get(rule) ?? rule, count }))
    .toSorted((left, right) => right.count - left.count || (left.rule < right.rule ? -1 : 1));
}

/** In words that follow a count of models. */
const RULE_NAMES: ReadonlyMap<string, string> = new Map<ExclusionRule, string>([
  ["not-text", "do not answer in text"],
  ["router", "are routers, whose price is not known beforehand"],
  ["batch-only", "only work for batches"],
  ["expired", "are no longer served"],
  ["context-too-small", "have too small a context window"],
  ["no-images", "do not see images"],
  ["no-provider", "have no provider that you and this workspace both allow"],
  ["denied", "are on a list of models that may not be asked"],
  ["not-allowed", "are not on the list of models that may be asked"],
  ["too-dear", "are above your price ceiling"],
  ["not-stronger", "are no stronger than the one that answered"],
  ["costs-money", "cost money, and the profile is free"],
  ["free-terms", "are free ones, which only the profile free uses"],
  ["no-evidence", "have no benchmark"],
]);

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
