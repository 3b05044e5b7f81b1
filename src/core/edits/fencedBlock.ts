/** The line that opens a fenced block: what it is indented by, its mark, and what stands behind it. */
export const FENCE = /^(\s*(?:>\s?)*)(`{3,}|~{3,})\s*(.*?)\s*$/u;

/** A fenced block of an answer, from its first line to the one behind its last. */
export interface Fence {
  readonly first: number;
  readonly end: number;
  readonly info: string;
  readonly code: readonly string[];
  readonly isClosed: boolean;
}

/** The first block that opens at or below a line; one that is never closed reaches to the end. */
export function nextFence(lines: readonly string[], from: number): Fence | undefined {
  const first = nextLine(lines, from, isOpening);
  const opening = FENCE.exec(lines[first] ?? "");
  if (opening === null) return undefined;
  const [, indentation = "", mark = "", info = ""] = opening;
  const closing = new RegExp(`^[\\s>]*${mark[0] ?? ""}{${mark.length},}\\s*$`, "u");
  const last = nextLine(lines, first + 1, (line) => closing.test(line));
  const end = last === -1 ? lines.length : last;
  const code = lines.slice(first + 1, end).map((line) => withoutIndentation(line, indentation));
  return { first, end: last === -1 ? end : end + 1, info, code, isClosed: last !== -1 };
}

/** A line of inline code may begin with the same signs, but has them again. */
function isOpening(line: string): boolean {
  const fence = FENCE.exec(line);
  return fence !== null && !(fence[2]?.startsWith("`") === true && fence[3]?.includes("`") === true);
}

function withoutIndentation(line: string, indentation: string): string {
  let from = 0;
  while (from < indentation.length && line[from] === indentation[from]) from += 1;
  return line.slice(from);
}

/** The first such line at or below a line, -1 when there is none. */
export function nextLine(lines: readonly string[], from: number, isIt: (line: string) => boolean): number {
  for (let index = from; index < lines.length; index += 1) if (isIt(lines[index] ?? "")) return index;
  return -1;
}
