import type { CatalogModel } from "../catalog/catalogModel.ts";
import { type RequestNeeds, eligibleModels } from "./eligibleModels.ts";
import type { Loosening } from "./routeDecision.ts";
import type { RoutePolicy } from "./routePolicy.ts";

interface Step extends Pick<Loosening, "rule" | "setting"> {
  readonly loosen: (needs: RequestNeeds) => RequestNeeds;
}

/**
 * One rule each, the mildest steps first: a list or a ceiling; both ceilings, for where every model is above both; the
 * profile, which changes what answers cost and on whose terms they come.
 */
const STEPS: readonly (readonly Step[])[] = [
  [
    without("denied", "deny", (policy) => ({ ...policy, deny: [] })),
    without("not-allowed", "allow", (policy) => ({ ...policy, allow: [] })),
    without("too-dear", "maxPromptPrice", withoutPromptCeiling),
    without("too-dear", "maxCompletionPrice", withoutCompletionCeiling),
    without("no-provider", "providers", withoutProviderLists),
  ],
  [without("too-dear", "prices", (policy) => withoutPromptCeiling(withoutCompletionCeiling(policy)))],
  [
    { rule: "costs-money", setting: "profile", loosen: (needs) => allowAllWhere("only", needs) },
    { rule: "free-terms", setting: "profile", loosen: (needs) => allowAllWhere("excluded", needs) },
  ],
];

/**
 * When no model fits: the one rule without which models would, while all others stay in force; of equally mild ones that
 * which keeps most out. `undefined` when no rule alone stands in the way.
 */
export function suggestLoosening(models: readonly CatalogModel[], needs: RequestNeeds): Loosening | undefined {
  for (const steps of STEPS) {
    const [best] = steps
      .map(({ rule, setting, loosen }) => ({ rule, setting, readmits: countEligible(models, loosen(needs)) }))
      .filter(({ readmits }) => readmits > 0)
      .toSorted((left, right) => right.readmits - left.readmits);
    if (best !== undefined) return best;
  }
  return undefined;
}

function without(
  rule: Step["rule"],
  setting: Step["setting"],
  loosenPolicy: (policy: RoutePolicy) => RoutePolicy,
): Step {
  return { rule, setting, loosen: (needs) => ({ ...needs, policy: loosenPolicy(needs.policy) }) };
}

function withoutPromptCeiling(policy: RoutePolicy): RoutePolicy {
  const { maxPromptPrice: _, ...others } = policy;
  return others;
}

function withoutCompletionCeiling(policy: RoutePolicy): RoutePolicy {
  const { maxCompletionPrice: _, ...others } = policy;
  return others;
}

function withoutProviderLists({ provider, ...policy }: RoutePolicy): RoutePolicy {
  const { only: _, ignore: __, ...others } = provider;
  return { ...policy, provider: others };
}

function allowAllWhere(freeModels: RequestNeeds["freeModels"], needs: RequestNeeds): RequestNeeds {
  return needs.freeModels === freeModels ? { ...needs, freeModels: "allowed" } : needs;
}

function countEligible(models: readonly CatalogModel[], needs: RequestNeeds): number {
  return eligibleModels(models, needs).eligible.length;
}
