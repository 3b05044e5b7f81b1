import type { RoutePolicy } from "./routePolicy.ts";

const OFFSET_BASIS = 0x811c_9dc5;
const PRIME = 0x0100_0193;

/**
 * Equal rules have equal numbers, whatever the order of their names, on any machine and in any version; 32 bits, never
 * negative. Rules that are absent do not count, so a rule that is added later changes nothing where it is not used.
 */
export function policyHash(policy: RoutePolicy): number {
  let hash = OFFSET_BASIS;
  for (const unit of canonical(policy)) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), PRIME);
  return hash >>> 0;
}

/** JSON with sorted names. Order counts in lists. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (typeof part === "bigint") return String(part);
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  });
}
