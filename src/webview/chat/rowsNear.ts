/** A row of the list: a message by its place, or the room that messages take which are not in the page's tree. */
export type Row =
  | { readonly kind: "message"; readonly place: number }
  | { readonly kind: "space"; readonly before: number; readonly heightPx: number };

/** Between two messages. */
export const GAP_PX = 14;

/** So many messages at the end are always in the page's tree. */
export const LAST_ROWS = 8;

/** What a message takes that only the extension host knows. */
export const EARLIER_PX = 150;

/** A part of the list, in pixels from its top. */
export interface Stretch {
  readonly topPx: number;
  readonly bottomPx: number;
}

export interface RowsRequest {
  /** The height of every message, measured or guessed. */
  readonly heights: readonly number[];
  /** How many messages come before them. */
  readonly earlier: number;
  readonly near: Stretch;
  /** What stands in the page's tree and is in here stays in it, so that small movements build nothing. */
  readonly far: Stretch;
  readonly isMounted: (place: number) => boolean;
  /** The person has something in it that would be lost. */
  readonly isKept: (place: number) => boolean;
}

/**
 * The messages that belong into the page's tree, with the room of all others between them: what reaches into `near`, and of
 * what is there already what reaches into `far`. The last messages are always there: an answer that grows is never built anew, and short chats are whole.
 */
export function rowsNear({ heights, earlier, near, far, isMounted, isKept }: RowsRequest): readonly Row[] {
  const rows: Row[] = [];
  let top = earlier * EARLIER_PX;
  let room = top;
  const flush = (before: number): void => {
    if (room > 0) rows.push({ kind: "space", before, heightPx: Math.max(0, room - GAP_PX) });
    room = 0;
  };
  for (const [place, heightPx] of heights.entries()) {
    const stretch = { topPx: top, bottomPx: top + heightPx };
    const isNear = overlaps(stretch, near) || (isMounted(place) && overlaps(stretch, far));
    if (isNear || isKept(place) || heights.length - place <= LAST_ROWS) {
      flush(place);
      rows.push({ kind: "message", place });
    } else room += heightPx + GAP_PX;
    top += heightPx + GAP_PX;
  }
  return rows;
}

/** Where a message begins, in pixels from the top of the list. */
export function topOf(place: number, heights: readonly number[], earlier: number): number {
  return heights.slice(0, place).reduce((top, heightPx) => top + heightPx + GAP_PX, earlier * EARLIER_PX);
}

/** The height of all messages, from the top of the first to the bottom of the last. */
export function totalPx(heights: readonly number[], earlier: number): number {
  return Math.max(0, topOf(heights.length, heights, earlier) - GAP_PX);
}

/**
 * How many of the earlier messages to ask for, so that the stretch can be filled; 0 while what is held reaches beyond it.
 * The answer may be more than one page.
 */
export function missingBefore(earlier: number, { topPx }: Pick<Stretch, "topPx">, pageLength: number): number {
  const missing = Math.ceil((earlier * EARLIER_PX - topPx) / EARLIER_PX);
  return missing <= 0 ? 0 : Math.min(earlier, Math.max(pageLength, missing));
}

/** What a text of this length probably takes: a good guess keeps the scroll bar from jumping. */
export function guessHeight(characters: number, widthPx: number): number {
  const perLine = Math.max(20, widthPx / CHARACTER_PX);
  return FRAME_PX + Math.ceil(characters / perLine) * LINE_PX;
}

function overlaps(one: Stretch, other: Stretch): boolean {
  return one.bottomPx >= other.topPx && one.topPx <= other.bottomPx;
}

const FRAME_PX = 60;
const LINE_PX = 20;
/** With what line breaks, lists and code leave empty. */
const CHARACTER_PX = 9;
