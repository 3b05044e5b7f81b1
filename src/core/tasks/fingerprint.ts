import { prepareText } from "./prepareText.ts";
import { type Word, splitWords } from "./splitWords.ts";

/** What a prompt is about, as ascending numbers without repetition. No word can be read back from it. */
export type Fingerprint = readonly number[];

/**
 * So few values that some thirty words of a dictionary share each: enough to find similar prompts, too little to tell
 * which word it was.
 */
const VALUES = 4_096;
const MAX_FEATURES = 32;
/** Endings differ between "callback" and "callbacks", "erklären" and "erkläre". */
const STEM_LENGTH = 5;
/** Shorter ones are mostly articles and prepositions. */
const SHORTEST_WORD = 3;

const EMPTY_WORDS: ReadonlySet<string> = new Set(
  `the and this that these those for with from into its please pls can could would you your our are was has have not der
  die das und ein eine einen den dem bitte mir ist les des une est dans pour avec que los las una por con para del это для
  пожалуйста`.split(/\s+/),
);

/** A small set of features of a prompt by which a similar one is recognised, hashed so that it can be stored. */
export function fingerprintOf(text: string): Fingerprint {
  const stems = splitWords(prepareText(text).prose).flatMap(stemsOf);
  const features = new Set(stems.slice(0, MAX_FEATURES).map(hash));
  return [...features].toSorted((left, right) => left - right);
}

/** How alike two prompts are: 0 to 1, the share of features they have in common (Sørensen and Dice). */
export function similarity(left: Fingerprint, right: Fingerprint): number {
  if (left.length === 0 || right.length === 0) return 0;
  const known = new Set(left);
  const common = right.filter((feature) => known.has(feature)).length;
  return (2 * common) / (left.length + right.length);
}

function stemsOf({ text, kind }: Word): readonly string[] {
  if (kind === "symbol") return [];
  if (kind === "characters") return pairsOf(text);
  return text.length < SHORTEST_WORD || EMPTY_WORDS.has(text) ? [] : [text.slice(0, STEM_LENGTH)];
}

function pairsOf(run: string): readonly string[] {
  return run.length === 1 ? [run] : Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2));
}

/** FNV-1a, folded. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return ((value ^ (value >>> 12) ^ (value >>> 24)) >>> 0) % VALUES;
}
