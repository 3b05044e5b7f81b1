import { matchLines } from "../edits/matchLines.ts";

/** A text as an editor counts its lines: after the last line end there is one more, which may be empty. */
export function editorLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/u);
}

/** Lines `first` up to but without `end` of one text, and what stands in their place in another. Counted from 0. */
export interface LineGap {
  readonly before: readonly [first: number, end: number];
  readonly after: readonly [first: number, end: number];
}

/** Where two texts differ, top to bottom. */
export function lineGaps(before: readonly string[], after: readonly string[]): readonly LineGap[] {
  const gaps: LineGap[] = [];
  let [line, other] = [0, 0];
  for (const { left, right } of [...matchLines(before, after), { left: before.length, right: after.length }]) {
    if (left > line || right > other) gaps.push({ before: [line, left], after: [other, right] });
    [line, other] = [left + 1, right + 1];
  }
  return gaps;
}

/** Lines removed and added between two texts; a file that is not there has none. */
export function countChanged(before: string | undefined, after: string | undefined): number {
  const gaps = lineGaps(fileLines(before ?? ""), fileLines(after ?? ""));
  return gaps.reduce((sum, gap) => sum + gap.before[1] - gap.before[0] + gap.after[1] - gap.after[0], 0);
}

/** As people count them: a line end at the end begins no further line. */
function fileLines(text: string): readonly string[] {
  const lines = editorLines(text);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
