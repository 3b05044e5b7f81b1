import type { FileDiff } from "../changes/fileDiff.ts";
import { commonIndentation, reindentLines } from "../edits/reindentCode.ts";
import type { Finding } from "./finding.ts";

/** A finding at lines that are really there, on the new side of the diff. */
export interface PlacedFinding extends Finding {
  /** The lines as the diff has them. */
  readonly found: readonly string[];
}

export interface PlacedFindings {
  readonly placed: readonly PlacedFinding[];
  /** Those that fit nowhere; they are told without a place. */
  readonly loose: readonly Finding[];
}

/** Lines that one finding may be about. */
const MOST_LINES = 200;

/** The lines of the new side that diffs show, by the paths of their files. */
export type ShownLines = ReadonlyMap<string, ReadonlyMap<number, string>>;

export function shownLinesOf(files: readonly FileDiff[]): ShownLines {
  return new Map(files.map((file) => [file.path, newLinesOf(file)]));
}

/** Puts each finding where it belongs. One whose file or line the diffs do not show is never put anywhere else. */
export function placeFindings(findings: readonly Finding[], lines: ShownLines): PlacedFindings {
  const tried = findings.map((finding) => ({ finding, placed: place(finding, lines) }));
  return {
    placed: tried.flatMap(({ placed }) => placed ?? []),
    loose: tried.flatMap(({ finding, placed }) => (placed === undefined ? [finding] : [])),
  };
}

/** The lines of the new side that a diff shows, by their numbers from 1. */
export function newLinesOf({ hunks }: Pick<FileDiff, "hunks">): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { newStart, lines } of hunks) {
    let at = newStart;
    for (const line of lines) {
      if (!line.startsWith("+") && !line.startsWith(" ")) continue;
      found.set(at, line.slice(1).replace(/\r$/, ""));
      at += 1;
    }
  }
  return found;
}

function place(finding: Finding, files: ShownLines): PlacedFinding | undefined {
  const path = pathIn([...files.keys()], finding.file);
  const lines = path === undefined ? undefined : files.get(path);
  if (path === undefined || lines === undefined) return undefined;
  const quoted = quotedPlace(finding, lines);
  if (quoted !== undefined) return { ...reindented(finding, quoted.found), file: path, ...quoted };
  const stated = statedPlace(finding, lines);
  if (stated === undefined) return undefined;
  const { replacement: _replacement, ...rest } = finding;
  // What the reviewer read is not there, so its replacement would replace something else.
  const isKept = finding.original === undefined && stated.endLine === finding.endLine;
  return { ...(isKept ? finding : rest), file: path, ...stated };
}

/** Models leave out the indentation that all quoted lines have; the replacement gets it back. */
function reindented(finding: Finding, found: readonly string[]): Finding {
  const { original, replacement } = finding;
  if (original === undefined || replacement === undefined) return finding;
  const [from, to] = [commonIndentation(original.split("\n")), commonIndentation(found)];
  if (from === to) return finding;
  return { ...finding, replacement: reindentLines(replacement.split("\n"), from, to).join("\n") };
}

/** Models write `a/` and `b/`, or leave the first folders out; a name that two files have tells nothing. */
function pathIn(paths: readonly string[], file: string): string | undefined {
  const names = [file, file.replace(/^\.?\//, ""), file.replace(/^[ab]\//, "")];
  const same = names.find((name) => paths.includes(name));
  if (same !== undefined) return same;
  const ends = paths.filter((path) => path.endsWith(`/${file.replace(/^\.?\//, "")}`));
  return ends.length === 1 ? ends[0] : undefined;
}

type Place = Pick<PlacedFinding, "line" | "endLine" | "found">;

/** Where the lines that the reviewer quotes stand, nearest to where it says. */
function quotedPlace({ original, line }: Finding, lines: ReadonlyMap<number, string>): Place | undefined {
  const quoted = (original ?? "").split("\n").map((each) => each.trim());
  if (original === undefined || quoted.length > MOST_LINES || quoted.every((each) => each === "")) return undefined;
  const starts = [...lines.keys()].filter((start) =>
    quoted.every((each, offset) => lines.get(start + offset)?.trim() === each),
  );
  const [nearest] = starts.toSorted((left, right) => Math.abs(left - line) - Math.abs(right - line));
  return nearest === undefined ? undefined : placeAt(nearest, nearest + quoted.length - 1, lines);
}

function statedPlace({ line, endLine }: Finding, lines: ReadonlyMap<number, string>): Place | undefined {
  if (!lines.has(line)) return undefined;
  let last = line;
  while (last < endLine && last - line < MOST_LINES && lines.has(last + 1)) last += 1;
  return placeAt(line, last, lines);
}

function placeAt(line: number, endLine: number, lines: ReadonlyMap<number, string>): Place {
  const found = Array.from({ length: endLine - line + 1 }, (_, offset) => lines.get(line + offset) ?? "");
  return { line, endLine, found };
}
