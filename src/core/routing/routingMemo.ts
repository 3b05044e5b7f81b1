import type { CatalogModel } from "../catalog/catalogModel.ts";
import { type ModelMatcher, compilePatterns } from "./modelPattern.ts";
import type { ExclusionRule } from "./routeDecision.ts";
import type { RoutePolicy } from "./routePolicy.ts";
import { unmatchedPatternReasons } from "./unmatchedPatterns.ts";

/** What lists of patterns say of a list of models; always the same for the same two. */
export interface PatternFacts {
  ruleFor(model: CatalogModel): Extract<ExclusionRule, "denied" | "not-allowed"> | undefined;
  /** A line for patterns that match nothing. */
  unmatched(): readonly string[];
}

type Lists = Pick<RoutePolicy, "allow" | "deny">;

/** As many sets of lists: tasks may have their own. */
const MOST_LISTS = 8;

/**
 * What does not change between requests with the same model list and the same lists of patterns, so that it is found out once.
 * Keep one; decisions are the same with a new one. A model list that is gone is forgotten.
 */
export class RoutingMemo {
  /** By the list of models, then by what the lists of patterns say: settings are read anew with every request. */
  readonly #facts = new WeakMap<readonly CatalogModel[], Map<string, PatternFacts>>();

  patternFacts(models: readonly CatalogModel[], lists: Lists): PatternFacts {
    const byLists = this.#facts.get(models) ?? new Map<string, PatternFacts>();
    this.#facts.set(models, byLists);
    const key = JSON.stringify([lists.allow, lists.deny]);
    const known = byLists.get(key);
    if (known !== undefined) return known;
    if (byLists.size === MOST_LISTS) byLists.clear();
    const facts = findPatternFacts(models, lists);
    byLists.set(key, facts);
    return facts;
  }
}

/** Found out as far as it is asked for. */
export function findPatternFacts(models: readonly CatalogModel[], lists: Lists): PatternFacts {
  const isDenied = compilePatterns(lists.deny ?? []);
  const areAllowed = (lists.allow ?? []).map(compilePatterns);
  const rules = new Map<string, ReturnType<PatternFacts["ruleFor"]>>();
  let unmatched: readonly string[] | undefined;
  return {
    ruleFor: ({ id }) => {
      if (!rules.has(id)) rules.set(id, patternRule(id.toLowerCase(), isDenied, areAllowed));
      return rules.get(id);
    },
    unmatched: () => (unmatched ??= unmatchedPatternReasons(lists, models)),
  };
}

function patternRule(
  id: string,
  isDenied: ModelMatcher,
  areAllowed: readonly ModelMatcher[],
): ReturnType<PatternFacts["ruleFor"]> {
  if (isDenied(id)) return "denied";
  return areAllowed.every((isAllowed) => isAllowed(id)) ? undefined : "not-allowed";
}
