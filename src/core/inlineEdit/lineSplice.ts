/** Lines taken out at a place, and lines put there instead. Line numbers count from 0. */
export interface LineSplice {
  readonly at: number;
  readonly remove: number;
  readonly insert: readonly string[];
}

interface Gathered {
  at: number;
  remove: number;
  insert: readonly string[];
}

/** Gathers splices that are made one after the other, downwards, into splices that can be made at once. */
export class SpliceBatch {
  readonly #gathered: Gathered[] = [];
  /** By how much the gathered ones move what is below them. */
  #shift = 0;

  /** `at` counts with all earlier splices made. It is below the last of them, or the two touch. */
  add({ at, remove, insert }: LineSplice): void {
    const last = this.#gathered.at(-1);
    const lastEnd = last === undefined ? -1 : last.at + last.remove + this.#shift;
    if (last === undefined || at > lastEnd) this.#gathered.push({ at: at - this.#shift, remove, insert });
    else {
      const lastStart = lastEnd - last.insert.length;
      const above = Math.max(0, lastStart - at);
      const below = Math.max(0, at + remove - lastEnd);
      const inside = Math.max(0, at - lastStart);
      const after = Math.min(at + remove, lastEnd) - lastStart;
      last.insert = [...last.insert.slice(0, inside), ...insert, ...last.insert.slice(Math.max(0, after))];
      last.at -= above;
      last.remove += above + below;
    }
    this.#shift += insert.length - remove;
  }

  /** In lines as they were before the first of them, top to bottom, none touching another; without those that change nothing. */
  splices(): readonly LineSplice[] {
    return this.#gathered.filter(({ remove, insert }) => remove > 0 || insert.length > 0);
  }
}

/** The lines with the splices made; they are numbered as in the result of a batch. */
export function spliceLines(lines: readonly string[], splices: readonly LineSplice[]): readonly string[] {
  let rest = 0;
  const pieces = splices.map(({ at, remove, insert }) => {
    const piece = [...lines.slice(rest, at), ...insert];
    rest = at + remove;
    return piece;
  });
  return [...pieces.flat(), ...lines.slice(rest)];
}

/** The smallest single splice that makes one list of lines into the other; `undefined` when they are equal. */
export function spliceBetween(before: readonly string[], after: readonly string[]): LineSplice | undefined {
  const shorter = Math.min(before.length, after.length);
  let first = 0;
  while (first < shorter && before[first] === after[first]) first += 1;
  let last = 0;
  while (last < shorter - first && before.at(-1 - last) === after.at(-1 - last)) last += 1;
  const remove = before.length - first - last;
  const insert = after.slice(first, after.length - last);
  return remove === 0 && insert.length === 0 ? undefined : { at: first, remove, insert };
}
