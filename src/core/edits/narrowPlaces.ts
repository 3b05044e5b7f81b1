import type { EditPiece } from "./fileEdit.ts";
import type { PiecePlace } from "./findPlaces.ts";
import { indentationOf } from "./reindentCode.ts";

/** A piece and the places that it may mean. */
export interface Candidates {
  readonly piece: EditPiece;
  readonly places: readonly PiecePlace[];
}

/**
 * Leaves of several places those that what the piece says beside its lines allows: the lines that stand above it, the end of
 * the file. A place that contradicts it is none, also when it is the only one.
 */
export function narrowByWords(document: readonly string[], { piece, places }: Candidates): Candidates {
  const anchored = belowAnchors(document, piece.anchors, places);
  const atEnd = piece.isAtEnd === true ? anchored.filter(({ end }) => end === document.length) : [];
  return { piece, places: atEnd.length > 0 ? atEnd : anchored };
}

/** Below the anchor; of several such places the one inside the block that the anchor opens. */
function belowAnchors(
  document: readonly string[],
  anchors: readonly string[],
  places: readonly PiecePlace[],
): readonly PiecePlace[] {
  const heads = findAnchors(document, anchors);
  if (heads.length === 0) return places;
  const below = places.filter(({ end }) => heads.some((head) => end > head));
  if (below.length < 2) return below;
  const inside = below.filter(({ at }) => heads.some((head) => isInside(document, head, at)));
  return inside.length > 0 ? inside : below;
}

/** The lines that the innermost anchor may mean; none when an anchor is not in the document. */
function findAnchors(document: readonly string[], anchors: readonly string[]): readonly number[] {
  let from = 0;
  let heads: readonly number[] = [];
  for (const anchor of anchors) {
    const wanted = anchor.trim();
    heads = document.flatMap((line, index) => (index >= from && line.trim() === wanted ? [index] : []));
    const [first] = heads;
    if (first === undefined) return [];
    from = first;
  }
  return heads;
}

/** No line between begins another block beside the head's. */
function isInside(document: readonly string[], head: number, at: number): boolean {
  if (at < head) return false;
  const depth = indentationOf(document[head] ?? "").length;
  return document.slice(head + 1, at).every((line) => !/\w/u.test(line) || indentationOf(line).length > depth);
}

/**
 * Leaves the places that can be in one order with those of the other pieces: each below the one before. Nothing is left out
 * that some order allows.
 */
export function narrowByOrder(all: readonly Candidates[]): readonly Candidates[] {
  let least = -1;
  const fromAbove = all.map(({ piece, places }) => {
    const kept = places.filter(({ at }) => at > least);
    least = Math.min(...kept.map(({ at }) => at));
    return { piece, places: kept };
  });
  let most = Infinity;
  return fromAbove
    .toReversed()
    .map(({ piece, places }) => {
      const kept = places.filter(({ at }) => at < most);
      most = Math.max(...kept.map(({ at }) => at));
      return { piece, places: kept };
    })
    .toReversed();
}

/**
 * Of several places the one at exactly the line that the piece names, moved as far as its neighbours that have one place
 * only. Near that line is not enough: models count badly.
 */
export function narrowByLine(all: readonly Candidates[]): readonly Candidates[] {
  const moves = all.map(moveOf);
  return all.map(({ piece, places }, index) => {
    const { line } = piece;
    if (places.length < 2 || line === undefined) return { piece, places };
    const before = moves.slice(0, index).findLast((move) => move !== undefined);
    const after = moves.slice(index + 1).find((move) => move !== undefined);
    const isUnclear = before !== undefined && after !== undefined && before !== after;
    if (isUnclear) return { piece, places };
    const there = places.filter(({ at }) => at === line + (before ?? after ?? 0));
    return { piece, places: there.length === 1 ? there : places };
  });
}

function moveOf({ piece, places }: Candidates): number | undefined {
  const [only] = places;
  return places.length !== 1 || only === undefined || piece.line === undefined ? undefined : only.at - piece.line;
}

/** As many places as pieces that are the same: each is meant once. */
export function shareAmongEqual(all: readonly Candidates[]): readonly Candidates[] {
  const keyOf = ({ piece }: Candidates) => JSON.stringify([piece.readings, piece.anchors]);
  return all.map((candidates, index) => {
    const { piece, places } = candidates;
    const key = keyOf(candidates);
    const equal = all.flatMap((other, place) => (keyOf(other) === key ? [place] : []));
    if (equal.length < 2 || places.length !== equal.length) return candidates;
    return { piece, places: places.slice(equal.indexOf(index), equal.indexOf(index) + 1) };
  });
}
