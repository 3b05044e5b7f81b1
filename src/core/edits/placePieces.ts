import { type EditRow, linesAfter, linesBefore } from "./editRow.ts";
import { isBareElision, isElision } from "./elision.ts";
import type { EditPiece } from "./fileEdit.ts";
import { ComparedLines, findPlaces } from "./findPlaces.ts";
import { type Candidates, narrowByLine, narrowByOrder, narrowByWords, shareAmongEqual } from "./narrowPlaces.ts";
import type { LineEdit } from "./textLines.ts";

/**
 * Why a piece has no place. `absent`: its lines are not there. `ambiguous`: there are several places. `contradicted`: they are
 * where the piece says they are not. `indentation`: how the new lines are indented would be a guess. `overlap`: two pieces
 * change the same line. `elision`: a mark for left out code would be written as text. `already`: what it would bring about is
 * there. `unplaced`: it names no line to hold on to.
 */
export type Misfit =
  | "absent"
  | "ambiguous"
  | "contradicted"
  | "indentation"
  | "overlap"
  | "elision"
  | "already"
  | "unplaced";

/** `piece`: which of the pieces, counted from 0. `lines`: those of the document it may mean, counted from 0. */
export type Placing =
  | { readonly kind: "placed"; readonly edits: readonly LineEdit[] }
  | { readonly kind: "misfit"; readonly why: Misfit; readonly piece: number; readonly lines: readonly number[] };

/** The places of all pieces, or the first piece that has none. Nothing is placed that could as well be meant elsewhere. */
export function placePieces(
  document: readonly string[],
  pieces: readonly EditPiece[],
  { isOrdered }: { readonly isOrdered: boolean },
): Placing {
  const blank = pieces.findIndex(({ readings }) => readings.every((rows) => linesBefore(rows).join("").trim() === ""));
  if (blank !== -1) return { kind: "misfit", why: "unplaced", piece: blank, lines: [] };
  const compared = new ComparedLines(document);
  const found = pieces.map((piece): Candidates => ({ piece, places: findPlaces(compared, piece) }));
  const missing = found.findIndex(({ places }) => places.length === 0);
  if (missing !== -1) return placeParts(document, pieces, { isOrdered, missing });
  const worded = found.map((candidates) => narrowByWords(document, candidates));
  const ordered = isOrdered ? narrowByOrder(worded) : shareAmongEqual(worded);
  const narrowed = narrowByLine(ordered);
  const final = isOrdered ? narrowByOrder(narrowed) : narrowed;
  return readPlaces(document, final);
}

function readPlaces(document: readonly string[], all: readonly Candidates[]): Placing {
  const edits: LineEdit[] = [];
  for (const [piece, { places }] of all.entries()) {
    const misfit = (why: Misfit) => ({ kind: "misfit", why, piece, lines: places.map(({ at }) => at) }) as const;
    const [only] = places;
    if (only === undefined) return misfit("contradicted");
    if (places.length > 1) return misfit("ambiguous");
    const own = only.edits();
    if (own === undefined) return misfit("indentation");
    if (own.some((edit) => hasStrangeMark(document, edit))) return misfit("elision");
    const news = own.filter((edit) => !edits.some((other) => isSameEdit(edit, other)));
    if (news.some((edit) => edits.some((other) => isOverlapping(edit, other)))) return misfit("overlap");
    edits.push(...news);
  }
  return { kind: "placed", edits: edits.toSorted((left, right) => left.first - right.first) };
}

/** A mark for left out code among the new lines that the document itself does not have. */
export function hasStrangeMark(document: readonly string[], { first, lines }: LineEdit): boolean {
  return lines.some((line, index) => {
    const above = lines[index - 1] ?? document[first - 1] ?? "";
    // Three dots are the body of a Python function.
    const isMark = isElision(line) || (isBareElision(line) && !/(?::|""")\s*$/u.test(above));
    return isMark && !document.some((other) => other.trim() === line.trim());
  });
}

/** Inserting at one place, the order of two pieces would be a guess. */
function isOverlapping(one: LineEdit, other: LineEdit): boolean {
  if (one.first === other.first) return true;
  return one.first < other.end && other.first < one.end;
}

function isSameEdit(one: LineEdit, other: LineEdit): boolean {
  return one.first === other.first && one.end === other.end && one.lines.join("\n") === other.lines.join("\n");
}

/** A piece that is not there whole may leave code out between lines that are. */
function placeParts(
  document: readonly string[],
  pieces: readonly EditPiece[],
  { isOrdered, missing }: { readonly isOrdered: boolean; readonly missing: number },
): Placing {
  const rows = pieces[missing]?.readings[0] ?? [];
  const parts = splitAtMarks(rows);
  if (parts.length < 2 && parts[0]?.length === rows.length) return missingPiece(document, rows, missing);
  const ofPiece = placePieces(
    document,
    parts.map((part) => ({ readings: [part], anchors: [] })),
    { isOrdered: true },
  );
  if (ofPiece.kind === "misfit") return { ...ofPiece, piece: missing };
  const others = pieces.filter((_piece, index) => index !== missing);
  const rest =
    others.length === 0 ? { kind: "placed" as const, edits: [] } : placePieces(document, others, { isOrdered });
  if (rest.kind === "misfit") return { ...rest, piece: rest.piece < missing ? rest.piece : rest.piece + 1 };
  if (rest.edits.some((edit) => ofPiece.edits.some((other) => isOverlapping(edit, other)))) {
    return { kind: "misfit", why: "overlap", piece: missing, lines: [] };
  }
  return {
    kind: "placed",
    edits: [...rest.edits, ...ofPiece.edits].toSorted((left, right) => left.first - right.first),
  };
}

function splitAtMarks(rows: readonly EditRow[]): readonly (readonly EditRow[])[] {
  const parts: EditRow[][] = [[]];
  for (const row of rows) {
    if (row.mark === " " && (isElision(row.text) || isBareElision(row.text))) parts.push([]);
    else parts.at(-1)?.push(row);
  }
  return parts.filter((part) => part.some(({ text }) => text.trim() !== ""));
}

function missingPiece(document: readonly string[], rows: readonly EditRow[], piece: number): Placing {
  const after = linesAfter(rows);
  const done = rows.some(({ mark }) => mark === "+")
    ? findPlaces(new ComparedLines(document), {
        readings: [after.map((text): EditRow => ({ mark: " ", text }))],
        anchors: [],
      })
    : [];
  return { kind: "misfit", why: done.length > 0 ? "already" : "absent", piece, lines: done.map(({ at }) => at) };
}
