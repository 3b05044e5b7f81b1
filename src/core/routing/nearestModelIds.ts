import type { CatalogModel } from "../catalog/catalogModel.ts";

const MAX_SUGGESTIONS = 3;

/** Ids that share the most letter pairs with a mistyped one, best first (Dice's coefficient). */
export function nearestModelIds(wanted: string, models: readonly CatalogModel[]): readonly string[] {
  const wantedPairs = letterPairs(wanted);
  return models
    .map(({ id }) => ({ id, likeness: likeness(wantedPairs, letterPairs(id)) }))
    .filter((candidate) => candidate.likeness > 0.3)
    .toSorted((left, right) => right.likeness - left.likeness)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ id }) => id);
}

/** Dice's coefficient of two sets of letter pairs, 0 to 1. */
export function likeness(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of left) if (right.has(pair)) shared += 1;
  return (2 * shared) / Math.max(1, left.size + right.size);
}

export function letterPairs(text: string): ReadonlySet<string> {
  const letters = text.toLowerCase();
  const pairs = new Set<string>();
  for (let index = 0; index + 1 < letters.length; index += 1) pairs.add(letters.slice(index, index + 2));
  return pairs;
}
