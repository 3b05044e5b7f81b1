import { guessWord } from "./guessWord.ts";
import type { Concept } from "./lexicon/concept.ts";
import { type Phrase, findInCharacters, findPhrase } from "./phraseIndex.ts";
import type { Language, Phrasebook } from "./phrasebook.ts";
import type { Break, Word } from "./splitWords.ts";

/** A phrase of the text, or a word that no lexicon knows. */
export interface Term {
  /** The word, where it is only one. */
  readonly text: string;
  readonly shown: string | undefined;
  readonly concepts: readonly Concept[];
  readonly wordCount: number;
  readonly breakBefore: Break;
  /** A question mark follows. */
  readonly isAsked: boolean;
}

/** Files that are documentation by their names. */
const DOCS_FILE = /readme|changelog|contributing|\.(?:md|rst|adoc)$/i;

/** In a longer text other words say what is wanted where one is mistyped, and guessing takes the most time. */
const MAX_GUESSED_WORDS = 40;

/**
 * Finds the phrases of a language in a text, and those of English, because developers mix their own language with English
 * terms.
 */
export function findTerms(words: readonly Word[], language: Language, phrasebook: Phrasebook): readonly Term[] {
  const english = phrasebook.phrasesOf("english");
  const own = phrasebook.phrasesOf(language);
  const indexes = own === english ? [english] : [own, english];
  const canGuess = words.length <= MAX_GUESSED_WORDS;
  const terms: Term[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    if (word.kind === "characters")
      terms.push(...findCharacterTerms(word, (run, from) => findInCharacters(own, run, from)));
    else if (word.kind === "symbol") terms.push(symbolTerm(word));
    else {
      const phrase = findPhrase(indexes, words, at) ?? (canGuess ? guessWord(english, word.text) : undefined);
      const last = words[at + (phrase?.wordCount ?? 1) - 1] ?? word;
      terms.push(termOf(phrase, { ...word, isAsked: last.isAsked }));
      at += (phrase?.wordCount ?? 1) - 1;
    }
  }
  return terms;
}

function termOf(phrase: Phrase | undefined, { text, breakBefore, isAsked }: Word): Term {
  if (phrase === undefined) return { text, shown: undefined, concepts: [], wordCount: 1, breakBefore, isAsked };
  const { shown, concepts, wordCount } = phrase;
  return { text: wordCount === 1 ? text : "", shown, concepts, wordCount, breakBefore, isAsked };
}

function symbolTerm({ text, breakBefore, isAsked }: Word): Term {
  const concepts: readonly Concept[] = DOCS_FILE.test(text) ? ["symbol", "docs"] : ["symbol"];
  return { text: "", shown: undefined, concepts, wordCount: 1, breakBefore, isAsked };
}

function findCharacterTerms(
  { text, breakBefore, isAsked }: Word,
  find: (run: string, at: number) => Phrase | undefined,
): readonly Term[] {
  const terms: Term[] = [];
  for (let at = 0; at < text.length;) {
    const phrase = find(text, at);
    at += phrase?.shown.length ?? 1;
    const place = { text: "", kind: "characters", breakBefore: terms.length === 0 ? breakBefore : "none" } as const;
    if (phrase !== undefined) terms.push(termOf(phrase, { ...place, isAsked: isAsked && at >= text.length }));
  }
  return terms;
}
