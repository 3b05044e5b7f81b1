import { compileWildcard } from "../text/wildcard.ts";

/** Whether a lower-case model id is meant. */
export type ModelMatcher = (lowerCaseId: string) => boolean;

/**
 * Whether a model id matches a pattern of the person: `*` stands for any text, `anthropic/*` for an author, `*:free` for a
 * suffix. Upper and lower case are the same.
 */
export function matchesModel(pattern: string, modelId: string): boolean {
  return compileWildcard(pattern)(modelId.toLowerCase());
}

/** For one list of patterns against many models: ids without a `*`, the most of them, are looked up at once. */
export function compilePatterns(patterns: readonly string[]): ModelMatcher {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes("*")).map((pattern) => pattern.toLowerCase()));
  const wild = patterns.filter((pattern) => pattern.includes("*")).map(compileWildcard);
  return (id) => exact.has(id) || wild.some((matches) => matches(id));
}
