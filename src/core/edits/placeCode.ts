import { isElision } from "./elision.ts";
import { longestRising } from "./matchLines.ts";
import { commonIndentation, indentationOf, reindentLines } from "./reindentCode.ts";
import type { LineEdit } from "./textLines.ts";

/** A line of the code and the one line of the document that is the same, or that it rewrites. */
interface Anchor {
  readonly inCode: number;
  readonly inDocument: number;
}

/** Of the lines that say something, at least this share must be in the document already. */
const LEAST_SHARE = 0.2;
/** More pairs of lines than this are not compared word by word. */
const MOST_COMPARED = 1_000_000;
/** A gap of blank lines in the code over so many lines of the document means two pieces of it, not a deletion. */
const SKIPPED_LINES = 4;
/** How far below the last known line the closing line is looked for, besides twice what the code still has. */
const CLOSING_WITHIN = 20;

/**
 * Where in a document a code block of an answer belongs, found by the lines that both have once and in the same order. What
 * the block leaves out (`// ... existing code`) stays. `undefined` when the two have too little in common. A guess: the person
 * sees it as a diff before anything is written.
 */
export function placeCode(document: readonly string[], block: readonly string[]): LineEdit | undefined {
  const trimmed = withoutOuterElisions(block);
  const anchors = findAnchors(document, trimmed);
  const [head] = anchors;
  const tail = anchors.at(-1);
  const telling = trimmed.filter(isTelling).length;
  if (head === undefined || tail === undefined || anchors.length < telling * LEAST_SHARE) return undefined;
  const code = alignIndentation(trimmed, trimmed[head.inCode] ?? "", document[head.inDocument] ?? "");
  const lines = [
    ...code.slice(0, head.inCode),
    ...joinAnchors(document, code, anchors),
    ...code.slice(tail.inCode + 1),
  ];
  return { first: findStart(document, code, head), end: findEnd(document, code, tail), lines };
}

function withoutOuterElisions(block: readonly string[]): readonly string[] {
  const isNothing = (line: string) => line.trim() === "" || isElision(line);
  const first = block.findIndex((line) => !isNothing(line));
  return first === -1 ? [] : block.slice(first, block.findLastIndex((line) => !isNothing(line)) + 1);
}

/** A bracket or a lone word is in many places. */
function isTelling(line: string): boolean {
  return /\w\W*\w\W*\w/u.test(line) && !isElision(line);
}

function findAnchors(document: readonly string[], code: readonly string[]): readonly Anchor[] {
  const inDocument = uniqueLines(document);
  const shared = [...uniqueLines(code)].flatMap(([text, inCode]) => {
    const line = inDocument.get(text);
    return line === undefined ? [] : [{ inCode, inDocument: line }];
  });
  const rewritten = rewrittenHeads(document, code, new Set(shared.map(({ inCode }) => inCode)));
  const all = [...shared, ...rewritten].toSorted((left, right) => left.inCode - right.inCode);
  return longestRising(all.map((anchor) => ({ ...anchor, right: anchor.inDocument })));
}

/** The outermost lines of the code are signatures more often than not: one that changed is found by its words. */
function rewrittenHeads(
  document: readonly string[],
  code: readonly string[],
  known: ReadonlySet<number>,
): readonly Anchor[] {
  const outer = commonIndentation(code).length;
  const heads = code.flatMap((line, inCode) => {
    const isHead = !known.has(inCode) && isTelling(line) && indentationOf(line).length <= outer;
    return isHead ? [{ inCode, words: wordsOf(line) }] : [];
  });
  // Code that has that much new on the outside is no rewording.
  if (heads.length * document.length > MOST_COMPARED) return [];
  const inDocument = document.map((line) => (isTelling(line) ? wordsOf(line) : new Set<string>()));
  return heads.flatMap(({ inCode, words }) => {
    const alike = inDocument.flatMap((others, index) => (areAlike(words, others) ? [index] : []));
    const [only] = alike;
    return alike.length !== 1 || only === undefined ? [] : [{ inCode, inDocument: only }];
  });
}

