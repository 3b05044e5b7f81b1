import type { PolicySet } from "./routePolicy.ts";

/** Every model the person has pinned, for all tasks or for one. */
export function pinnedModels({ base, tasks }: PolicySet): readonly string[] {
  const pins = [base, ...Object.values(tasks)].flatMap(({ pin }) => (pin === undefined ? [] : [pin]));
  return [...new Set(pins)];
}
