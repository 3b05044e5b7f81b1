import type { CatalogModel } from "../catalog/catalogModel.ts";
import { compilePatterns } from "./modelPattern.ts";
import type { RoutePolicy } from "./routePolicy.ts";

/** Lists may come from a repository and be of any length. */
const MOST_NAMED = 3;
const LONGEST_PATTERN = 60;

/** A line for patterns that match no model of the list: perhaps a slip, perhaps a model that is gone. */
export function unmatchedPatternReasons(
  { allow = [], deny = [] }: RoutePolicy,
  models: readonly CatalogModel[],
): readonly string[] {
  const patterns = new Set([...allow.flat(), ...deny]);
  if (patterns.size === 0) return [];
  const ids = models.map(({ id }) => id.toLowerCase());
  const unmatched = [...patterns].filter((pattern) => !ids.some(compilePatterns([pattern])));
  if (unmatched.length === 0) return [];
  const named = unmatched.slice(0, MOST_NAMED).map((pattern) => pattern.slice(0, LONGEST_PATTERN));
  const more = unmatched.length - named.length;
  return [
    `No model matches ${named.join(", ")}${more === 0 ? "" : ` and ${more} more`} of the lists of models to allow or deny.`,
  ];
}
