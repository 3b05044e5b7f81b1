import { linesAfter, linesBefore } from "./editRow.ts";
import { isBareElision, isElision } from "./elision.ts";
import type { EditPiece, FileChange, FileEdit } from "./fileEdit.ts";
import { matchLines } from "./matchLines.ts";
import { type LineRange, nearestPlace } from "./nearestPlace.ts";
import { placeCode } from "./placeCode.ts";
import { type Misfit, type Placing, hasStrangeMark, placePieces } from "./placePieces.ts";
import {
  type LineEdit,
  type TextEdit,
  type TextLines,
  applyTextEdits,
  readTextLines,
  textEditsBetween,
  toTextEdits,
} from "./textLines.ts";

/** `exists`: the file that would be made is there. `missing`: the one that would be changed is not. */
type WhyNot = Misfit | "truncated" | "malformed" | "exists" | "missing";

/** Why nothing of an edit was applied, for a sentence and a look at the place. */
export interface Unmatched {
  readonly kind: "unmatched";
  readonly why: WhyNot;
  /** Which of how many pieces did not fit, counted from 0. */
  readonly piece: number;
  readonly pieces: number;
  /** What it looked for. */
  readonly wanted: readonly string[];
  /** The lines it may mean, where there are several. */
  readonly lines: readonly number[];
  /** Where the document is most like it. */
  readonly nearest: LineRange | undefined;
}

export type EditPlan =
  /** `edits`: in the order of the text; none when the file holds all of it already. */
  | { readonly kind: "change"; readonly edits: readonly TextEdit[] }
  | { readonly kind: "create"; readonly text: string }
  | { readonly kind: "delete" }
  | Unmatched;

/**
 * What the edits of an answer do to one file, one after the other: all of it or nothing. `text`: what the file holds,
 * `undefined` when there is none.
 */
export function planFileEdits(text: string | undefined, edits: readonly FileEdit[]): EditPlan {
  const [first, ...others] = edits;
  if (first === undefined) return { kind: "change", edits: [] };
  let plan = planFileEdit(text, first);
  let after = textAfter(text, plan);
  for (const edit of others) {
    if (plan.kind === "unmatched") return plan;
    plan = planFileEdit(after, edit);
    after = textAfter(after, plan);
  }
  if (others.length === 0 || plan.kind === "unmatched") return plan;
  if (after === undefined) return { kind: "delete" };
  return text === undefined
    ? { kind: "create", text: after }
    : { kind: "change", edits: textEditsBetween(text, after) };
}

/**
 * What an edit of an answer does to a file: all of it or nothing. `text`: what the file holds, `undefined` when there is none.
 */
function planFileEdit(text: string | undefined, { change, fault }: FileEdit): EditPlan {
  if (fault !== undefined) return refuse(fault);
  if (text === undefined) return planNewFile(change);
  const document = readTextLines(text);
  switch (change.kind) {
    case "code":
      return planCode(document, change.lines);
    case "pieces":
      return planPieces(document, change);
    case "create":
      return document.lines.length === 0
        ? {
            kind: "change",
            edits: toTextEdits(document, [{ first: 0, end: 0, lines: change.lines }], change.finalNewline),
          }
        : refuse("exists");
    case "delete":
      return { kind: "delete" };
  }
}

/** The text after a plan; `undefined` when there is none. */
export function textAfter(text: string | undefined, plan: EditPlan): string | undefined {
  switch (plan.kind) {
    case "change":
      return applyTextEdits(text ?? "", plan.edits);
    case "create":
      return plan.text;
    case "delete":
      return undefined;
    case "unmatched":
      return text;
  }
}

function refuse(why: WhyNot, details: Partial<Omit<Unmatched, "kind" | "why">> = {}): Unmatched {
  return { kind: "unmatched", why, piece: 0, pieces: 1, wanted: [], lines: [], nearest: undefined, ...details };
}

function planNewFile(change: FileChange): EditPlan {
  switch (change.kind) {
    case "code":
      return createWith(change.lines, true);
    case "create":
      return createWith(change.lines, change.finalNewline);
    case "delete":
      return refuse("missing");
    case "pieces": {
      const rows = change.pieces.flatMap(({ readings: [first = []] }) => first);
      if (rows.length === 0 || linesBefore(rows).some((line) => line.trim() !== "")) return refuse("missing");
      return createWith(linesAfter(rows), change.finalNewline ?? true);
    }
  }
}

function createWith(lines: readonly string[], finalNewline: boolean): EditPlan {
  const edit = { first: 0, end: 0, lines };
  if (hasStrangeMark([], edit)) return refuse("elision");
  const document = readTextLines("");
  return { kind: "create", text: applyTextEdits("", toTextEdits(document, [edit], lines.length > 0 && finalNewline)) };
}

function planCode(document: TextLines, code: readonly string[]): EditPlan {
  const edits = editsOfCode(document.lines, code);
  if (edits === undefined) {
    return refuse("absent", { wanted: code, nearest: nearestPlace(document.lines, code) });
  }
  if (edits.some((edit) => hasStrangeMark(document.lines, edit))) return refuse("elision", { wanted: code });
  return { kind: "change", edits: toTextEdits(document, edits) };
}

