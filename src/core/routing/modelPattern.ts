/** Whether a lower-case model id is meant. */
export type ModelMatcher = (lowerCaseId: string) => boolean;

/**
 * Whether a model id matches a pattern of the person: `*` stands for any text, `anthropic/*` for an author, `*:free` for a
 * suffix. Upper and lower case are the same.
 */
export function matchesModel(pattern: string, modelId: string): boolean {
  return compilePattern(pattern)(modelId.toLowerCase());
}

/** For one list of patterns against many models: ids without a `*`, the most of them, are looked up at once. */
export function compilePatterns(patterns: readonly string[]): ModelMatcher {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes("*")).map((pattern) => pattern.toLowerCase()));
  const wild = patterns.filter((pattern) => pattern.includes("*")).map(compilePattern);
  return (id) => exact.has(id) || wild.some((matches) => matches(id));
}

function compilePattern(pattern: string): ModelMatcher {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const last = rest.pop();
  if (last === undefined) return (id) => id === first;
  const shortest = first.length + last.length;
  return (id) =>
    id.length >= shortest &&
    id.startsWith(first) &&
    id.endsWith(last) &&
    holdsInOrder(id.slice(first.length, id.length - last.length), rest);
}

function holdsInOrder(text: string, parts: readonly string[]): boolean {
  let position = 0;
  for (const part of parts) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return true;
}
