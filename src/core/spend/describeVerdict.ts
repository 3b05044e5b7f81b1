import type { RowVerdict } from "./spendRow.ts";

/** For instance `partly accepted (8 of 12 lines), 3 lines edited afterwards`. */
export function describeVerdict({ kind, lines, editedLines }: RowVerdict): string {
  const counts = kind === "partly-accepted" && lines !== undefined;
  const share = counts ? ` (${lines.accepted} of ${lines.proposed} lines)` : "";
  const edited =
    editedLines === undefined ? "" : `, ${editedLines} ${editedLines === 1 ? "line" : "lines"} edited afterwards`;
  return `${kind.replaceAll("-", " ")}${share}${edited}`;
}
