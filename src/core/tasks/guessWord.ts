import { type Phrase, type PhraseIndex, findWord, outlineOf } from "./phraseIndex.ts";

/** Shorter words are too like each other to be guessed from a typing error, and longer ones are no words. */
const SHORTEST_GUESS = 5;
const LONGEST_GUESS = 16;

/** What a mistyped English word was meant to be: with one letter too few, one too many, or two exchanged. */
export function guessWord(index: PhraseIndex, word: string): Phrase | undefined {
  if (word.length < SHORTEST_GUESS || word.length > LONGEST_GUESS || !/^[a-z]+$/.test(word)) return undefined;
  for (const candidate of candidates(word, lengthsOf(index, word))) {
    const found = findWord(index, candidate);
    if (found !== undefined && !found.concepts.includes("filler")) return found;
  }
  return undefined;
}

/** Which lengths a guess may have: most words are like none of the lexicon, and trying all guesses takes long. */
interface GuessLengths {
  readonly same: boolean;
  readonly shorter: boolean;
  readonly longer: boolean;
}

function lengthsOf({ outlines }: PhraseIndex, word: string): GuessLengths {
  const has = (length: number, last = word.at(-1)) => outlines.has(outlineOf(word.at(0), last, length));
  return {
    // The last two may be exchanged, too.
    same: has(word.length) || has(word.length, word.at(-2)),
    shorter: word.length > SHORTEST_GUESS && has(word.length - 1),
    longer: has(word.length + 1),
  };
}

/** The first and mostly the last letter stay: they are seldom mistyped, and another ending makes another word. */
function* candidates(word: string, { same, shorter, longer }: GuessLengths): Generator<string> {
  if (!same && !shorter && !longer) return;
  for (let at = 1; at + 1 < word.length; at++) {
    const letter = word[at] ?? "";
    const next = word[at + 1] ?? "";
    if (same) yield word.slice(0, at) + next + letter + word.slice(at + 2);
    if (shorter) yield word.slice(0, at) + word.slice(at + 1);
    // A letter that is missing is mostly one of a pair or a vowel.
    if (longer)
      for (const missing of [letter, "a", "e", "i", "o", "u"]) yield word.slice(0, at) + missing + word.slice(at);
  }
}
