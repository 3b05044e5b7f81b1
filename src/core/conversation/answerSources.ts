import { plainMarkdown } from "../text/markdownTable.ts";
import { seenLine } from "../text/unseenCharacters.ts";

/** A page on the web that an answer names as its source. */
export interface AnswerSource {
  /** An http or https address in ASCII, without a user name; see `isSourceAddress`. */
  readonly url: string;
  /** One line without unseen characters; empty where the page was not named. */
  readonly title: string;
}

/** More are not kept: a person reads no more, and a model may send thousands. */
export const MOST_SOURCES = 50;
const LONGEST_ADDRESS = 2_000;
const LONGEST_TITLE = 160;

/**
 * As `URL` writes an address: the host in lower-case ASCII (other scripts as `xn--`), everything else escaped. No user name,
 * which makes `https://your-bank.example@evil.example` look like another place.
 */
const ADDRESS = /^https?:\/\/(?:[a-z0-9_-][a-z0-9._-]*|\[[0-9a-f:.]+\])(?::\d{1,5})?\/[\x21-\x7e]*$/u;

/** Whether it may be shown as a link to be clicked. */
export function isSourceAddress(url: string): boolean {
  return url.length <= LONGEST_ADDRESS && ADDRESS.test(url);
}

/** The list with one more, or the same list where the source is known, is no web address, or is one too many. */
export function withSource(sources: readonly AnswerSource[], { url, title }: AnswerSource): readonly AnswerSource[] {
  if (sources.length >= MOST_SOURCES || !isSourceAddress(url)) return sources;
  if (sources.some((known) => known.url === url)) return sources;
  return [...sources, { url, title: shortTitle(title) }];
}

/** The sources as a list of Markdown, to stand below the answer. Nothing in a title is markup. */
export function sourcesMarkdown(sources: readonly AnswerSource[]): string {
  const lines = sources.map(({ url, title }, place) => `${place + 1}. ${sourceMarkdown(url, title)}`);
  return `Sources:\n\n${lines.join("\n")}`;
}

/** Such an address has no blanks; signs that could end the link are escaped once more. */
function sourceMarkdown(url: string, title: string): string {
  const address = url.replaceAll(/[<>\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return title === "" ? `<${address}>` : `[${plainMarkdown(title)}](<${address}>)`;
}

function shortTitle(title: string): string {
  // What is cut off far behind is not looked at: a title may have megabytes.
  const line = seenLine(title.slice(0, LONGEST_TITLE * 4).toWellFormed());
  if (line.length <= LONGEST_TITLE) return line;
  const short = line.slice(0, LONGEST_TITLE - 1);
  return `${short.isWellFormed() ? short : short.slice(0, -1)}…`;
}
