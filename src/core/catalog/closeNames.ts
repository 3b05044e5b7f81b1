import { letterPairs, likeness } from "../routing/nearestModelIds.ts";

/** Below, two words are not the same word misspelt. `cluade` and `claude` are at 0.5. */
const LEAST_LIKENESS = 0.45;

/**
 * Finds misspelt names: every word that is typed must be like some word of the name. Answers with places in the list, the
 * likest first.
 */
export function closeNames(names: readonly string[]): (typed: string) => readonly number[] {
  const wordsOfNames = names.map(wordsOf);
  // Names share most of their words, so each word is looked at once.
  const pairsByWord = new Map([...new Set(wordsOfNames.flat())].map((word) => [word, pairsOf(word)]));
  return (typed) => {
    const likenesses = wordsOf(typed).map((wanted) => likenessesTo(pairsOf(wanted), pairsByWord));
    if (likenesses.length === 0) return [];
    return wordsOfNames
      .map((words, place) => ({ place, closeness: closeness(words, likenesses) }))
      .filter((candidate) => candidate.closeness >= LEAST_LIKENESS)
      .toSorted((left, right) => right.closeness - left.closeness)
      .map(({ place }) => place);
  };
}

type Pairs = ReadonlySet<string>;
type LikenessByWord = ReadonlyMap<string, number>;

function likenessesTo(wanted: Pairs, pairsByWord: ReadonlyMap<string, Pairs>): LikenessByWord {
  const found = new Map<string, number>();
  for (const [word, pairs] of pairsByWord) {
    const value = likeness(wanted, pairs);
    if (value >= LEAST_LIKENESS) found.set(word, value);
  }
  return found;
}

/** That of the typed word which fits worst. */
function closeness(words: readonly string[], likenesses: readonly LikenessByWord[]): number {
  return likenesses.reduce((least, byWord) => {
    const best = words.reduce((highest, word) => Math.max(highest, byWord.get(word) ?? 0), 0);
    return Math.min(least, best);
  }, 1);
}

function wordsOf(text: string): readonly string[] {
  return [...new Set(text.toLowerCase().match(/\p{L}+|\p{N}+/gu))];
}

/** The space before it makes a pair of a single letter, too, and lets the first letter count twice. */
function pairsOf(word: string): Pairs {
  return letterPairs(` ${word}`);
}
