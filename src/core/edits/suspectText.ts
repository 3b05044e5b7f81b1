/** A sign in new text that cannot be seen or that turns the writing around, with its line, counted from 1. */
export interface HiddenSign {
  readonly line: number;
  /** As `U+200B`. */
  readonly sign: string;
}

/** What cannot be seen: signs of no width, of the writing direction, tags, fillers, and variation selectors in a row. */
const HIDDEN =
  /(?![\t\v\f\p{Variation_Selector}])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]|\p{Variation_Selector}{2,}/gu;
/** Where such signs belong: emoji put together, flags, and the joiners of scripts that need them. */
const PROPER =
  /\p{RI}{2}|\u{1F3F4}[\u{E0061}-\u{E007A}]+\u{E007F}|\p{Emoji}(?:\p{EMod}|\uFE0F)?(?:\u200D\p{Emoji}(?:\p{EMod}|\uFE0F)?)+|(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Kannada}\p{Script=Telugu}\p{Script=Gujarati}\p{Script=Sinhala}\p{M}])[\u200C\u200D](?=[\p{L}\p{M}])/gu;
const URL_IN_TEXT = /\b(?:https?|wss?|ftp|file|data|vscode|command):[^\s"'`<>()[\]{}|\\^]+/giu;
/** More than these are not looked through in a dialog. */
const MOST_SHOWN = 50;

/** The hidden signs of a text, in its order. `firstLine`: that of its beginning, counted from 1. */
export function hiddenSigns(text: string, firstLine = 1): readonly HiddenSign[] {
  const found: HiddenSign[] = [];
  for (const [index, line] of text.split(/\r\n?|\n/u).entries()) {
    const suspect = line.replaceAll(PROPER, "");
    for (const [signs] of suspect.matchAll(HIDDEN)) {
      const code = signs.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0") ?? "";
      found.push({ line: firstLine + index, sign: `U+${code}` });
      if (found.length >= MOST_SHOWN) return found;
    }
  }
  return found;
}

/** The addresses in new text that the file does not hold yet, each once. */
export function newAddresses(before: string, news: string): readonly string[] {
  const addresses = (news.match(URL_IN_TEXT) ?? []).map((address) => address.replace(/[.,;:!?]+$/u, ""));
  return [...new Set(addresses)].filter((address) => !before.includes(address)).slice(0, MOST_SHOWN);
}
