import { CHINESE } from "./lexicon/chinese.ts";
import type { Lexicon } from "./lexicon/concept.ts";
import { ENGLISH } from "./lexicon/english.ts";
import { FRENCH } from "./lexicon/french.ts";
import { GERMAN } from "./lexicon/german.ts";
import { JAPANESE } from "./lexicon/japanese.ts";
import { RUSSIAN } from "./lexicon/russian.ts";
import { SPANISH } from "./lexicon/spanish.ts";
import { type PhraseIndex, indexPhrases } from "./phraseIndex.ts";

export type Language = "english" | "german" | "french" | "spanish" | "chinese" | "japanese" | "russian";

const LEXICONS: Readonly<Record<Language, Lexicon>> = {
  english: ENGLISH,
  german: GERMAN,
  french: FRENCH,
  spanish: SPANISH,
  chinese: CHINESE,
  japanese: JAPANESE,
  russian: RUSSIAN,
};

/** The phrases of all languages. Keep one: making an index takes milliseconds, so each is made with its first use. */
export class Phrasebook {
  /** Always the same for a language. */
  readonly #indexes = new Map<Language, PhraseIndex>();

  phrasesOf(language: Language): PhraseIndex {
    const known = this.#indexes.get(language);
    if (known !== undefined) return known;
    const index = indexPhrases(LEXICONS[language]);
    this.#indexes.set(language, index);
    return index;
  }
}