function editsOfCode(document: readonly string[], code: readonly string[]): readonly LineEdit[] | undefined {
  if (document.every((line) => line.trim() === "")) return [{ first: 0, end: document.length, lines: code }];
  if (isWholeFile(document, code)) {
    // Blank lines at the edges of a file are no part of what an answer says of it.
    const isSaid = (line: string) => line.trim() !== "";
    const first = document.findIndex(isSaid);
    return editsBetween(document.slice(first, document.findLastIndex(isSaid) + 1), code, first);
  }
  const place = placeCode(document, code);
  return place === undefined
    ? undefined
    : editsBetween(document.slice(place.first, place.end), place.lines, place.first);
}

/** It begins and ends with the lines that the document does, and leaves out nothing by a mark. */
function isWholeFile(document: readonly string[], code: readonly string[]): boolean {
  if (code.some((line) => isElision(line) || isBareElision(line))) return false;
  const edges = (lines: readonly string[]) => {
    const said = lines.filter((line) => line.trim() !== "");
    return [said[0]?.trimEnd(), said.at(-1)?.trimEnd()];
  };
  const [first, last] = edges(document);
  const [begin, end] = edges(code);
  return first === begin && last === end && 3 * code.length >= document.length;
}

/** What differs only. */
function editsBetween(before: readonly string[], after: readonly string[], at: number): readonly LineEdit[] {
  const edits: LineEdit[] = [];
  let [left, right] = [0, 0];
  for (const pair of [...matchLines(before, after), { left: before.length, right: after.length }]) {
    if (pair.left > left || pair.right > right) {
      edits.push({ first: at + left, end: at + pair.left, lines: after.slice(right, pair.right) });
    }
    [left, right] = [pair.left + 1, pair.right + 1];
  }
  return edits;
}

type Pieces = Extract<FileChange, { kind: "pieces" }>;

function planPieces(document: TextLines, { pieces, isOrdered, finalNewline }: Pieces): EditPlan {
  const placing = placeAll(document.lines, pieces, isOrdered);
  if (placing.kind === "placed") {
    return { kind: "change", edits: toTextEdits(document, placing.edits, finalNewline) };
  }
  const { why, piece, lines } = placing;
  const wanted = linesBefore(pieces[piece]?.readings[0] ?? []);
  const nearest = why === "absent" ? nearestPlace(document.lines, wanted) : undefined;
  return refuse(why, { piece, pieces: pieces.length, wanted, lines, nearest });
}

/** One with nothing to look for goes to the end of the file, as is the rule for an empty SEARCH. */
function placeAll(document: readonly string[], pieces: readonly EditPiece[], isOrdered: boolean): Placing {
  const isAppended = (piece: EditPiece) => looksForNothing(document, piece) && (!isOrdered || isAtEnd(document, piece));
  const [appended, placed] = [pieces.filter(isAppended), pieces.filter((piece) => !isAppended(piece))];
  const placing = placed.length === 0 ? NOTHING_PLACED : placeTogether(document, placed, isOrdered);
  if (placing.kind === "misfit") return { ...placing, piece: pieces.indexOf(placed[placing.piece] ?? NO_PIECE) };
  const lines = appended
    .flatMap(({ readings: [rows = []] }) => rows.filter(({ mark }) => mark === "+"))
    .map(({ text }) => text);
  const end = document.length;
  return appended.length === 0 ? placing : { kind: "placed", edits: [...placing.edits, { first: end, end, lines }] };
}

/** Blank lines are something to look for only where the document has such lines. */
function looksForNothing(document: readonly string[], { readings: [rows = []], anchors }: EditPiece): boolean {
  const before = linesBefore(rows);
  const isBlank = before.every((line) => line.trim() === "") && document.every((line) => line.trim() !== "");
  return (before.length === 0 || isBlank) && anchors.length === 0 && rows.some(({ mark }) => mark === "+");
}

function isAtEnd(document: readonly string[], piece: EditPiece): boolean {
  return piece.isAtEnd === true || document.length === 0;
}

const NOTHING_PLACED: Placing = { kind: "placed", edits: [] };
const NO_PIECE: EditPiece = { readings: [], anchors: [] };

function placeTogether(document: readonly string[], pieces: readonly EditPiece[], isOrdered: boolean): Placing {
  const placing = placePieces(document, pieces, { isOrdered });
  return placing.kind === "placed" || isOrdered ? placing : placeOneByOne(document, pieces, placing);
}

/** Two places that fit equally are no more certain once another piece has changed one of them. */
const SETTLED_IN_TURN: ReadonlySet<Misfit> = new Set(["absent", "overlap"]);

/** A SEARCH may be of lines that one before it wrote. */
function placeOneByOne(document: readonly string[], pieces: readonly EditPiece[], misfit: Placing): Placing {
  if (pieces.length < 2 || (misfit.kind === "misfit" && !SETTLED_IN_TURN.has(misfit.why))) return misfit;
  let lines = document;
  for (const [index, piece] of pieces.entries()) {
    const placing = placePieces(lines, [piece], { isOrdered: false });
    if (placing.kind === "misfit")
      return index === 0 || placing.why === "already" ? misfit : { ...placing, piece: index };
    lines = withEdits(lines, placing.edits);
  }
  return { kind: "placed", edits: editsBetween(document, lines, 0) };
}

function withEdits(lines: readonly string[], edits: readonly LineEdit[]): readonly string[] {
  return edits
    .toReversed()
    .reduce<readonly string[]>(
      (kept, { first, end, lines: news }) => [...kept.slice(0, first), ...news, ...kept.slice(end)],
      lines,
    );
}
