import { type CatalogModel, isFree } from "../catalog/catalogModel.ts";
import { type RequestNeeds, eligibleModels } from "./eligibleModels.ts";
import { type RankRequest, byExpectedCost, rankModels } from "./rankModels.ts";
import type { ModelChoice } from "./routeDecision.ts";

const MAX_FREE = 3;

/**
 * The free models that fulfil the same needs and rules, best first, where the person lets them answer when the budget is
 * spent. None where free models are in the race anyway. The rules for providers go along with every attempt, so that with
 * the profile `private` no provider that keeps or trains on prompts may serve one.
 */
export function freeWhenSpent(
  models: readonly CatalogModel[],
  needs: RequestNeeds,
  rank: RankRequest,
): readonly ModelChoice[] {
  if (needs.policy.whenSpent !== "free" || needs.freeModels !== "excluded") return [];
  const { eligible } = eligibleModels(models, { ...needs, freeModels: "allowed" });
  // Ranked among all, so that their quality is relative to the best of all.
  return rankModels(eligible, rank)
    .filter(({ model }) => isFree(model))
    .toSorted((left, right) => (right.quality ?? 0) - (left.quality ?? 0) || byExpectedCost(left, right))
    .slice(0, MAX_FREE);
}
