import type { EditRow } from "../../../src/core/edits/editRow.ts";

/** A true change of a text, as rows of the whole text, and how its end changes. */
export interface TrueEdit {
  readonly rows: readonly EditRow[];
  readonly hadFinalNewline: boolean;
  readonly hasFinalNewline: boolean;
}

/** From the first changed row to the last of a stretch, with `context` rows around. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

function stretches(rows: readonly EditRow[], context: number): readonly Stretch[] {
  const found: { from: number; to: number }[] = [];
  for (const [index, { mark }] of rows.entries()) {
    if (mark === " ") continue;
    const last = found.at(-1);
    const from = Math.max(0, index - context);
    const to = Math.min(rows.length, index + 1 + context);
    if (last === undefined || last.to < from) found.push({ from, to });
    else last.to = to;
  }
  return found;
}

function linesOf(rows: readonly EditRow[], without: "+" | "-"): readonly string[] {
  return rows.filter(({ mark }) => mark !== without).map(({ text }) => text);
}

/** As `git diff` writes it. */
export function asUnifiedDiff({ rows, hadFinalNewline, hasFinalNewline }: TrueEdit, context: number): string {
  const lastOld = rows.findLastIndex(({ mark }) => mark !== "+");
  const lastNew = rows.findLastIndex(({ mark }) => mark !== "-");
  const hunks = stretches(rows, context).map(({ from, to }) => {
    const part = rows.slice(from, to);
    const before = linesOf(part, "+").length;
    const after = linesOf(part, "-").length;
    const start = (count: number, without: "+" | "-") =>
      linesOf(rows.slice(0, from), without).length + (count === 0 ? 0 : 1);
    const body = part.flatMap(({ mark, text }, index) => {
      const lacks = (from + index === lastOld && !hadFinalNewline) || (from + index === lastNew && !hasFinalNewline);
      return [mark + text, ...(lacks ? ["\\ No newline at end of file"] : [])];
    });
    return [`@@ -${start(before, "+")},${before} +${start(after, "-")},${after} @@`, ...body].join("\n");
  });
  return ["```diff", "--- a/file.txt", "+++ b/file.txt", ...hunks, "```"].join("\n");
}

export function asSearchReplace({ rows }: TrueEdit, context: number): string {
  return stretches(rows, context)
    .map(({ from, to }) => {
      const part = rows.slice(from, to);
      return [
        "file.txt",
        "````",
        "<<<<<<< SEARCH",
        ...linesOf(part, "+"),
        "=======",
        ...linesOf(part, "-"),
        ">>>>>>> REPLACE",
        "````",
      ].join("\n");
    })
    .join("\n\n");
}

export function asPatch({ rows }: TrueEdit, context: number): string {
  const hunks = stretches(rows, context).map(({ from, to }) =>
    ["@@", ...rows.slice(from, to).map(({ mark, text }) => mark + text)].join("\n"),
  );
  return ["*** Begin Patch", "*** Update File: file.txt", ...hunks, "*** End Patch"].join("\n");
}

export function asWholeFile({ rows }: TrueEdit): string {
  return ["file.txt", "````", ...linesOf(rows, "-"), "````"].join("\n");
}

/** The changed parts, with marks for what is left out around them. */
export function asPartialCode({ rows }: TrueEdit, context: number): string {
  const mark = "// ... existing code ...";
  const parts = stretches(rows, context).flatMap(({ from, to }) => [
    ...(from > 0 ? [mark] : []),
    ...linesOf(rows.slice(from, to), "-"),
    ...(to < rows.length ? [mark] : []),
  ]);
  return [
    "file.txt",
    "````",
    ...parts.filter((line, index) => line !== mark || parts[index - 1] !== mark),
    "````",
  ].join("\n");
}
