import type { UsdPrice } from "../catalog/modelPrices.ts";
import { compareDecimals } from "../money/decimal.ts";
import { type NanoUsd, toNanoUsd } from "../money/nanoUsd.ts";
import { type PrivacyWish, tightenDemand } from "../privacy/privacyDemand.ts";
import { TASK_TYPES } from "../tasks/taskType.ts";
import type { ProviderPreferences } from "./providerPreferences.ts";
import {
  CLIMB_MODES,
  FALLBACK_MODES,
  type PolicySet,
  type RoutePolicy,
  WHEN_SPENT_MODES,
  policyFor,
  qualityFloor,
} from "./routePolicy.ts";

/** What a workspace, or a person for it, may ask for: less, never more. */
export interface WorkspacePolicy extends PrivacyWish {
  readonly allow?: readonly string[];
  readonly deny?: readonly string[];
  readonly qualityFloor?: number;
  readonly maxPromptPrice?: UsdPrice;
  readonly maxCompletionPrice?: UsdPrice;
  readonly maxCompletionTokens?: number;
  readonly ignoreProviders?: readonly string[];
  readonly fallback?: RoutePolicy["fallback"];
  readonly providerPriceFactor?: number;
  readonly climb?: RoutePolicy["climb"];
  readonly climbBudget?: NanoUsd;
  readonly whenSpent?: RoutePolicy["whenSpent"];
}

/** The person's rules, narrowed by the workspace's for every task. Whatever the workspace says, nothing is added. */
export function tightenPolicies(policies: PolicySet, workspace: WorkspacePolicy): PolicySet {
  const tasks = TASK_TYPES.map((taskType) => [taskType, tightenPolicy(policyFor(policies, taskType), workspace)]);
  return { base: tightenPolicy(policies.base, workspace), tasks: Object.fromEntries(tasks) };
}

function tightenPolicy(policy: RoutePolicy, workspace: WorkspacePolicy): RoutePolicy {
  const maxPromptPrice = lower(policy.maxPromptPrice, workspace.maxPromptPrice);
  const maxCompletionPrice = lower(policy.maxCompletionPrice, workspace.maxCompletionPrice);
  const privacy = tightenDemand(policy.privacy, workspace);
  return {
    ...policy,
    allow: withList(policy.allow ?? [], workspace.allow),
    deny: [...new Set([...(policy.deny ?? []), ...(workspace.deny ?? [])])],
    // A floor that nobody set is the profile's, which eases it where answers are judged.
    ...(workspace.qualityFloor === undefined
      ? {}
      : { qualityFloor: Math.max(qualityFloor(policy), workspace.qualityFloor) }),
    ...(maxPromptPrice === undefined ? {} : { maxPromptPrice }),
    ...(maxCompletionPrice === undefined ? {} : { maxCompletionPrice }),
    maxCompletionTokens: Math.min(
      policy.maxCompletionTokens,
      workspace.maxCompletionTokens ?? policy.maxCompletionTokens,
    ),
    provider: tightenProviders(policy.provider, workspace),
    ...(privacy === undefined ? {} : { privacy }),
    providerPriceFactor: Math.min(
      policy.providerPriceFactor,
      workspace.providerPriceFactor ?? policy.providerPriceFactor,
    ),
    fallback: narrower(FALLBACK_MODES, policy.fallback, workspace.fallback),
    climb: narrower(CLIMB_MODES, policy.climb, workspace.climb),
    climbBudget: toNanoUsd(Math.min(policy.climbBudget, workspace.climbBudget ?? policy.climbBudget)),
    whenSpent: narrower(WHEN_SPENT_MODES, policy.whenSpent, workspace.whenSpent),
  };
}

/** The same list twice says no more than once; a workspace and its first folder often say the same. */
function withList(lists: readonly (readonly string[])[], own: readonly string[] | undefined): typeof lists {
  const word = (list: readonly string[]) => [...new Set(list)].toSorted().join("\n");
  return own === undefined || lists.some((list) => word(list) === word(own)) ? lists : [...lists, own];
}

function tightenProviders(provider: ProviderPreferences, workspace: WorkspacePolicy): ProviderPreferences {
  const { onlyProviders, ignoreProviders = [], dataCollection, zdr } = workspace;
  const ignore = [...new Set([...(provider.ignore ?? []), ...ignoreProviders])];
  return {
    ...provider,
    ...(onlyProviders === undefined
      ? {}
      : { only: provider.only?.filter((slug) => onlyProviders.includes(slug)) ?? onlyProviders }),
    ...(ignore.length === 0 ? {} : { ignore }),
    ...(dataCollection === undefined ? {} : { dataCollection }),
    ...(zdr === undefined ? {} : { zdr }),
  };
}

function lower(left: UsdPrice | undefined, right: UsdPrice | undefined): UsdPrice | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return compareDecimals(left, right) <= 0 ? left : right;
}

/** The modes stand from the widest to the narrowest. */
function narrower<Mode>(modes: readonly Mode[], own: Mode, workspace: Mode = own): Mode {
  return modes.indexOf(own) >= modes.indexOf(workspace) ? own : workspace;
}
