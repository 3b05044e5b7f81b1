/** Lines of a document, counted from 0; `end` is the first one behind them. */
export interface LineRange {
  readonly first: number;
  readonly end: number;
}

/** Comparing more lines with each other than this is not worth a hint. */
const MOST_COMPARED = 1_000_000;
/** Of the lines looked for at least this share must be alike, or there is no place to show. */
const LEAST_ALIKE = 0.3;

/** Where a document is most like lines that it does not have: only a hint to look at, never a place to write to. */
export function nearestPlace(document: readonly string[], wanted: readonly string[]): LineRange | undefined {
  if (wanted.length === 0 || document.length * wanted.length > MOST_COMPARED) return undefined;
  const words = wanted.map(wordsOf);
  const inDocument = document.map(wordsOf);
  let best = { first: 0, score: 0 };
  for (let first = 0; first < document.length; first += 1) {
    const score = words.reduce((sum, line, index) => sum + likeness(line, inDocument[first + index]), 0);
    if (score > best.score) best = { first, score };
  }
  const said = words.filter((line) => line.size > 0).length;
  if (best.score < said * LEAST_ALIKE || best.score === 0) return undefined;
  return { first: best.first, end: Math.min(document.length, best.first + wanted.length) };
}

function wordsOf(line: string): ReadonlySet<string> {
  return new Set(line.match(/[\p{L}\p{N}_]+/gu));
}

function likeness(words: ReadonlySet<string>, others: ReadonlySet<string> | undefined): number {
  if (words.size === 0 || others === undefined || others.size === 0) return 0;
  let shared = 0;
  for (const word of words) if (others.has(word)) shared += 1;
  return shared / Math.max(words.size, others.size);
}
