import type { FileDiff } from "../changes/fileDiff.ts";

/**
 * The line (from 1) of a file that has since changed by this diff; `undefined` where the line is gone. Without a diff nothing has
 * changed.
 */
export function mapLine(line: number, later: Pick<FileDiff, "hunks"> | undefined): number | undefined {
  let shift = 0;
  for (const { oldStart, lines } of later?.hunks ?? []) {
    const isInsertion = !lines.some((each) => each.startsWith("-") || each.startsWith(" "));
    let at = isInsertion ? oldStart + 1 : oldStart;
    if (line < at) break;
    for (const each of lines) {
      if (each.startsWith("+")) shift += 1;
      if (each.startsWith("-")) {
        if (at === line) return undefined;
        shift -= 1;
        at += 1;
      }
      if (each.startsWith(" ")) {
        if (at === line) return line + shift;
        at += 1;
      }
    }
  }
  return line + shift;
}
