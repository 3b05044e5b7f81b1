import type { CatalogModel } from "../catalog/catalogModel.ts";
import { compileWildcard } from "../text/wildcard.ts";
import { authorOfPattern, authorPart } from "./modelPattern.ts";
import type { RoutePolicy } from "./routePolicy.ts";

/** Lists may come from a repository and be of any length. */
const MOST_NAMED = 3;
const LONGEST_PATTERN = 60;

/** A line for patterns that match no model of the list: perhaps a slip, perhaps a model that is gone. */
export function unmatchedPatternReasons(
  { allow = [], deny = [] }: Pick<RoutePolicy, "allow" | "deny">,
  models: readonly CatalogModel[],
): readonly string[] {
  const patterns = new Set([...allow.flat(), ...deny]);
  if (patterns.size === 0) return [];
  const ids = models.map(({ id }) => id.toLowerCase());
  const byAuthor = Map.groupBy(ids, authorPart);
  const unmatched = [...patterns].filter((pattern) => {
    const author = authorOfPattern(pattern.toLowerCase());
    return !(author === "" ? ids : (byAuthor.get(author) ?? [])).some(compileWildcard(pattern));
  });
  if (unmatched.length === 0) return [];
  const named = unmatched.slice(0, MOST_NAMED).map((pattern) => pattern.slice(0, LONGEST_PATTERN));
  const more = unmatched.length - named.length;
  return [
    `No model matches ${named.join(", ")}${more === 0 ? "" : ` and ${more} more`} of the lists of models to allow or deny.`,
  ];
}
