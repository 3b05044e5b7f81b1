import { isElision } from "./elision.ts";
import { matchLines } from "./matchLines.ts";
import type { LineEdit } from "./textLines.ts";

/** A line of an edit: one that stays (" "), goes ("-") or comes ("+"). */
export interface EditRow {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

/** Lines that shall become others, as rows: what both have stays. Marks for left out code count as the same, however worded. */
export function rowsBetween(before: readonly string[], after: readonly string[]): readonly EditRow[] {
  const rows: EditRow[] = [];
  const key = (line: string) => (isElision(line) ? "\0" : line);
  const pairs = [...matchLines(before.map(key), after.map(key)), { left: before.length, right: after.length }];
  let [left, right] = [0, 0];
  for (const pair of pairs) {
    rows.push(...before.slice(left, pair.left).map((text): EditRow => ({ mark: "-", text })));
    rows.push(...after.slice(right, pair.right).map((text): EditRow => ({ mark: "+", text })));
    rows.push(...before.slice(pair.left, pair.left + 1).map((text): EditRow => ({ mark: " ", text })));
    [left, right] = [pair.left + 1, pair.right + 1];
  }
  return rows;
}

/** What must stand in the document. */
export function linesBefore(rows: readonly EditRow[]): readonly string[] {
  return rows.filter(({ mark }) => mark !== "+").map(({ text }) => text);
}

/** What shall stand there then. */
export function linesAfter(rows: readonly EditRow[]): readonly string[] {
  return rows.filter(({ mark }) => mark !== "-").map(({ text }) => text);
}

/** The rows at a line of the document as edits of what changes only. Lines that stay are the document's own. */
export function editsOfRows(rows: readonly EditRow[], at: number): readonly LineEdit[] {
  const edits: LineEdit[] = [];
  let line = at;
  let run: { first: number; lines: string[] } | undefined;
  for (const { mark, text } of [...rows, { mark: " ", text: "" } as const]) {
    if (mark === " ") {
      if (run !== undefined) edits.push({ ...run, end: line });
      run = undefined;
      line += 1;
      continue;
    }
    run ??= { first: line, lines: [] };
    if (mark === "+") run.lines.push(text);
    else line += 1;
  }
  return edits;
}
