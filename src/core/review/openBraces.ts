/** Where a reading stands: between strings, in one, or behind a backslash in one. */
type Phase = "outside" | "inside" | "escaped";

/** The braces that a reading sees open, the innermost last; those of readings that became one share a level. */
type Levels = readonly number[][];

/**
 * Every brace of a text that may begin a JSON object, until the one that closes it. Of words around objects nobody knows whether a
 * quotation mark begins a string, so the text is read from each brace as if a string could not have begun before it; readings that
 * have come to the same phase go on as one. Work for a character does not grow with the text.
 */
export class OpenBraces {
  #readings = new Map<Phase, number[][]>();

  /** Takes the character at this place of the text; gives the braces that it closes, the first one first. */
  take(character: string, at: number): readonly number[] {
    const outside = this.#readings.get("outside");
    let closed: readonly number[] = [];
    if (character === "{") {
      if (outside === undefined) this.#readings.set("outside", [[at]]);
      else outside.push([at]);
    }
    if (character === "}" && outside !== undefined) {
      closed = (outside.pop() ?? []).toSorted((left, right) => left - right);
      if (outside.length === 0) this.#readings.delete("outside");
    }
    if (character === '"' || character === "\\" || this.#readings.has("escaped")) this.#move(character);
    return closed;
  }

  /** Whether one before this place is still open. */
  hasBefore(place: number): boolean {
    return [...this.#readings.values()].some(([first]) => first?.some((at) => at < place));
  }

  #move(character: string): void {
    const moved = new Map<Phase, number[][]>();
    for (const [phase, levels] of this.#readings) {
      const next = phaseAfter(phase, character);
      const there = moved.get(next);
      moved.set(next, there === undefined ? levels : joined(there, levels));
    }
    this.#readings = moved;
  }
}

function phaseAfter(phase: Phase, character: string): Phase {
  switch (phase) {
    case "outside":
      return character === '"' ? "inside" : "outside";
    case "inside":
      if (character === "\\") return "escaped";
      return character === '"' ? "outside" : "inside";
    case "escaped":
      return "inside";
  }
}

/** The next closing brace closes the innermost of both. */
function joined(left: number[][], right: Levels): number[][] {
  const [deep, flat] = left.length >= right.length ? [left, right] : [[...right], left];
  const below = deep.length - flat.length;
  for (const [level, starts] of flat.entries()) deep[below + level] = [...(deep[below + level] ?? []), ...starts];
  return deep;
}
