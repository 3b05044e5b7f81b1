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

/**
 * For one list of patterns against many models: ids without a `*`, the most of them, are looked up at once, and patterns that
 * name an author are only tried on models of that author.
 */
export function compilePatterns(patterns: readonly string[]): ModelMatcher {
  if (patterns.length === 0) return () => false;
  const lower = patterns.map((pattern) => pattern.toLowerCase());
  const exact = new Set(lower.filter((pattern) => !pattern.includes("*")));
  const wild = lower.filter((pattern) => pattern.includes("*"));
  const groups = Map.groupBy(wild, authorOfPattern);
  const byAuthor = new Map([...groups].map(([author, group]) => [author, group.map(compileWildcard)]));
  const anyAuthor = byAuthor.get("") ?? [];
  return (id) => {
    if (exact.has(id)) return true;
    const author = authorPart(id);
    return (author !== "" && matchesAny(byAuthor.get(author), id)) || matchesAny(anyAuthor, id);
  };
}

/** The author that a lower-case pattern names, as `authorPart` has it; nothing where it may be any. */
export function authorOfPattern(pattern: string): string {
  const wild = pattern.indexOf("*");
  return authorPart(wild < 0 ? pattern : pattern.slice(0, wild));
}

/** What comes before the first slash, with it; nothing where there is none. */
export function authorPart(text: string): string {
  return text.slice(0, text.indexOf("/") + 1);
}

function matchesAny(matchers: readonly ModelMatcher[] = [], id: string): boolean {
  return matchers.some((matches) => matches(id));
}
