import { withoutSlashCommand } from "../tasks/slashCommand.ts";
import { seenLine } from "../text/unseenCharacters.ts";

const LONGEST_TITLE = 60;
/** Nobody's title is further down in an answer. */
const LOOKED_AT = 1_000;

const MARKUP_BEFORE = /^(?:[\s#>*_`~-]|\d+\.\s|(?:title|titel|titre|título)\s*:)+/iu;
const QUOTES_AROUND = /^["'“”„‟‘’‚«»‹›「」『』`*_\s]+|["'“”„‟‘’‚«»‹›「」『』`*_\s]+$/gu;

/** One line of at most 60 characters without quotes around it, of whatever a model or a person wrote; empty where nothing is left. */
export function titleFrom(text: string): string {
  const lines = text
    .slice(0, LOOKED_AT)
    .toWellFormed()
    .split(/\r\n|[\n\r\u2028\u2029]/u);
  const titles = lines.map((line) => bareLine(line));
  return cut(titles.find((title) => title !== "") ?? "");
}

/** What a chat is called where nobody gave it a title: how its first question begins. */
export function titleFromQuestion(question: string): string {
  return titleFrom(withoutSlashCommand(question));
}

function bareLine(line: string): string {
  const seen = seenLine(line);
  // A fence has no words.
  if (/^(?:```|~~~)/.test(seen)) return "";
  const bare = seen.replace(MARKUP_BEFORE, "").replaceAll(QUOTES_AROUND, "");
  return bare.endsWith("..") ? bare : bare.replace(/[.。]$/u, "").replaceAll(QUOTES_AROUND, "");
}

function cut(title: string): string {
  if (title.length <= LONGEST_TITLE) return title;
  const short = title.slice(0, LONGEST_TITLE - 1);
  const lastSpace = short.lastIndexOf(" ");
  const atWord = lastSpace > LONGEST_TITLE / 2 ? short.slice(0, lastSpace) : withoutHalf(short);
  return `${atWord.replace(/[\s,;:]+$/u, "")}…`;
}

/** The cut may have gone through a character of two units. */
function withoutHalf(text: string): string {
  return text.isWellFormed() ? text : text.slice(0, -1);
}