/** The telling lines that stand once, without their indentation, and where. */
function uniqueLines(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    if (!isTelling(text)) continue;
    if (places.has(text)) repeated.add(text);
    places.set(text, index);
  }
  for (const text of repeated) places.delete(text);
  return places;
}

function alignIndentation(code: readonly string[], inCode: string, inDocument: string): readonly string[] {
  const own = indentationOf(inCode);
  const wanted = indentationOf(inDocument);
  if (wanted.endsWith(own)) return reindentLines(code, "", wanted.slice(own.length));
  return own.endsWith(wanted) ? reindentLines(code, own.slice(wanted.length), "") : code;
}

/** From the first anchor to the last one; between two of them stands the code, or the document's lines where it leaves them out. */
function joinAnchors(
  document: readonly string[],
  code: readonly string[],
  anchors: readonly Anchor[],
): readonly string[] {
  return anchors.flatMap(({ inCode, inDocument }, index) => {
    const next = anchors[index + 1];
    const line = code.slice(inCode, inCode + 1);
    if (next === undefined) return line;
    return [...line, ...fillGap(document.slice(inDocument + 1, next.inDocument), code.slice(inCode + 1, next.inCode))];
  });
}

function fillGap(document: readonly string[], code: readonly string[]): readonly string[] {
  const elision = code.findIndex(isElision);
  if (elision !== -1) {
    // Blank lines beside the mark set it apart; those of the document stay.
    const before = code.slice(0, code.slice(0, elision).findLastIndex((line) => line.trim() !== "") + 1);
    const below = code.slice(elision + 1).filter((line) => !isElision(line));
    const after = below.slice(below.findIndex((line) => line.trim() !== ""));
    return [...before, ...document, ...(after.some((line) => line.trim() !== "") ? after : [])];
  }
  const isSkipped = code.length > 0 && code.every((line) => line.trim() === "");
  return isSkipped && document.filter((line) => line.trim() !== "").length >= SKIPPED_LINES ? document : code;
}

/** Lines above the first anchor that the code rewrites, for instance a signature with one more parameter. */
function findStart(document: readonly string[], code: readonly string[], { inCode, inDocument }: Anchor): number {
  let start = inDocument;
  for (let line = inCode - 1; line >= 0 && start > 0; line -= 1) {
    if (!isAlike(code[line] ?? "", document[start - 1] ?? "")) break;
    start -= 1;
  }
  return start;
}

/** Lines below the last anchor that the code rewrites, up to the document's line that closes what the code closes. */
function findEnd(document: readonly string[], code: readonly string[], { inCode, inDocument }: Anchor): number {
  let end = inDocument + 1;
  let line = inCode + 1;
  while (line < code.length && end < document.length && isAlike(code[line] ?? "", document[end] ?? "")) {
    end += 1;
    line += 1;
  }
  const closing = code.at(-1) ?? "";
  const inside = code.slice(line, -1);
  if (line >= code.length || inside.some((other) => other.trim() !== "" && !isDeeper(other, closing))) return end;
  const closedAt = document.slice(end, end + 2 * inside.length + CLOSING_WITHIN).indexOf(closing);
  return closedAt === -1 ? end : end + closedAt + 1;
}

function isDeeper(line: string, than: string): boolean {
  return indentationOf(line).length > indentationOf(than).length;
}

/** The same but for blanks, or at least half of the words in common. */
function isAlike(left: string, right: string): boolean {
  return left.trim() === right.trim() || areAlike(wordsOf(left), wordsOf(right));
}

function areAlike(words: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  const least = Math.max(words.size, others.size) / 2;
  if (words.size === 0 || others.size === 0 || Math.min(words.size, others.size) < least) return false;
  let shared = 0;
  for (const word of words) if (others.has(word)) shared += 1;
  return shared >= least;
}

function wordsOf(line: string): ReadonlySet<string> {
  return new Set(line.match(/\w+/gu));
}
