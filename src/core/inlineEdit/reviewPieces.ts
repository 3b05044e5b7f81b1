import { alignWhole } from "./alignWhole.ts";
import type { LineChange } from "./foreignChange.ts";
import { type LineSplice, spliceBetween } from "./lineSplice.ts";

type HunkState = "pending" | "accepted" | "rejected";

/** Lines that stay. */
interface KeptPiece {
  readonly kind: "kept";
  readonly lines: string[];
}

/** A change: these lines instead of those. While it is pending both stand in the document, the removed ones first. */
export interface HunkPiece {
  readonly kind: "hunk";
  readonly id: number;
  readonly removed: readonly string[];
  readonly added: string[];
  state: HunkState;
}

/** What the person wrote into a change under way, with the lines that stood there before either. */
interface TornPiece {
  readonly kind: "torn";
  readonly base: readonly string[];
  /** What was accepted by then. */
  readonly decided: readonly string[];
  readonly shown: readonly string[];
}

export type Piece = KeptPiece | HunkPiece | TornPiece;

/** A change as it stands in the document: lines of the region, numbered from 0. */
export interface ShownHunk {
  readonly id: number;
  readonly state: HunkState;
  /** Its first line; the removed lines come first, then the added ones. */
  readonly first: number;
  readonly removed: number;
  readonly added: number;
  /** More of it may come. */
  readonly isOpen: boolean;
}

/** What stands in the document. */
export function shownLines(piece: Piece): readonly string[] {
  switch (piece.kind) {
    case "kept":
      return piece.lines;
    case "torn":
      return piece.shown;
    case "hunk":
      return piece.state === "pending" ? [...piece.removed, ...piece.added] : decidedLines(piece);
  }
}

export function shownCount(piece: Piece): number {
  if (piece.kind !== "hunk") return shownLines(piece).length;
  const removed = piece.state === "accepted" ? 0 : piece.removed.length;
  return removed + (piece.state === "rejected" ? 0 : piece.added.length);
}

/** What stood there before the edit. */
export function baseLinesOf(piece: Piece): readonly string[] {
  if (piece.kind === "kept") return piece.lines;
  return piece.kind === "torn" ? piece.base : piece.removed;
}

/** With what is accepted and without what is not. */
export function decidedLines(piece: Piece): readonly string[] {
  if (piece.kind === "torn") return piece.decided;
  return piece.kind === "hunk" && piece.state === "accepted" ? piece.added : baseLinesOf(piece);
}

/** With every change that is not rejected. */
export function proposedLines(piece: Piece): readonly string[] {
  return piece.kind === "hunk" && piece.state !== "rejected" ? piece.added : baseLinesOf(piece);
}

/** Whether the change may still be aligned anew: the person has not decided on it. */
export function isUndecided(piece: Piece): boolean {
  return piece.kind === "kept" || (piece.kind === "hunk" && piece.state === "pending");
}

/** The same lines with the least change that can be found, `newId` numbering the hunks. */
export function alignAnew(run: readonly Piece[], newId: () => number): readonly Piece[] {
  const before = run.flatMap(baseLinesOf);
  const after = run.flatMap((piece) => (piece.kind === "hunk" ? piece.added : baseLinesOf(piece)));
  const pieces: Piece[] = [];
  const from = { before: 0, after: 0 };
  for (const pair of [...alignWhole(before, after), { before: before.length, after: after.length }]) {
    const removed = before.slice(from.before, pair.before);
    const added = after.slice(from.after, pair.after);
    if (removed.length > 0 || added.length > 0)
      pieces.push({ kind: "hunk", id: newId(), removed, added, state: "pending" });
    const line = before[pair.before];
    if (line !== undefined) appendKept(pieces, line);
    from.before = pair.before + 1;
    from.after = pair.after + 1;
  }
  return pieces;
}

export function appendKept(pieces: Piece[], line: string): void {
  const last = pieces.at(-1);
  if (last?.kind === "kept") last.lines.push(line);
  else pieces.push({ kind: "kept", lines: [line] });
}

