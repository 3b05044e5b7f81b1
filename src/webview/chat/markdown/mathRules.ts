import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

/**
 * Math is shown as its source in monospaced letters: nothing is typeset, and no underscore or backslash of it is taken for
 * Markdown. `$…$`, `$$…$$` and `\(…\)` stand in a line; lines that begin with `$$` or `\[` are blocks. A block ends with its
 * closing line or with the first blank one, so that each line alone decides and the text can be rendered while it streams.
 */
export function addMathRules(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "math", readInlineMath);
  markdown.block.ruler.before("fence", "math", readMathBlock, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
  const { escapeHtml } = markdown.utils;
  markdown.renderer.rules["math_inline"] = (tokens, index) =>
    `<code class="math">${escapeHtml(tokens[index]?.content ?? "")}</code>`;
  markdown.renderer.rules["math_block"] = (tokens, index) =>
    `<pre class="math"><code>${escapeHtml(tokens[index]?.content ?? "")}</code></pre>\n`;
}

const LONGEST_INLINE = 1000;
const IN_DOUBLE_DOLLARS = new RegExp(`^\\$\\$(?!\\$)((?:\\\\[^]|[^\\\\$]){1,${LONGEST_INLINE}})\\$\\$(?!\\$)`, "u");
const IN_DOLLARS = new RegExp(`^\\$(?![\\s$])((?:\\\\[^]|[^\\\\$]){1,${LONGEST_INLINE}})\\$(?![\\w$])`, "u");
const IN_PARENTHESES = new RegExp(`^\\\\\\(((?:[^\\\\]|\\\\(?!\\))){1,${LONGEST_INLINE}})\\\\\\)`, "u");

function readInlineMath(state: StateInline, silent: boolean): boolean {
  const found = inlineMathAt(state.src, state.pos);
  if (found === undefined || state.pos + found.length > state.posMax) return false;
  if (!silent) state.push("math_inline", "code", 0).content = found.content;
  state.pos += found.length;
  return true;
}

function inlineMathAt(text: string, at: number): { content: string; length: number } | undefined {
  const first = text[at];
  if (first !== "$" && !text.startsWith("\\(", at)) return undefined;
  // With its delimiters, and what tells that it ends there.
  const near = text.slice(at, at + LONGEST_INLINE + 6);
  if (first === "\\") return matchOf(IN_PARENTHESES, near);
  const doubled = matchOf(IN_DOUBLE_DOLLARS, near);
  if (doubled !== undefined) return doubled;
  // `US$5` is a price, and `a$b` a name.
  if (/[\w$]/u.test(text[at - 1] ?? "")) return undefined;
  const single = matchOf(IN_DOLLARS, near);
  return single === undefined || /\s$/u.test(single.raw) || isPrice(single.raw) ? undefined : single;
}

function matchOf(pattern: RegExp, text: string) {
  const match = pattern.exec(text);
  const raw = match?.[1] ?? "";
  return match === null || raw.trim() === "" ? undefined : { raw, content: raw.trim(), length: match[0].length };
}

/** `$5, or 3$` begins with a figure and has no sign of a formula. */
function isPrice(content: string): boolean {
  return /^\d/u.test(content) && /\s/u.test(content) && !/[\\^_=+*<>{}]/u.test(content);
}

function readMathBlock(state: StateBlock, ...[startLine, endLine, silent]: [number, number, boolean]): boolean {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const opening = openingOf(lineOf(state, startLine));
  if (opening === undefined) return false;
  if (silent) return true;
  const lines = opening.content === "" ? [] : [opening.content];
  const line = opening.isClosed
    ? startLine + 1
    : readRest(state, { startLine, endLine, closing: opening.closing, lines });
  const token = state.push("math_block", "code", 0);
  token.block = true;
  token.content = lines.join("\n");
  token.map = [startLine, line];
  state.line = line;
  return true;
}

interface MathOpening {
  readonly content: string;
  readonly closing: string;
  readonly isClosed: boolean;
}

/** A line of its own, whole or the first of several; a line with words around the math is left to the paragraph. */
function openingOf(line: string): MathOpening | undefined {
  const whole = /^\$\$(?!\$)((?:(?!\$\$).)+)\$\$$|^\\\[((?:(?!\\\]).)+)\\\]$/u.exec(line);
  const content = (whole?.[1] ?? whole?.[2] ?? "").trim();
  if (content !== "") return { content, closing: "", isClosed: true };
  if (line === "\\[") return { content: "", closing: "\\]", isClosed: false };
  if (line === "$$") return { content: "", closing: "$$", isClosed: false };
  const begun = /^\$\$(\\(?:(?!\$\$).)*)$/u.exec(line)?.[1];
  return begun === undefined ? undefined : { content: begun, closing: "$$", isClosed: false };
}

interface MathRest {
  readonly startLine: number;
  readonly endLine: number;
  readonly closing: string;
  /** What is read is added here. */
  readonly lines: string[];
}

/** The number of the line after the block. */
function readRest(state: StateBlock, { startLine, endLine, closing, lines }: MathRest): number {
  for (let line = startLine + 1; line < endLine; line += 1) {
    if (state.isEmpty(line) || (state.sCount[line] ?? 0) < state.blkIndent) return line;
    const text = lineOf(state, line);
    if (!text.endsWith(closing)) {
      lines.push(text);
      continue;
    }
    const before = text.slice(0, -closing.length).trimEnd();
    if (before !== "") lines.push(before);
    return line + 1;
  }
  return endLine;
}

function lineOf(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
}
