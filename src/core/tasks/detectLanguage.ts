import { FRENCH_MARKERS } from "./lexicon/french.ts";
import { GERMAN_MARKERS } from "./lexicon/german.ts";
import { SPANISH_MARKERS } from "./lexicon/spanish.ts";
import { findPhrase } from "./phraseIndex.ts";
import type { Language, Phrasebook } from "./phrasebook.ts";
import { type Word, normalise } from "./splitWords.ts";

const ENGLISH_MARKERS = `the, a, an, is, are, this, that, to, of, and, in, for, with, my, it, i, you, how, what, why, can, do, does, not, on, from, write, make, add, please, should, all, when, at, or, be`;

type LatinLanguage = "english" | "german" | "french" | "spanish";

interface LanguageSigns {
  readonly language: LatinLanguage;
  readonly words: ReadonlySet<string>;
  /** Letters the others do not have. */
  readonly letters: RegExp;
}

const SIGNS: readonly LanguageSigns[] = [
  { language: "english", words: markers(ENGLISH_MARKERS), letters: /$^/ },
  { language: "german", words: markers(GERMAN_MARKERS), letters: /[äöüß]/i },
  { language: "french", words: markers(FRENCH_MARKERS), letters: /[èêàçœùîû]/i },
  { language: "spanish", words: markers(SPANISH_MARKERS), letters: /[ñ¿¡áíóú]/i },
];

/** The language of a text, by its script and its small words. English when nothing gives it away. */
export function detectLanguage(words: readonly Word[], prose: string, phrasebook: Phrasebook): Language {
  return languageOfScript(words) ?? languageOfMarkers(words, prose, phrasebook);
}

function languageOfScript(words: readonly Word[]): Language | undefined {
  let found: Language | undefined;
  for (const { text, kind } of words) {
    if (kind === "characters") {
      if (/[\u3041-\u30ff]/.test(text)) return "japanese";
      found = "chinese";
    } else if (/[\u0430-\u044f]/.test(text)) found ??= "russian";
  }
  return found;
}

function languageOfMarkers(words: readonly Word[], prose: string, phrasebook: Phrasebook): LatinLanguage {
  const counts = SIGNS.map(({ language, words: known, letters }) => ({
    language,
    count: words.reduce((sum, { text }) => sum + (known.has(text) ? 1 : 0), letters.test(prose) ? 1 : 0),
  }));
  const most = Math.max(...counts.map(({ count }) => count));
  if (most === 0) return familiarLanguage(words, phrasebook);
  const close = counts.filter(({ count }) => count >= most - 1);
  return close.length === 1 ? (close[0]?.language ?? "english") : mostFamiliar(close, words, phrasebook);
}

/** Without any small word: English, unless it knows none of the words and another language does. */
function familiarLanguage(words: readonly Word[], phrasebook: Phrasebook): LatinLanguage {
  const knows = ({ language }: LanguageSigns): boolean => {
    const index = [phrasebook.phrasesOf(language)];
    return words.some((_, at) => findPhrase(index, words, at) !== undefined);
  };
  return SIGNS.find(knows)?.language ?? "english";
}

/** Where small words leave it open, the language whose phrases the text has more of. */
function mostFamiliar(
  candidates: readonly { readonly language: LatinLanguage; readonly count: number }[],
  words: readonly Word[],
  phrasebook: Phrasebook,
): LatinLanguage {
  let best: LatinLanguage = "english";
  let most = -1;
  for (const { language, count } of candidates) {
    const index = [phrasebook.phrasesOf(language)];
    const familiar = count + words.filter((_, at) => findPhrase(index, words, at) !== undefined).length;
    if (familiar > most) [best, most] = [language, familiar];
  }
  return best;
}

function markers(list: string): ReadonlySet<string> {
  return new Set(list.split(",").map((word) => normalise(word.trim())));
}
