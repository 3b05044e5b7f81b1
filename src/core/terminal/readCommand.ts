import { readCodeBlock } from "../edits/readCodeBlock.ts";

/**
 * The command of an answer, in one line, so that nothing of it runs before the person presses Enter; `undefined` where there is
 * none, or where it cannot be one line.
 */
export function readCommand(answer: string): string | undefined {
  const { code } = readCodeBlock(answer);
  const text = (code ?? bare(answer)).replaceAll(/\r\n?/g, "\n").replaceAll(/[\\`^][ \t]*\n\s*/g, " ");
  // What follows a here-document's first line is its text.
  if (/<<-?\s*["']?\w/.test(text)) return undefined;
  const lines = text
    .split("\n")
    .map((line) => line.trim().replace(/^[$>%] (?=\S)/, ""))
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.length === 0 || lines.slice(0, -1).some((line) => /(?:\b(?:do|then|else)|[{(|&])$/.test(line)))
    return undefined;
  return lines.join(" && ");
}

/** Without a block, the answer itself where it is one line; inline code may be around it. */
function bare(answer: string): string {
  const text = answer.trim();
  const [, inline] = /^`([^`\n]+)`$/.exec(text) ?? [];
  return inline ?? (text.includes("\n") ? "" : text);
}
