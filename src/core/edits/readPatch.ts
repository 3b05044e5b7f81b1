import { nextLine } from "./fencedBlock.ts";
import type { EditPiece, FileChange, FileEdit } from "./fileEdit.ts";
import { readDiffRows } from "./readDiffRows.ts";

/** A patch in the apply-patch format within an answer. */
export interface PatchInAnswer {
  readonly first: number;
  readonly end: number;
  readonly edits: readonly FileEdit[];
}

const BEGIN = /^\s*\*\*\* Begin Patch\s*$/iu;
const END = /^\s*\*\*\* End Patch\s*$/iu;
const FILE = /^\*\*\* (Update|Add|Delete) File:\s*(.+?)\s*$/iu;
const MOVE = /^\*\*\* Move to:\s*(.+?)\s*$/iu;
const END_OF_FILE = /^\*\*\* End of File\s*$/iu;
const ANCHOR = /^@@(.*)$/u;

/** The first patch that begins at or below a line. Without its last line it is truncated. */
export function findPatch(lines: readonly string[], from: number): PatchInAnswer | undefined {
  const first = nextLine(lines, from, (line) => BEGIN.test(line));
  if (first === -1) return undefined;
  const last = nextLine(lines, first + 1, (line) => END.test(line) || BEGIN.test(line));
  const isWhole = last !== -1 && END.test(lines[last] ?? "");
  const end = last === -1 ? lines.length : last;
  const edits = readPatchBody(lines.slice(first + 1, end));
  const known = edits.length > 0 ? edits : [MALFORMED];
  return {
    first,
    end: isWhole ? end + 1 : end,
    edits: isWhole ? known : known.map((edit) => ({ ...edit, fault: "truncated" as const })),
  };
}

const MALFORMED: FileEdit = {
  path: undefined,
  change: { kind: "pieces", pieces: [], isOrdered: true },
  fault: "malformed",
};

/** True for the sections of a patch, also without the lines around them. */
export function isPatchBody(lines: readonly string[]): boolean {
  return lines.some((line) => FILE.test(line));
}

export function readPatchBody(lines: readonly string[]): readonly FileEdit[] {
  const heads = lines.flatMap((line, index) => (FILE.test(line) ? [index] : []));
  return heads.map((head, index) => readSection(lines[head] ?? "", lines.slice(head + 1, heads[index + 1])));
}

function readSection(head: string, lines: readonly string[]): FileEdit {
  const [, action = "", name = ""] = FILE.exec(head) ?? [];
  const path = cleanPath(name);
  switch (action.toLowerCase()) {
    case "delete":
      return { path, change: { kind: "delete" } };
    case "add":
      return readNewFile(path, lines);
    default:
      return readUpdate(path, lines);
  }
}

/** Paths of a patch are relative; a `/` before one is no root. */
function cleanPath(name: string): string {
  return name
    .replaceAll(/^[`"']|[`"']$/gu, "")
    .replaceAll("\\", "/")
    .replace(/^(?:\.\/)+/u, "");
}

function readNewFile(path: string, lines: readonly string[]): FileEdit {
  const said = lines.slice(0, lines.findLastIndex((line) => line.trim() !== "") + 1);
  const text = said.filter((line) => !END_OF_FILE.test(line));
  const isWellFormed = text.every((line) => line.startsWith("+"));
  const change: FileChange = { kind: "create", lines: text.map((line) => line.slice(1)), finalNewline: true };
  return isWellFormed ? { path, change } : { path, change, fault: "malformed" };
}

function readUpdate(path: string, lines: readonly string[]): FileEdit {
  const move = lines.findIndex((line) => MOVE.test(line));
  const newPath = move === -1 ? undefined : cleanPath(MOVE.exec(lines[move] ?? "")?.[1] ?? "");
  const { pieces, finalNewline } = readPieces(lines.filter((_line, index) => index !== move));
  const change: FileChange = { kind: "pieces", pieces, isOrdered: true, finalNewline };
  const isEmpty = pieces.length === 0 && newPath === undefined;
  return { path, change, ...(newPath === undefined ? {} : { newPath }), ...(isEmpty ? { fault: "malformed" } : {}) };
}

function readPieces(lines: readonly string[]): {
  readonly pieces: readonly EditPiece[];
  readonly finalNewline: boolean | undefined;
} {
  const pieces: EditPiece[] = [];
  let anchors: string[] = [];
  let rows: string[] = [];
  let finalNewline: boolean | undefined;
  const close = (isAtEnd: boolean): void => {
    if (rows.every((line) => line.trim() === "")) return;
    const read = readDiffRows(rows);
    finalNewline = read.finalNewline ?? finalNewline;
    // New lines alone go to the end of the file, unless an anchor says where.
    const isAppended = anchors.length === 0 && rows.every((line) => line.startsWith("+"));
    const isLast = isAtEnd || isAppended ? true : undefined;
    pieces.push({ readings: read.readings, anchors, isAtEnd: isLast, line: lineOf(anchors) });
    [anchors, rows] = [[], []];
  };
  for (const line of lines) {
    const anchor = ANCHOR.exec(line)?.[1];
    if (END_OF_FILE.test(line)) close(true);
    else if (anchor === undefined) rows.push(line);
    else {
      close(false);
      rows = [];
      anchors.push(...anchorsOf(anchor));
    }
  }
  close(false);
  return {
    pieces: pieces.map((piece) => ({ ...piece, anchors: piece.anchors.filter((text) => !LINES.test(text)) })),
    finalNewline,
  };
}

/** Some patches have the hunk headers of a diff: their numbers are no line of the file. */
const LINES = /^-(\d+)(?:,\d+)? \+\d+(?:,\d+)?$/u;

function anchorsOf(text: string): readonly string[] {
  const [numbers, heading] = /^\s*(-\d+(?:,\d+)? \+\d+(?:,\d+)?)\s*@@(.*)$/u.exec(text)?.slice(1) ?? [];
  const said = numbers === undefined ? [text.replace(/\s*@@\s*$/u, "")] : [numbers, heading ?? ""];
  return said.filter((line) => line.trim() !== "");
}

function lineOf(anchors: readonly string[]): number | undefined {
  const line = anchors.map((text) => LINES.exec(text)?.[1]).find((number) => number !== undefined);
  return line === undefined ? undefined : Number(line) - 1;
}
