import type { LineSplice } from "./lineSplice.ts";

/** What must be known of a document to put whole lines into it. */
export interface DocumentShape {
  readonly lineCount: number;
  /** Characters of a line, without its end. */
  readonly lengthOf: (line: number) => number;
  readonly eol: string;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

export interface TextReplacement {
  readonly start: Place;
  readonly end: Place;
  readonly text: string;
}

/** Splices of lines as edits of text, which can be made at once. `firstLine`: where the splices' line 0 is. A last line without an end stays one. */
export function editsOfSplices(
  splices: readonly LineSplice[],
  firstLine: number,
  document: DocumentShape,
): readonly TextReplacement[] {
  return splices.map((splice) => editOfSplice({ ...splice, at: splice.at + firstLine }, document));
}

function editOfSplice(
  { at, remove, insert }: LineSplice,
  { lineCount, lengthOf, eol }: DocumentShape,
): TextReplacement {
  const text = insert.join(eol);
  const end = at + remove;
  const endOf = (line: number): Place => ({ line, character: lengthOf(line) });
  if (remove > 0 && insert.length > 0) return { start: { line: at, character: 0 }, end: endOf(end - 1), text };
  if (end < lineCount) {
    const after = insert.length > 0 ? text + eol : "";
    return { start: { line: at, character: 0 }, end: { line: end, character: 0 }, text: after };
  }
  if (at === 0) return { start: { line: 0, character: 0 }, end: endOf(Math.max(0, end - 1)), text };
  return { start: endOf(at - 1), end: endOf(Math.max(at, end) - 1), text: insert.length > 0 ? eol + text : "" };
}
