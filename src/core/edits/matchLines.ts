/** A line of one text and the same line of another. */
export interface LinePair {
  readonly left: number;
  readonly right: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Texts {
  readonly left: readonly string[];
  readonly right: readonly string[];
}

/** A stretch of both texts. */
interface Stretch {
  readonly left: Span;
  readonly right: Span;
}

/** Comparing more pairs of lines one by one than this is not worth the time: such a stretch is replaced whole. */
const MOST_COMPARED = 1_000_000;

/**
 * Lines that two texts have in common, in the order of both: first what both begin and end with, then by the lines that each
 * has once (patience), then the longest common part of what is left between them.
 */
export function matchLines(left: readonly string[], right: readonly string[]): readonly LinePair[] {
  const all = { left: { from: 0, to: left.length }, right: { from: 0, to: right.length } };
  return matchStretch({ left, right }, all);
}

function matchStretch(texts: Texts, stretch: Stretch): readonly LinePair[] {
  const { left, right } = texts;
  const head: LinePair[] = [];
  const tail: LinePair[] = [];
  let [first, last] = [stretch.left.from, stretch.left.to];
  let [other, otherLast] = [stretch.right.from, stretch.right.to];
  while (first < last && other < otherLast && left[first] === right[other]) {
    head.push({ left: first, right: other });
    first += 1;
    other += 1;
  }
  while (first < last && other < otherLast && left[last - 1] === right[otherLast - 1]) {
    last -= 1;
    otherLast -= 1;
    tail.push({ left: last, right: otherLast });
  }
  const rest = { left: { from: first, to: last }, right: { from: other, to: otherLast } };
  return [...head, ...matchMiddle(texts, rest), ...tail.toReversed()];
}

function matchMiddle(texts: Texts, stretch: Stretch): readonly LinePair[] {
  const { left, right } = stretch;
  if (left.from === left.to || right.from === right.to) return [];
  const anchors = findAnchors(texts, stretch);
  if (anchors.length === 0) return matchByTable(texts, stretch);
  const pairs: LinePair[] = [];
  let [from, fromOther] = [left.from, right.from];
  for (const stop of [...anchors, { left: left.to, right: right.to }]) {
    const between = { left: { from, to: stop.left }, right: { from: fromOther, to: stop.right } };
    pairs.push(...matchStretch(texts, between));
    if (stop.left < left.to) pairs.push(stop);
    [from, fromOther] = [stop.left + 1, stop.right + 1];
  }
  return pairs;
}

/** The lines that each text has once within the stretch, in the order of both. */
function findAnchors(texts: Texts, stretch: Stretch): readonly LinePair[] {
  const inRight = uniquePlaces(texts.right, stretch.right);
  const shared = [...uniquePlaces(texts.left, stretch.left)].flatMap(([text, left]) => {
    const right = inRight.get(text);
    return right === undefined ? [] : [{ left, right }];
  });
  return longestRising(shared.toSorted((one, two) => one.left - two.left));
}

function uniquePlaces(lines: readonly string[], { from, to }: Span): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (let index = from; index < to; index += 1) {
    const text = lines[index] ?? "";
    if (places.has(text)) repeated.add(text);
    places.set(text, index);
  }
  for (const text of repeated) places.delete(text);
  return places;
}

interface Chain<Pair> {
  readonly pair: Pair;
  readonly before: Chain<Pair> | undefined;
}

/** The longest part of pairs, which are in the order of the left text, that is in the order of the right one, too. */
export function longestRising<Pair extends Pick<LinePair, "right">>(pairs: readonly Pair[]): readonly Pair[] {
  const tops: Chain<Pair>[] = [];
  for (const pair of pairs) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tops[middle]?.pair.right ?? Infinity) < pair.right) low = middle + 1;
      else high = middle;
    }
    tops[low] = { pair, before: tops[low - 1] };
  }
  const rising: Pair[] = [];
  for (let chain = tops.at(-1); chain !== undefined; chain = chain.before) rising.push(chain.pair);
  return rising.toReversed();
}

/** The longest common part by comparing each line with each. */
function matchByTable({ left, right }: Texts, { left: inLeft, right: inRight }: Stretch): readonly LinePair[] {
  const rows = inLeft.to - inLeft.from;
  const columns = inRight.to - inRight.from;
  if (rows * columns > MOST_COMPARED) return [];
  const width = columns + 1;
  const isSame = (row: number, column: number) => left[inLeft.from + row] === right[inRight.from + column];
  const longest = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number) => longest[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      longest[row * width + column] = isSame(row, column)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: LinePair[] = [];
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    if (isSame(row, column)) {
      pairs.push({ left: inLeft.from + row, right: inRight.from + column });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}
