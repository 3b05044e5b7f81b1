/** Control characters, and those that turn the direction of what follows. */
const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** One line of a stranger's text, without what nobody sees; empty where nothing is left. */
export function seenLine(text: string): string {
  return text.replaceAll(UNSEEN, " ").replaceAll(/\s+/gu, " ").trim();
}
