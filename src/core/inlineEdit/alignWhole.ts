/** A line that stands in both texts. */
export interface LinePair {
  readonly before: number;
  readonly after: number;
}

interface Stretch {
  readonly before: readonly [first: number, end: number];
  readonly after: readonly [first: number, end: number];
}

/** Above this many comparisons a stretch without anchors counts as rewritten. */
const MAX_CELLS = 250_000;

/**
 * Which lines two texts have in common, ascending in both: what is equal at both ends, then lines that stand once in each
 * (the patience diff), and between those the longest common subsequence.
 */
export function alignWhole(before: readonly string[], after: readonly string[]): readonly LinePair[] {
  return alignStretch({ before: [0, before.length], after: [0, after.length] }, before, after);
}

function alignStretch(stretch: Stretch, before: readonly string[], after: readonly string[]): readonly LinePair[] {
  let [b, bEnd] = stretch.before;
  let [a, aEnd] = stretch.after;
  const head: LinePair[] = [];
  const tail: LinePair[] = [];
  for (; b < bEnd && a < aEnd && before[b] === after[a]; b += 1, a += 1) head.push({ before: b, after: a });
  for (; b < bEnd && a < aEnd && before[bEnd - 1] === after[aEnd - 1]; bEnd -= 1, aEnd -= 1)
    tail.unshift({ before: bEnd - 1, after: aEnd - 1 });
  if (b === bEnd || a === aEnd) return [...head, ...tail];
  const inner: Stretch = { before: [b, bEnd], after: [a, aEnd] };
  const anchors = uniqueAnchors(inner, before, after);
  const middle =
    anchors.length === 0 ? commonSubsequence(inner, before, after) : betweenAnchors(inner, anchors, { before, after });
  return [...head, ...middle, ...tail];
}

function betweenAnchors(
  { before: [b, bEnd], after: [a, aEnd] }: Stretch,
  anchors: readonly LinePair[],
  texts: { readonly before: readonly string[]; readonly after: readonly string[] },
): readonly LinePair[] {
  const pairs: LinePair[] = [];
  let from = { before: b, after: a };
  for (const anchor of anchors) {
    const gap: Stretch = { before: [from.before, anchor.before], after: [from.after, anchor.after] };
    pairs.push(...alignStretch(gap, texts.before, texts.after), anchor);
    from = { before: anchor.before + 1, after: anchor.after + 1 };
  }
  const rest: Stretch = { before: [from.before, bEnd], after: [from.after, aEnd] };
  return [...pairs, ...alignStretch(rest, texts.before, texts.after)];
}

function uniqueAnchors(
  { before, after }: Stretch,
  beforeLines: readonly string[],
  afterLines: readonly string[],
): readonly LinePair[] {
  const once = onlyOnce(beforeLines, before);
  const candidates = [...onlyOnce(afterLines, after)].flatMap(([line, place]) => {
    const other = once.get(line);
    return other === undefined ? [] : [{ before: other, after: place }];
  });
  return longestAscending(candidates.toSorted((left, right) => left.after - right.after));
}

function onlyOnce(lines: readonly string[], [first, end]: readonly [number, number]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (let index = first; index < end; index += 1) {
    const line = lines[index] ?? "";
    if (places.has(line)) repeated.add(line);
    else places.set(line, index);
  }
  for (const line of repeated) places.delete(line);
  return places;
}

/** The longest part of the pairs, ascending in `after` already, that ascends in `before` too. */
function longestAscending(pairs: readonly LinePair[]): readonly LinePair[] {
  const previous: (number | undefined)[] = [];
  const lastOfLength: number[] = [];
  for (const [index, { before }] of pairs.entries()) {
    let low = 0;
    let high = lastOfLength.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[lastOfLength[middle] ?? 0]?.before ?? 0) < before) low = middle + 1;
      else high = middle;
    }
    previous.push(lastOfLength[low - 1]);
    lastOfLength[low] = index;
  }
  const chain: LinePair[] = [];
  for (let index = lastOfLength.at(-1); index !== undefined; index = previous[index]) {
    const pair = pairs[index];
    if (pair !== undefined) chain.push(pair);
  }
  return chain.toReversed();
}

function commonSubsequence(
  { before: [b, bEnd], after: [a, aEnd] }: Stretch,
  before: readonly string[],
  after: readonly string[],
): readonly LinePair[] {
  const rows = bEnd - b;
  const columns = aEnd - a;
  if (rows * columns > MAX_CELLS) return [];
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        before[b + row] === after[a + column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const pairs: LinePair[] = [];
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (before[b + row] === after[a + column]) {
      pairs.push({ before: b + row, after: a + column });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}
