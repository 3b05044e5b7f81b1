/** A symbol of a document, by its lines from 0; the last one is part of it. */
export interface SymbolLines {
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Its lines, each with its line end. Joined, they are the text. */
export function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/**
 * The text, cut after each symbol: what stands before one (imports, comments) goes with it, what stands after the last goes
 * with that. Symbols inside others do not count. Without any, the lines.
 */
export function splitAtSymbols(text: string, symbols: readonly SymbolLines[]): readonly string[] {
  const lines = splitLines(text);
  const ends: number[] = [];
  let reached = -1;
  for (const { firstLine, lastLine } of symbols.toSorted((left, right) => left.firstLine - right.firstLine)) {
    // Two symbols that share a line are cut as one.
    if (firstLine <= reached) ends.pop();
    else if (lastLine <= reached) continue;
    reached = Math.max(reached, lastLine);
    ends.push(Math.min(reached + 1, lines.length));
  }
  if (ends.length === 0) return lines;
  ends[ends.length - 1] = lines.length;
  return ends.map((end, place) => lines.slice(ends[place - 1] ?? 0, end).join("")).filter((part) => part !== "");
}
