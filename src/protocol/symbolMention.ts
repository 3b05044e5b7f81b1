/** A symbol of code as an answer names it; nothing says that it exists. */
export interface SymbolMention {
  readonly name: string;
  /** What it is of, for instance the class of a method; absent where nothing is said. */
  readonly container?: string;
}

export const LONGEST_SYMBOL_MENTION = 120;

/** `parseLine`, `parseLine()`, `ChatSession.open(id)`, `Widget::draw`; arguments without brackets of their own. */
const MENTION =
  /^(?<way>(?:[\p{L}_$][\p{L}\p{M}\p{N}_$]*(?:\.|::|#)){0,4})#?(?<name>[\p{L}_$][\p{L}\p{M}\p{N}_$]*)(?<call>\([^()\n]*\))?$/u;
/** More than a word: in two cases, with an underscore, or with a capital at its beginning. */
const NAME_ONLY = /\p{Ll}.*\p{Lu}|^\p{Lu}.*\p{Ll}|\p{L}_+[\p{L}\p{N}]/u;
/** The object that the code is of, whatever its name. */
const OWN = new Set(["this", "self", "super", "cls"]);

/** Reads a text as the name of something in code. A bare word such as `total` is no name, while `total()` is. */
export function parseSymbolMention(text: string): SymbolMention | undefined {
  if (text.length > LONGEST_SYMBOL_MENTION) return undefined;
  const { way = "", name, call } = MENTION.exec(text)?.groups ?? {};
  if (name === undefined || name.length < 2) return undefined;
  const container = way.split(/\.|::|#/u).findLast((part) => part !== "");
  if (container !== undefined) return OWN.has(container) ? { name } : { name, container };
  return call !== undefined || NAME_ONLY.test(name) ? { name } : undefined;
}
