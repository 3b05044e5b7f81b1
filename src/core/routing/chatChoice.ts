import { TASK_TYPES } from "../tasks/taskType.ts";
import { type PolicySet, type RoutePolicy, type RoutingProfile, policyFor } from "./routePolicy.ts";

/** What one chat asks instead of what the settings say: one model, or another profile. */
export type ChatChoice =
  | { readonly kind: "model"; readonly modelId: string; readonly name: string }
  | { readonly kind: "profile"; readonly profile: RoutingProfile };

/**
 * The rules with the choice of a chat. It loosens nothing: what the settings exclude stays excluded, a floor that somebody set
 * holds, and what is private stays private. A model that was chosen goes before pins of tasks, a profile does not.
 */
export function withChatChoice(policies: PolicySet, choice: ChatChoice | undefined): PolicySet {
  if (choice === undefined) return policies;
  const tasks = TASK_TYPES.map((taskType) => [taskType, chosen(policyFor(policies, taskType), choice)]);
  return { base: chosen(policies.base, choice), tasks: Object.fromEntries(tasks) };
}

function chosen(policy: RoutePolicy, choice: ChatChoice): RoutePolicy {
  if (choice.kind === "model") return { ...policy, pin: choice.modelId };
  return policy.profile === "private" ? policy : { ...policy, profile: choice.profile };
}
