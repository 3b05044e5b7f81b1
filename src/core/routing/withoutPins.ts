import type { PolicySet, RoutePolicy } from "./routePolicy.ts";

/** The rules for showing every model that may be asked, also where one is pinned. What is excluded stays excluded. */
export function withoutPins({ base, tasks }: PolicySet): PolicySet {
  const own = Object.entries(tasks).map(([taskType, policy]) => [taskType, withoutPin(policy)]);
  return { base: withoutPin(base), tasks: Object.fromEntries(own) };
}

function withoutPin<Policy extends Partial<RoutePolicy>>(policy: Policy): Omit<Policy, "pin"> {
  const { pin: _pin, ...rest } = policy;
  return rest;
}