/** The pieces with a change that touches nothing but lines that stay; `undefined` where it touches more. */
export function withKeptChange(pieces: readonly Piece[], { first, end, lines }: LineChange): Piece[] | undefined {
  const touched: Piece[] = [];
  let from = 0;
  let touchedAt = 0;
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const pieceEnd = at + shownCount(piece);
    const isInside = first === end ? at < first && first < pieceEnd : at < end && first < pieceEnd;
    // At the border of two pieces it goes to the one that stays.
    const isBorder = first === end && piece.kind === "kept" && (at === first || pieceEnd === first);
    if (isInside || (isBorder && touched.length === 0)) {
      if (touched.length === 0) [from, touchedAt] = [index, at];
      touched.push(piece);
    }
    at = pieceEnd;
  }
  if (touched.length === 0 || !touched.every(isSettled)) return undefined;
  const shown = touched.flatMap(shownLines);
  const kept = [...shown.slice(0, first - touchedAt), ...lines, ...shown.slice(end - touchedAt)];
  return [...pieces.slice(0, from), { kind: "kept", lines: kept }, ...pieces.slice(from + touched.length)];
}

function isSettled(piece: Piece): boolean {
  return piece.kind === "kept" || (piece.kind === "hunk" && piece.state !== "pending");
}

/** The changes, top to bottom. */
export function shownHunks(
  pieces: readonly Piece[],
  { open, hasUnfinished }: { readonly open: HunkPiece | undefined; readonly hasUnfinished: boolean },
): readonly ShownHunk[] {
  const hunks: ShownHunk[] = [];
  let first = 0;
  for (const piece of pieces) {
    if (piece.kind === "hunk") {
      const { id, state } = piece;
      const isOpen = piece === open;
      const removed = state === "accepted" ? 0 : piece.removed.length;
      const added = state === "rejected" ? 0 : piece.added.length + (isOpen && hasUnfinished ? 1 : 0);
      hunks.push({ id, state, first, removed, added, isOpen });
    }
    first += shownCount(piece);
  }
  return hunks;
}

/** Decides on those of the changes that are pending and whole; what must go from the document. */
export function decideHunks(
  pieces: readonly Piece[],
  wish: {
    readonly ids: ReadonlySet<number>;
    readonly state: "accepted" | "rejected";
    readonly open: HunkPiece | undefined;
  },
): readonly LineSplice[] {
  const splices: LineSplice[] = [];
  let first = 0;
  for (const piece of pieces) {
    const count = shownCount(piece);
    if (piece.kind === "hunk" && wish.ids.has(piece.id) && piece.state === "pending" && piece !== wish.open) {
      const isAccepted = wish.state === "accepted";
      const remove = isAccepted ? piece.removed.length : piece.added.length;
      if (remove > 0) splices.push({ at: isAccepted ? first : first + piece.removed.length, remove, insert: [] });
      piece.state = wish.state;
    }
    first += count;
  }
  return splices;
}

/** What makes the lines of before into the decided ones. */
export function splicesOfDecided(pieces: readonly Piece[]): readonly LineSplice[] {
  const splices: LineSplice[] = [];
  let at = 0;
  for (const piece of pieces) {
    const { length } = baseLinesOf(piece);
    if (piece.kind === "hunk" && piece.state === "accepted") splices.push({ at, remove: length, insert: piece.added });
    const kept = piece.kind === "torn" ? spliceBetween(piece.base, piece.decided) : undefined;
    if (kept !== undefined) splices.push({ ...kept, at: at + kept.at });
    at += length;
  }
  return splices;
}

/** Lines removed and added by accepted changes, of those by all. */
export function shareOfAccepted(pieces: readonly Piece[]): { readonly accepted: number; readonly all: number } {
  const share = { accepted: 0, all: 0 };
  for (const piece of pieces) {
    if (piece.kind !== "hunk") continue;
    const lines = piece.removed.length + piece.added.length;
    share.all += lines;
    if (piece.state === "accepted") share.accepted += lines;
  }
  return share;
}
