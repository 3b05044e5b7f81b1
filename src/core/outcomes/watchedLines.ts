import { type ForeignChange, linesOfChange } from "../inlineEdit/foreignChange.ts";
import { editorLines, lineGaps } from "./changedLines.ts";

/** What a line of the document is: of no concern, of the edit as it was accepted, or of it and changed by the person. */
const OTHER = 0;
const ACCEPTED = 1;
const EDITED = 2;

type Mark = typeof OTHER | typeof ACCEPTED | typeof EDITED;

/** Follows the lines of an accepted edit through a document that goes on changing. */
export class WatchedLines {
  readonly #lines: string[];
  /** One a line. */
  readonly #marks: Mark[];
  /** Accepted lines that the person took out. */
  #removed = 0;

  /** The document as it was without the edit, and as the edit left it. */
  constructor(before: string, after: string) {
    this.#lines = [...editorLines(after)];
    this.#marks = this.#lines.map((): Mark => OTHER);
    for (const gap of lineGaps(editorLines(before), this.#lines)) this.#marks.fill(ACCEPTED, ...gap.after);
    // What is written below the last line of a new file is no change of it.
    if (this.#lines.at(-1) === "") this.#marks[this.#marks.length - 1] = OTHER;
  }

  /** Where the lines of the edit are now, counted from 0. */
  get places(): readonly number[] {
    return this.#marks.flatMap((mark, line) => (mark === OTHER ? [] : [line]));
  }

  /** How many of them the person has changed or taken out, or put between them. */
  get edited(): number {
    return this.#removed + this.#marks.filter((mark) => mark === EDITED).length;
  }

  /**
   * A change of the document. What differs in blanks alone is a matter of form and no edit; what others than the person change
   * moves lines and edits none.
   */
  change(change: ForeignChange, isByPerson: boolean): void {
    const { first, end, lines } = linesOfChange(change, (line) => this.#lines[line] ?? "");
    const old = this.#lines.slice(first, end);
    let marks = this.#marks.slice(first, end);
    for (const { before, after } of lineGaps(old, lines).toReversed()) {
      const place = first + before[0];
      const replaced = this.#marks.slice(place, first + before[1]);
      const isEdit = isByPerson && differs(old.slice(...before), lines.slice(...after));
      const mark = this.#markOf({ place, replaced, isEdit });
      const count = after[1] - after[0];
      if (isEdit && mark === EDITED)
        this.#removed += Math.max(0, replaced.filter((each) => each === ACCEPTED).length - count);
      const news = Array.from({ length: count }, () => mark);
      marks = [...marks.slice(0, before[0]), ...news, ...marks.slice(before[1])];
    }
    replaceIn(this.#lines, [first, end], lines);
    replaceIn(this.#marks, [first, end], marks);
  }

  /** Of the lines that come in the place of others, or between those above and below. */
  #markOf({ place, replaced, isEdit }: { place: number; replaced: readonly Mark[]; isEdit: boolean }): Mark {
    const isInside = replaced.length === 0 && this.#isOfEdit(place - 1) && this.#isOfEdit(place);
    if (!isInside && replaced.every((mark) => mark === OTHER)) return OTHER;
    return isEdit || replaced.includes(EDITED) ? EDITED : ACCEPTED;
  }

  #isOfEdit(line: number): boolean {
    return (this.#marks[line] ?? OTHER) !== OTHER;
  }
}

/** In place where nothing moves, as while a line is typed: the document may be long. */
function replaceIn<T>(list: T[], [first, end]: readonly [number, number], news: readonly T[]): void {
  if (news.length === end - first) for (const [index, each] of news.entries()) list[first + index] = each;
  else
    for (const [index, each] of [...news, ...list.splice(first).slice(end - first)].entries())
      list[first + index] = each;
}

function differs(before: readonly string[], after: readonly string[]): boolean {
  const withoutBlanks = (lines: readonly string[]) => lines.join("").replaceAll(/\s/gu, "");
  return withoutBlanks(before) !== withoutBlanks(after);
}
