import { hiddenPlaces } from "../text/visibleSigns.ts";

/** A sign in new text that cannot be seen or that turns the writing around, with its line, counted from 1. */
export interface HiddenSign {
  readonly line: number;
  /** As `U+200B`. */
  readonly sign: string;
}

const URL_IN_TEXT = /\b(?:https?|wss?|ftp|file|data|vscode|command):[^\s"'`<>()[\]{}|\\^]+/giu;
/** More than these are not looked through in a dialog. */
const MOST_SHOWN = 50;

/** The hidden signs of a text, in its order. `firstLine`: that of its beginning, counted from 1. */
export function hiddenSigns(text: string, firstLine = 1): readonly HiddenSign[] {
  const found: HiddenSign[] = [];
  for (const [index, line] of text.split(/\r\n?|\n/u).entries()) {
    for (const { sign } of hiddenPlaces(line)) {
      found.push({ line: firstLine + index, sign });
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
