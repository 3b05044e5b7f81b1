import assert from "node:assert/strict";
import fc from "fast-check";
import {
  EARLIER_PX,
  GAP_PX,
  guessHeight,
  LAST_ROWS,
  missingBefore,
  type Row,
  rowsNear,
  totalPx,
} from "../../src/webview/chat/rowsNear.ts";

const NOBODY = () => false;

function rowsOf(heights: readonly number[], top: number, bottom: number, kept: readonly number[] = []) {
  const near = { topPx: top, bottomPx: bottom };
  return rowsNear({
    heights,
    earlier: 0,
    near,
    far: near,
    isMounted: NOBODY,
    isKept: (place) => kept.includes(place),
  });
}

function placesOf(rows: readonly Row[]): readonly number[] {
  return rows.flatMap((row) => (row.kind === "message" ? [row.place] : []));
}

/** Without the last messages, which are always there. */
function withoutEnd(rows: readonly Row[], heights: readonly number[]): readonly number[] {
  const places = placesOf(rows);
  assert.equal(places.at(-LAST_ROWS), heights.length - LAST_ROWS);
  return places.slice(0, -LAST_ROWS);
}

/** What the rows take on the screen, with the gap between any two. */
function shownPx(rows: readonly Row[], heights: readonly number[]): number {
  const each = rows.map((row) => (row.kind === "message" ? (heights[row.place] ?? 0) : row.heightPx));
  return each.reduce((all, heightPx) => all + heightPx, 0) + GAP_PX * (rows.length - 1);
}

describe("the rows of a list", () => {
  it("are the messages near what is seen, the last ones, and those that are kept", () => {
    const heights = Array.from({ length: 10 + LAST_ROWS }, () => 100 - GAP_PX);
    assert.deepEqual(withoutEnd(rowsOf(heights, 310, 480), heights), [3, 4]);
    assert.deepEqual(withoutEnd(rowsOf(heights, 310, 480, [0, 7]), heights), [0, 3, 4, 7]);
    assert.deepEqual(placesOf(rowsOf([], 0, 100)), []);
  });

  it("stay between near and far when they are there already, and are not built there", () => {
    const heights = Array.from({ length: 10 + LAST_ROWS }, () => 100 - GAP_PX);
    const request = {
      heights,
      earlier: 0,
      near: { topPx: 510, bottomPx: 580 },
      far: { topPx: 310, bottomPx: 780 },
      isKept: NOBODY,
    };
    assert.deepEqual(withoutEnd(rowsNear({ ...request, isMounted: NOBODY }), heights), [5]);
    assert.deepEqual(withoutEnd(rowsNear({ ...request, isMounted: () => true }), heights), [3, 4, 5, 6, 7]);
  });

  it("take the same room whichever are in the page, in order and each once", () => {
    const list = fc.record({
      heights: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 60 }),
      earlier: fc.nat(2000),
      top: fc.integer({ min: -2000, max: 200_000 }),
      seen: fc.nat(3000),
      kept: fc.array(fc.nat(60)),
    });
    fc.assert(
      fc.property(list, ({ heights, earlier, top, seen, kept }) => {
        const near = { topPx: top, bottomPx: top + seen };
        const isKept = (place: number) => kept.includes(place);
        const rows = rowsNear({ heights, earlier, near, far: near, isMounted: NOBODY, isKept });
        const places = placesOf(rows);
        assert.deepEqual(
          places,
          [...new Set(places)].toSorted((one, other) => one - other),
        );
        const end = heights.map((_, place) => place).slice(-LAST_ROWS);
        assert.deepEqual(places.slice(-LAST_ROWS), end);
        assert.equal(shownPx(rows, heights), totalPx(heights, earlier));
      }),
    );
  });
});

describe("earlier messages", () => {
  it("are asked for when what is held does not reach beyond what is seen, a page at least", () => {
    assert.equal(missingBefore(0, { topPx: -500 }, 50), 0);
    assert.equal(missingBefore(100, { topPx: 100 * EARLIER_PX }, 50), 0);
    assert.equal(missingBefore(100, { topPx: 99 * EARLIER_PX }, 50), 50);
    assert.equal(missingBefore(100, { topPx: 10 * EARLIER_PX }, 50), 90);
    assert.equal(missingBefore(100, { topPx: -5000 }, 50), 100);
    assert.equal(missingBefore(20, { topPx: 0 }, 50), 20);
  });

  it("are guessed the higher, the longer and the narrower they are", () => {
    assert.ok(guessHeight(10_000, 400) > guessHeight(100, 400));
    assert.ok(guessHeight(10_000, 400) > guessHeight(10_000, 900));
    assert.ok(Number.isFinite(guessHeight(10, 0)));
  });
});
