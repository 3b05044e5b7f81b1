import { type Phrase, type PhraseIndex, findWord } from "./phraseIndex.ts";

/** Shorter words are too like each other to be guessed from a typing error, and longer ones are no words. */
const SHORTEST_GUESS = 5;
const LONGEST_GUESS = 16;

/** What a mistyped English word was meant to be: with one letter too few, one too many, or two exchanged. */
export function guessWord(index: PhraseIndex, word: string): Phrase | undefined {
  if (word.length < SHORTEST_GUESS || word.length > LONGEST_GUESS || !/^[a-z]+$/.test(word)) return undefined;
  for (const candidate of candidates(word)) {
    const found = findWord(index, candidate);
    if (found !== undefined && !found.concepts.includes("filler")) return found;
  }
  return undefined;
}

/** The first and the last letter stay: they are seldom mistyped, and another ending makes another word. */
function* candidates(word: string): Generator<string> {
  for (let at = 1; at + 1 < word.length; at++) {
    const letter = word[at] ?? "";
    const next = word[at + 1] ?? "";
    yield word.slice(0, at) + next + letter + word.slice(at + 2);
    if (word.length > SHORTEST_GUESS) yield word.slice(0, at) + word.slice(at + 1);
    // A letter that is missing is mostly one of a pair or a vowel.
    for (const missing of [letter, "a", "e", "i", "o", "u"]) yield word.slice(0, at) + missing + word.slice(at);
  }
}
