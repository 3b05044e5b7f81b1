/** A line that occurs more than once is looked for so much further than lines were added. */
const LOOK_AHEAD_LINES = 20;
const LOOK_AHEAD_FACTOR = 3;
/** Lines without a letter or digit stand everywhere; they are only believed where about as much was removed as added. */
const WEAK_LOOK_AHEAD_LINES = 2;

const HAS_WORD = /[\p{L}\p{N}]/u;

/**
 * Finds the lines of an answer in the code that it replaces, one after the other while they arrive. Each look costs the
 * logarithm of how often the line occurs, never the length of the code.
 */
export class LineAligner {
  readonly #base: readonly string[];
  /** Where each line stands, ascending. */
  readonly #places = new Map<string, number[]>();

  constructor(base: readonly string[]) {
    this.#base = base;
    for (const [index, line] of base.entries()) {
      const places = this.#places.get(line);
      if (places === undefined) this.#places.set(line, [index]);
      else places.push(index);
    }
  }

  /** Where the line stands at `from` or below; `added` lines stood nowhere since the last that was found. */
  find(line: string, from: number, added: number): number | undefined {
    if (this.#base[from] === line) return from;
    const places = this.#places.get(line);
    if (places === undefined) return undefined;
    const place = places[firstNotBelow(places, from)];
    if (place === undefined) return undefined;
    if (!HAS_WORD.test(line)) return place - from <= added + WEAK_LOOK_AHEAD_LINES && added > 0 ? place : undefined;
    if (places.length === 1) return place;
    return place - from <= LOOK_AHEAD_LINES + LOOK_AHEAD_FACTOR * added ? place : undefined;
  }
}

function firstNotBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
