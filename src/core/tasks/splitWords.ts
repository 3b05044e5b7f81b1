import { SYMBOL } from "./prepareText.ts";

/** What stands before a word. */
export type Break = "none" | "comma" | "colon" | "sentence";

export interface Word {
  /** Lower case, without accents and apostrophes. A run of Chinese or Japanese characters is one word. */
  readonly text: string;
  readonly kind: "letters" | "characters" | "symbol";
  readonly breakBefore: Break;
  /** A question mark follows. */
  readonly isAsked: boolean;
}

/** As many words from the beginning and from the end are looked at. */
const END_WORDS = 80;

const CHARACTERS = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々";
const TOKEN = new RegExp(
  [
    `(?<symbol>${SYMBOL}|(?<![\\w/])[\\w@.~-]{0,60}/[\\w./@*~-]{1,200}|\\b[\\w-]{1,60}\\.[a-z]{1,5}\\b(?!\\.)|\\b[a-z]{1,40}[A-Z]\\w*|\\b[A-Za-z]{1,40}_\\w+)`,
    `(?<characters>[${CHARACTERS}]+)`,
    `(?<letters>@?(?:(?![${CHARACTERS}])[\\p{L}\\p{N}])+(?:['’ʼ](?:(?![${CHARACTERS}])\\p{L})+)*)`,
    `(?<asked>[?？])`,
    `(?<sentence>(?:\\.+(?=\\s|$)|[!;。！；\\n…])+)`,
    `(?<colon>[:：]+)`,
    `(?<comma>[,，、()（）–—]+| - )`,
  ].join("|"),
  "gu",
);
const ACCENTS = /[\u0300-\u036f]/g;
/** Letters before an apostrophe that are a word of their own: l'erreur, j'ai, qu'est. */
const ELISION = /^(?:[cdjlmnst]|qu)['’ʼ]/i;

export function splitWords(prose: string): readonly Word[] {
  const words: Word[] = [];
  let breakBefore: Break = "none";
  const push = (text: string, kind: Word["kind"]): void => {
    words.push({ text, kind, breakBefore, isAsked: false });
    breakBefore = "none";
  };
  for (const { groups = {} } of prose.matchAll(TOKEN)) {
    const { symbol, characters, letters } = groups;
    if (letters !== undefined) for (const part of splitElision(letters)) push(normalise(part), "letters");
    else if (characters !== undefined) push(shorten(characters.normalize("NFKC")), "characters");
    else if (symbol !== undefined) push(symbol, "symbol");
    else {
      breakBefore = widerBreak(breakBefore, groups);
      const last = words.at(-1);
      if (groups["asked"] !== undefined && last !== undefined) words[words.length - 1] = { ...last, isAsked: true };
    }
  }
  return words.length <= 2 * END_WORDS ? words : [...words.slice(0, END_WORDS), ...words.slice(-END_WORDS)];
}

/** Of a very long run of characters, too, only the ends are looked at. */
function shorten(run: string): string {
  return run.length <= 2 * END_WORDS ? run : run.slice(0, END_WORDS) + run.slice(-END_WORDS);
}

/** Lower case, without accents and apostrophes, in one form of Unicode. */
export function normalise(word: string): string {
  // eslint-disable-next-line no-control-regex -- Most words are ASCII and need less.
  if (/^[\x00-\x7f]*$/.test(word)) return word.toLowerCase().replaceAll("'", "");
  return word
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’ʼ]/g, "")
    .replaceAll("ß", "ss");
}

function splitElision(letters: string): readonly string[] {
  const elided = ELISION.exec(letters)?.[0];
  return elided === undefined ? [letters] : [elided.slice(0, -1), ...splitElision(letters.slice(elided.length))];
}

function widerBreak(before: Break, groups: Readonly<Record<string, string | undefined>>): Break {
  if (before === "sentence" || groups["sentence"] !== undefined || groups["asked"] !== undefined) return "sentence";
  if (before === "colon" || groups["colon"] !== undefined) return "colon";
  return "comma";
}
