import { matchLines } from "./matchLines.ts";

/** A text as lines, with all that is needed to change some of them and leave every other byte as it is. */
export interface TextLines {
  readonly text: string;
  /** Without their ends. A line end at the end of the text begins no further line. */
  readonly lines: readonly string[];
  /** The end of each line as it stands there; empty for a last line without one. */
  readonly ends: readonly string[];
  /** Where each line begins, in UTF-16 units. A byte order mark belongs to no line. */
  readonly starts: readonly number[];
}

/** Lines `first` up to but without `end`, counted from 0, and what shall stand there instead. */
export interface LineEdit {
  readonly first: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** A part of a text, in UTF-16 units, and what shall stand there instead. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const BYTE_ORDER_MARK = "\uFEFF";

export function readTextLines(text: string): TextLines {
  const lines: string[] = [];
  const ends: string[] = [];
  const starts: number[] = [];
  const lineEnd = /\r\n?|\n/gu;
  let start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  while (start < text.length) {
    lineEnd.lastIndex = start;
    const found = lineEnd.exec(text);
    const stop = found?.index ?? text.length;
    const end = found?.[0] ?? "";
    lines.push(text.slice(start, stop));
    ends.push(end);
    starts.push(start);
    start = stop + end.length;
  }
  return { text, lines, ends, starts };
}

/**
 * The edits of lines as edits of the text, in its order. New lines end as those around them do. `finalNewline`: whether the
 * text shall end with a line end; `undefined` leaves that as it is.
 */
export function toTextEdits(
  document: TextLines,
  edits: readonly LineEdit[],
  finalNewline?: boolean,
): readonly TextEdit[] {
  const count = document.lines.length;
  const merged = mergeNeighbours(edits);
  const hasEnd = finalNewline ?? (count === 0 || document.ends[count - 1] !== "");
  const isEndTouched = merged.some(({ end }) => end === count);
  const inside = merged.map((edit) =>
    edit.end === count ? editOfEnd(document, edit, hasEnd) : editInside(document, edit),
  );
  const all = isEndTouched || count === 0 ? inside : [...inside, editOfLastEnd(document, hasEnd)];
  return all.filter(({ start, end, text }) => document.text.slice(start, end) !== text);
}

/** The text with the edits, which are in its order and do not overlap. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let written = "";
  let from = 0;
  for (const edit of edits) {
    written += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return written + text.slice(from);
}

/** What differs between two texts, in whole lines with their ends. */
export function textEditsBetween(before: string, after: string): readonly TextEdit[] {
  const wholeLines = (text: string) => text.match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$/gu) ?? [];
  const [left, right] = [wholeLines(before), wholeLines(after)];
  const edits: TextEdit[] = [];
  let [line, other, offset] = [0, 0, 0];
  for (const pair of [...matchLines(left, right), { left: left.length, right: right.length }]) {
    const gone = left.slice(line, pair.left).join("");
    const news = right.slice(other, pair.right).join("");
    if (gone !== news) edits.push({ start: offset, end: offset + gone.length, text: news });
    offset += gone.length + (left[pair.left] ?? "").length;
    [line, other] = [pair.left + 1, pair.right + 1];
  }
  return edits;
}

/** The line end of new lines at a place: that of the lines they replace, else of the line before, else of the text. */
function lineEndAt({ ends }: TextLines, { first, end }: LineEdit): string {
  const own = ends.slice(first, end).find((mark) => mark !== "");
  return own ?? ([ends[first - 1], ends[end], ...ends].find((mark) => mark !== undefined && mark !== "") || "\n");
}

function mergeNeighbours(edits: readonly LineEdit[]): readonly LineEdit[] {
  const merged: LineEdit[] = [];
  for (const edit of edits.toSorted((left, right) => left.first - right.first || left.end - right.end)) {
    const last = merged.at(-1);
    if (last?.end !== edit.first) merged.push(edit);
    else merged[merged.length - 1] = { first: last.first, end: edit.end, lines: [...last.lines, ...edit.lines] };
  }
  return merged;
}

function editInside(document: TextLines, edit: LineEdit): TextEdit {
  const { starts, text } = document;
  const mark = lineEndAt(document, edit);
  return {
    start: starts[edit.first] ?? text.length,
    end: starts[edit.end] ?? text.length,
    text: edit.lines.map((line) => line + mark).join(""),
  };
}

function editOfEnd(document: TextLines, edit: LineEdit, hasEnd: boolean): TextEdit {
  const { starts, lines, ends, text } = document;
  const { first } = edit;
  const end = text.length;
  const before = first - 1;
  if (edit.lines.length === 0) {
    const lineBefore = (starts[before] ?? 0) + (lines[before] ?? "").length;
    return { start: hasEnd || first === 0 ? (starts[first] ?? end) : lineBefore, end, text: "" };
  }
  const mark = lineEndAt(document, edit);
  const lead = first === lines.length && ends[before] === "" ? mark : "";
  return { start: starts[first] ?? end, end, text: lead + edit.lines.join(mark) + (hasEnd ? mark : "") };
}

function editOfLastEnd(document: TextLines, hasEnd: boolean): TextEdit {
  const { ends, text } = document;
  const count = ends.length;
  const own = ends[count - 1] ?? "";
  const mark = own === "" ? lineEndAt(document, { first: count, end: count, lines: [] }) : own;
  return { start: text.length - own.length, end: text.length, text: hasEnd ? mark : "" };
}
