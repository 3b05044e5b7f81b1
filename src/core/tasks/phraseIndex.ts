import { CONCEPTS, type Concept, type Lexicon } from "./lexicon/concept.ts";
import { type Word, normalise } from "./splitWords.ts";

/** A word or phrase of a lexicon. */
export interface Phrase {
  /** As the lexicon has it, for people. */
  readonly shown: string;
  readonly concepts: readonly Concept[];
  readonly wordCount: number;
}

interface IndexedPhrase extends Phrase {
  readonly concepts: Concept[];
  readonly words: readonly string[];
}

/** Finds the phrases of a lexicon in a text, in time that does not depend on the size of the lexicon. */
export interface PhraseIndex {
  /** Phrases by their first word, the longest first. */
  readonly byWord: ReadonlyMap<string, readonly IndexedPhrase[]>;
  /** Phrases whose first word has any ending, by its beginning. */
  readonly byStem: ReadonlyMap<string, readonly IndexedPhrase[]>;
  readonly longestStem: number;
  /** The outlines (see `outlineOf`) of all phrases of one word without ending: what has another is none of them. */
  readonly outlines: ReadonlySet<string>;
}

const SHORTEST_STEM = 2;
const LONGEST_CHARACTER_PHRASE = 12;

export function indexPhrases(lexicon: Lexicon): PhraseIndex {
  const byWord = new Map<string, IndexedPhrase[]>();
  const byStem = new Map<string, IndexedPhrase[]>();
  for (const phrase of listPhrases(lexicon)) {
    const first = phrase.words[0] ?? "";
    if (first.endsWith("*")) insert(byStem, first.slice(0, -1), phrase);
    else insert(byWord, first, phrase);
  }
  const longestStem = Math.max(0, ...[...byStem.keys()].map(({ length }) => length));
  const outlines = new Set([...byWord.keys()].map((word) => outlineOf(word.at(0), word.at(-1), word.length)));
  return { byWord, byStem, longestStem, outlines };
}

/** What words have in common that differ in their middle only. */
export function outlineOf(first: string | undefined, last: string | undefined, length: number): string {
  return `${first}${last}${length}`;
}

function listPhrases(lexicon: Lexicon): Iterable<IndexedPhrase> {
  const phrases = new Map<string, IndexedPhrase>();
  for (const concept of CONCEPTS) {
    const list = lexicon[concept];
    if (list === undefined) continue;
    // Normalising the list as a whole takes a fraction of the time.
    const keys = normalise(list).split(",");
    for (const [index, listed] of list.split(",").entries()) {
      const key = (keys[index] ?? "").trim();
      const known = phrases.get(key);
      if (known === undefined) {
        const words = key.split(" ");
        phrases.set(key, { shown: listed.trim(), concepts: [concept], words, wordCount: words.length });
      } else if (!known.concepts.includes(concept)) known.concepts.push(concept);
    }
  }
  return phrases.values();
}

function insert(map: Map<string, IndexedPhrase[]>, key: string, phrase: IndexedPhrase): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [phrase]);
  else list.splice(list.findIndex(({ wordCount }) => wordCount <= phrase.wordCount) >>> 0, 0, phrase);
}

/** The longest phrase that begins at a word; of equally long ones that of the first lexicon. */
export function findPhrase(indexes: readonly PhraseIndex[], words: readonly Word[], at: number): Phrase | undefined {
  let best: Phrase | undefined;
  for (const index of indexes) {
    const found = findInIndex(index, words, at);
    if (found !== undefined && found.wordCount > (best?.wordCount ?? 0)) best = found;
  }
  return best;
}

function findInIndex(index: PhraseIndex, words: readonly Word[], at: number): Phrase | undefined {
  const word = words[at]?.text ?? "";
  let best = firstMatch(index.byWord.get(word), words, at);
  for (let length = Math.min(word.length, index.longestStem); length >= SHORTEST_STEM; length--) {
    const found = firstMatch(index.byStem.get(word.slice(0, length)), words, at);
    if (found !== undefined && found.wordCount > (best?.wordCount ?? 0)) best = found;
  }
  return best;
}

function firstMatch(
  phrases: readonly IndexedPhrase[] | undefined,
  words: readonly Word[],
  at: number,
): IndexedPhrase | undefined {
  return phrases?.find(({ words: patterns }) =>
    patterns.every((pattern, offset) => offset === 0 || fits(pattern, words[at + offset])),
  );
}

function fits(pattern: string, word: Word | undefined): boolean {
  if (word === undefined || word.breakBefore !== "none") return false;
  return pattern.endsWith("*") ? word.text.startsWith(pattern.slice(0, -1)) : pattern === word.text;
}

/** A phrase of one word, as it is. */
export function findWord(index: PhraseIndex, word: string): Phrase | undefined {
  return index.byWord.get(word)?.find(({ wordCount }) => wordCount === 1);
}

/** Finds the phrase that begins at a place in a run of characters without spaces, the longest there. */
export function findInCharacters(index: PhraseIndex, run: string, at: number): Phrase | undefined {
  for (let length = Math.min(LONGEST_CHARACTER_PHRASE, run.length - at); length > 0; length--) {
    const found = findWord(index, run.slice(at, at + length));
    if (found !== undefined) return found;
  }
  return undefined;
}
