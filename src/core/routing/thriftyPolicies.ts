import type { TaskType } from "../tasks/taskType.ts";
import { type PolicySet, type RoutePolicy, policyFor } from "./routePolicy.ts";

/** A turn that is not worth much to the person. */
export interface ThriftyWish {
  readonly taskType: TaskType | undefined;
  /** Of the answer, with what the model thinks before it. */
  readonly mostTokens: number;
}

/**
 * The rules for a short answer from a cheap model. They ask for less and allow nothing more: a profile that somebody gave the task
 * itself stays, and so do free models, privacy, pins and a floor that somebody set.
 */
export function thriftyPolicies(policies: PolicySet, { taskType, mostTokens }: ThriftyWish): PolicySet {
  const policy = taskType === undefined ? policies.base : policyFor(policies, taskType);
  const own = taskType === undefined ? undefined : policies.tasks[taskType]?.profile;
  const keepsProfile = own !== undefined && own !== policies.base.profile;
  return { base: thrifty(policy, mostTokens, keepsProfile ? policy.profile : cheaper(policy.profile)), tasks: {} };
}

function thrifty(policy: RoutePolicy, mostTokens: number, profile: RoutePolicy["profile"]): RoutePolicy {
  // Where providers must know every parameter, one more would leave fewer of them.
  const thinksLittle = policy.reasoningEffort !== "none" && policy.provider.requireParameters !== true;
  return {
    ...policy,
    profile,
    maxCompletionTokens: Math.min(policy.maxCompletionTokens, mostTokens),
    climb: "never",
    ...(thinksLittle ? { reasoningEffort: "minimal" } : {}),
  };
}

function cheaper(profile: RoutePolicy["profile"]): RoutePolicy["profile"] {
  return profile === "balanced" || profile === "quality" ? "economy" : profile;
}
