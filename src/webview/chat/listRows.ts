import type { MessageView } from "../../protocol/chatMessages.ts";
import { PAGE_LENGTH } from "../../protocol/pagingMessages.ts";
import { keysInUse } from "./keysInUse.ts";
import { guessHeight, missingBefore, type Row, rowsNear, type Stretch, topOf, totalPx } from "./rowsNear.ts";

/** What the list was given. */
export interface Listed {
  readonly messages: readonly MessageView[];
  /** How many come before them. */
  readonly earlier: number;
  /** The end is kept in view. */
  readonly isFollowing: boolean;
}

/** Which messages of the list are in the page's tree. Remembers how high messages were, and what the person touched. */
export class ListRows {
  /** By key, in pixels. */
  private readonly heights = new Map<string, number>();
  /** The last messages that were clicked into: what was unfolded or typed there would be lost. */
  private touched: readonly string[] = [];
  /** Where the list was scrolled to, in pixels. */
  private view = { topPx: 0, heightPx: window.innerHeight, widthPx: window.innerWidth };
  /** The keys of the messages that were rendered last. */
  private mounted: ReadonlySet<string> = new Set();
  /** A message that is seen, and where it was taken to begin: guesses about what is above it move it without being scrolled. */
  private anchor: { readonly key: string; readonly topPx: number } | undefined;
  rows: readonly Row[] = [];

  /** Another chat is shown. */
  forget(): void {
    this.heights.clear();
    this.touched = [];
    this.anchor = undefined;
  }

  touch(key: string): void {
    this.touched = [key, ...this.touched.filter((other) => other !== key)].slice(0, MOST_TOUCHED);
  }

  /** Reads where the list is scrolled to and how high its messages are. To be called while the page's layout is known. */
  measure(scroller: HTMLElement): void {
    this.anchor = undefined;
    this.view = { topPx: scroller.scrollTop, heightPx: scroller.clientHeight, widthPx: scroller.clientWidth };
    for (const row of scroller.querySelectorAll("[data-key]")) {
      // A view that is hidden has no heights.
      if (row instanceof HTMLElement && row.offsetHeight > 0 && row.dataset["key"] !== undefined) {
        this.heights.set(row.dataset["key"], row.offsetHeight);
      }
    }
  }

  /** Chooses the rows anew; `true` when they are others. */
  choose(listed: Listed, root: ShadowRoot | undefined): boolean {
    const { messages, earlier } = listed;
    const heights = this.heightsOf(listed);
    const keys = messages.map((message, place) => keyOf(message, earlier + place));
    this.holdPlace(keys, heights, earlier);
    const near = this.around(heights, listed, 1);
    const kept = keptPlaces(keys, this.touched, root);
    const rows = rowsNear({
      heights,
      earlier,
      near,
      far: this.around(heights, listed, 2),
      isMounted: (place) => this.mounted.has(keys[place] ?? ""),
      isKept: (place) => kept(place),
    });
    const isOther = !isSame(rows, this.rows);
    this.rows = rows;
    this.mounted = new Set(rows.flatMap((row) => (row.kind === "message" ? (keys[row.place] ?? []) : [])));
    this.anchor = this.anchorOf(keys, heights, earlier);
    return isOther;
  }

  /** How many of the earlier messages are wanted soon. */
  missing(listed: Listed): number {
    const { earlier } = listed;
    const around = this.around(this.heightsOf(listed), listed, 2);
    return missingBefore(earlier, around, PAGE_LENGTH);
  }

  /** Before which place nothing need be held any more; 0 where that would save little. */
  leftBefore({ messages, isFollowing }: Listed): number {
    if (!isFollowing) return 0;
    const first = this.rows.find((row) => row.kind === "message")?.place ?? 0;
    return first > 2 * PAGE_LENGTH ? Math.min(first, messages.length) - PAGE_LENGTH : 0;
  }

  private heightsOf({ messages, earlier }: Listed): readonly number[] {
    return messages.map(
      (message, place) =>
        this.heights.get(keyOf(message, earlier + place)) ?? guessHeight(message.text.length, this.view.widthPx),
    );
  }

  /** The browser keeps what is seen where it is, and scrolls by as much as what is above it has grown. */
  private holdPlace(keys: readonly string[], heights: readonly number[], earlier: number): void {
    const place = this.anchor === undefined ? -1 : keys.indexOf(this.anchor.key);
    if (this.anchor === undefined || place === -1) return;
    const movedPx = topOf(place, heights, earlier) - this.anchor.topPx;
    this.view = { ...this.view, topPx: this.view.topPx + movedPx };
  }

  private anchorOf(keys: readonly string[], heights: readonly number[], earlier: number) {
    const { topPx, heightPx } = this.view;
    for (const row of this.rows) {
      if (row.kind === "space") continue;
      const rowTopPx = topOf(row.place, heights, earlier);
      const isSeen = rowTopPx + (heights[row.place] ?? 0) > topPx && rowTopPx < topPx + heightPx;
      const key = keys[row.place];
      if (isSeen && key !== undefined) return { key, topPx: rowTopPx };
    }
    return undefined;
  }

  /** What is seen, with so many times its height above and below. */
  private around(heights: readonly number[], { earlier, isFollowing }: Listed, times: number): Stretch {
    const { heightPx } = this.view;
    const topPx = isFollowing ? totalPx(heights, earlier) - heightPx : this.view.topPx;
    return { topPx: topPx - times * heightPx, bottomPx: topPx + (1 + times) * heightPx };
  }
}

/** Versions of a message take each other's place, so that the focus stays on the walker between them. */
export function keyOf({ id, parentId }: MessageView, place: number): string {
  if (parentId !== undefined) return `after ${parentId}`;
  return place === 0 ? "first" : id;
}

function keptPlaces(keys: readonly string[], touched: readonly string[], root: ShadowRoot | undefined) {
  const { focused, selected } = root === undefined ? { focused: undefined, selected: [] } : keysInUse(root);
  const ends = selected.map((key) => keys.indexOf(key)).filter((place) => place !== -1);
  const from = Math.min(...ends);
  const to = Math.max(...ends);
  const single = new Set([focused, ...touched]);
  return (place: number): boolean => (place >= from && place <= to) || single.has(keys[place]);
}

function isSame(rows: readonly Row[], others: readonly Row[]): boolean {
  return rows.length === others.length && rows.every((row, index) => isSameRow(row, others[index]));
}

function isSameRow(row: Row, other: Row | undefined): boolean {
  if (row.kind === "message") return other?.kind === "message" && row.place === other.place;
  return other?.kind === "space" && row.before === other.before && row.heightPx === other.heightPx;
}

const MOST_TOUCHED = 8;
