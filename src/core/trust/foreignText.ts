import { plainMarkdown } from "../text/markdownTable.ts";
import { hiddenPlaces } from "../text/visibleSigns.ts";

/** More of one value or name is not shown. */
const LONGEST_INLINE = 100;
/** More of one file is not shown. */
const MOST_LINES = 60;
const LONGEST_LINE = 300;

/** A stranger's text in a line or a cell: nothing of it is markup, and what nobody sees is named. */
export function foreignText(text: string): string {
  return plainMarkdown(nameHiddenSigns(cut(text, LONGEST_INLINE)));
}

/** The first lines of a stranger's file as they are, with what nobody sees named, in a fence that it cannot close. */
export function foreignBlock(text: string): string {
  const lines = text.split(/\r\n?|\n/u);
  const shown = lines.slice(0, MOST_LINES).map((line) => nameHiddenSigns(cut(line, LONGEST_LINE)));
  if (lines.length > MOST_LINES) shown.push(`… and ${lines.length - MOST_LINES} more lines`);
  const longestRun =
    shown
      .join("\n")
      .match(/`+/gu)
      ?.reduce((most, { length }) => Math.max(most, length), 0) ?? 0;
  const fence = "`".repeat(Math.max(3, longestRun + 1));
  return [`${fence}text`, ...shown, fence].join("\n");
}

/** The text with every hidden sign replaced by its name, for instance `‹U+200B›`. Line ends and tabs stay. */
export function nameHiddenSigns(text: string): string {
  let named = "";
  let last = 0;
  for (const { start, end, sign } of hiddenPlaces(text)) {
    named += `${text.slice(last, start)}‹${sign}›`;
    last = end;
  }
  return named + text.slice(last);
}

/** Never through the middle of a sign. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length).replace(/\p{Surrogate}$/u, "")}…`;
}
