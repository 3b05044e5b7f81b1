import type { EditRow } from "./editRow.ts";

/** The lines of a hunk, with what they say of the end of the file. */
export interface DiffRows {
  readonly readings: readonly (readonly EditRow[])[];
  /** Whether the last line before and after the change has a line end; `undefined` when nothing is said. */
  readonly finalNewline: boolean | undefined;
}

/**
 * Reads the lines of a hunk. Models leave the blank before unchanged lines away, all or some: then there is a second reading in
 * which those lines are taken as they stand. Empty lines at its end separate it from what follows.
 */
export function readDiffRows(lines: readonly string[]): DiffRows {
  const trimmed = lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
  const rows = trimmed.filter((line) => !line.startsWith("\\")).map((line) => readRow(line, false));
  const raw = trimmed.filter((line) => !line.startsWith("\\")).map((line) => readRow(line, true));
  const isSame = rows.every(({ text }, index) => text === raw[index]?.text);
  return { readings: isSame ? [rows] : [rows, raw], finalNewline: readFinalNewline(trimmed) };
}

function readRow(line: string, isRaw: boolean): EditRow {
  const [mark] = line;
  if (mark === "+" || mark === "-") return { mark, text: line.slice(1) };
  return { mark: " ", text: mark === " " && !isRaw ? line.slice(1) : line };
}

/** `\ No newline at end of file` below a line says that it ends without one. */
function readFinalNewline(lines: readonly string[]): boolean | undefined {
  const below = lines.flatMap((line, index) => (line.startsWith("\\") ? [lines[index - 1]?.[0]] : []));
  if (below.length === 0) return undefined;
  return below.every((mark) => mark === "-");
}
