/** The blanks and tabs that a line begins with. */
export function indentationOf(line: string): string {
  return /^[ \t]*/u.exec(line)?.[0] ?? "";
}

/** The lines with the indentation `from` of the least indented one replaced by `to`; blank lines stay empty. */
export function reindentLines(lines: readonly string[], from: string, to: string): readonly string[] {
  return lines.map((line) => {
    if (line.trim() === "") return "";
    return line.startsWith(from) ? to + line.slice(from.length) : line;
  });
}

/** The indentation that all lines with text have in common. */
export function commonIndentation(lines: readonly string[]): string {
  const [first, ...others] = lines.filter((line) => line.trim() !== "").map(indentationOf);
  let common = first ?? "";
  for (const other of others) while (!other.startsWith(common)) common = common.slice(0, -1);
  return common;
}

/** The lines of a code block, without a line end at its end. */
export function linesOfCode(code: string): readonly string[] {
  return code.replaceAll(/\r\n?/gu, "\n").replace(/\n+$/u, "").split("\n");
}

/** Code as it is inserted behind `before`, the text of the cursor's line up to it: the lines below are indented like that one. */
export function codeAtCursor(code: string, before: string): string {
  const lines = linesOfCode(code);
  return reindentLines(lines, commonIndentation(lines), indentationOf(before)).join("\n").trimStart();
}
