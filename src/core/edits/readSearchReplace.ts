import { type EditRow, rowsBetween } from "./editRow.ts";
import type { EditFault, EditPiece } from "./fileEdit.ts";
import { asPath } from "./namedPath.ts";

/** A SEARCH/REPLACE block in an answer. */
export interface SearchReplace {
  /** Its first line, and the one behind its last. */
  readonly first: number;
  readonly end: number;
  /** What stands behind the opening mark, where that is a path. */
  readonly path: string | undefined;
  readonly piece: EditPiece;
  readonly fault: EditFault | undefined;
}

const OPENING = /^(\s*)(?:<{5,9}|-{5,9})\s*(SEARCH|ORIGINAL|HEAD)>?:?(?:\s+(\S.*))?\s*$/iu;
const CLOSING = /^\s*(?:>{5,9}|\+{5,9})\s*(REPLACE|UPDATED)\b.*$/iu;
const DIVIDER = /^\s*={5,9}\s*$/u;
/** What stands between the opening mark and the text in some dialects. */
const HINT = /^\s*:(?:start_line|end_line):\s*(\d+)\s*$/u;
const HINT_END = /^\s*-{5,9}\s*$/u;

/** The first SEARCH/REPLACE block that opens at or below a line. */
export function findSearchReplace(lines: readonly string[], from: number): SearchReplace | undefined {
  for (let first = from; first < lines.length; first += 1) {
    const opening = OPENING.exec(lines[first] ?? "");
    if (opening === null) continue;
    const [, indentation = "", word = "", rest = ""] = opening;
    const block = readBlock(lines, first, indentation);
    // Marks of a merge conflict open with HEAD, too, but close with the name of a branch.
    if (word.toUpperCase() === "HEAD" && block.fault !== undefined) continue;
    return { ...block, path: asPath(rest.replaceAll(/[`*]/gu, "")) };
  }
  return undefined;
}

function readBlock(lines: readonly string[], first: number, indentation: string): Omit<SearchReplace, "path"> {
  let end = first + 1;
  while (end < lines.length && !CLOSING.test(lines[end] ?? "") && !OPENING.test(lines[end] ?? "")) end += 1;
  const isClosed = CLOSING.test(lines[end] ?? "");
  const body = lines.slice(first + 1, end).map((line) => unescape(withoutPrefix(line, indentation)));
  const { line, text } = readHints(body);
  const dividers = text.flatMap((other, index) => (DIVIDER.test(other) ? [index] : []));
  const plain = withoutLineNumbers(text);
  const readings = dividers
    .slice(0, MOST_READINGS)
    .flatMap((divider) => [readAt(text, divider), ...(plain === undefined ? [] : [readAt(plain, divider)])]);
  const piece: EditPiece = { readings, line, anchors: [] };
  const fault = isClosed ? (readings.length === 0 ? "malformed" : undefined) : "truncated";
  return { first, end: isClosed ? end + 1 : end, piece, fault };
}

/** A text that underlines headings with the divider's sign can be divided in several ways. */
const MOST_READINGS = 20;

function readAt(text: readonly string[], divider: number): readonly EditRow[] {
  return rowsBetween(text.slice(0, divider), text.slice(divider + 1));
}

/** Some copy the numbers of lines along, as in `12 | code`. `undefined` when not every line has one. */
function withoutLineNumbers(text: readonly string[]): readonly string[] | undefined {
  const numbered = /^\s*\d+ \| ?/u;
  const said = text.filter((line) => line.trim() !== "" && !DIVIDER.test(line));
  if (said.length === 0 || !said.every((line) => numbered.test(line))) return undefined;
  return text.map((line) => line.replace(numbered, ""));
}

function readHints(body: readonly string[]): { readonly line: number | undefined; readonly text: readonly string[] } {
  let [from, line] = [0, undefined as number | undefined];
  while (from < body.length) {
    const hint = HINT.exec(body[from] ?? "");
    if (hint === null) break;
    line ??= Number(hint[1]) - 1;
    from += 1;
  }
  if (from > 0 && HINT_END.test(body[from] ?? "")) from += 1;
  return { line, text: body.slice(from) };
}

function withoutPrefix(line: string, prefix: string): string {
  return line.startsWith(prefix) ? line.slice(prefix.length) : line;
}

/** Text that would be taken for a mark is written with a backslash before it. */
function unescape(line: string): string {
  return line.replace(/^(\s*)\\(?=<{5,9}|={5,9}|>{5,9})/u, "$1");
}
