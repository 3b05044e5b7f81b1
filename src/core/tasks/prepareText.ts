/** What a text shows besides its words. */
interface TextTraits {
  readonly hasCode: boolean;
  readonly hasStackTrace: boolean;
  /** Names an error: `TypeError`, `ERESOLVE`, `TS2345`, `error:`. */
  readonly hasErrorName: boolean;
}

export interface PreparedText extends TextTraits {
  /** The words a person wrote: without code blocks, stack traces and quotations. */
  readonly prose: string;
}

/** Stands in the prose for inline code, a path or a quotation. */
export const SYMBOL = "\uFFFC";

/** Requests say what they want at their beginning or their end; what lies between is never looked at. */
const END_LENGTH = 2_500;

/** As much of the prose from its beginning and from its end: some 150 words each. */
const PROSE_END_LENGTH = 900;

const FENCE = "```";
const STACK_LINE =
  /^\s*(?:at .{1,200}[:(]\d+|File ".{1,200}", line \d+|Traceback \(|Caused by:|\.{3} \d+ more|goroutine \d+|[\^~]+\s*$)/;
const LOG_LINE = /^\s*(?:\d{4}-\d\d-\d\d[T ]|\[?\d\d:\d\d:\d\d|\[?(?:ERROR|WARN|INFO|DEBUG|FATAL|TRACE)\]?[ :])/;
const CODE_LINE =
  /[;{}]\s*$|^\s*(?:[})\]]|<\/?\w|\/\/|#include|(?:import|from|def|class|function|const|let|var|public|private|return|if|for|while|async|export|fn|func|package|using|elif|else|print|try|except|SELECT|@\w+)\b.*(?:[;{(=:]|=>|\bimport\b).*$)|^\s{2,}\S.*[=(.]|^\s*[\w.]+ = |^\s*[\w.]+\([^)]*\)\s*$/;
const DIFF_HUNK = /^@@ -\d+(?:,\d+)? \+\d/m;
const DIFF_LINE = /^(?:[-+ @]|diff --git |index [0-9a-f]{7})/;
/** A line that ends like prose is prose, whatever it begins with. */
const PROSE_LINE =
  /[a-z\u00c0-\uffff][?!.]\s*$|\b(?:the|this|my|and|please|der|die|und|que|les|una)\b.*\b(?:to|is|a|in|of|for|ist|est|es)\b/i;
const ERROR_NAME =
  /\b[A-Z]\w{0,80}(?:Error|Exception)\b|\bE[A-Z]{5,}\b|\bTS\d{4}\b|\bCS\d{4}\b|\berror(?:\[E?\d+\])?:|\bERR_\w+|\bpanic:|\bSIG(?:SEGV|KILL|ABRT)\b|\bFATAL\b/;
const QUOTATION =
  /"[^"\n]{1,300}"|“[^”\n]{1,300}”|„[^“”\n]{1,300}[“”]|«[^»\n]{1,300}»|「[^」\n]{1,300}」|(?<=^|[\s(,])'[^'\n]{2,200}'(?=$|[\s).,;:?!])/g;
const INLINE_CODE = /`[^`\n]{1,300}`/g;

/** Separates what a person says from what they show. Takes the same time for any length. */
export function prepareText(text: string): PreparedText {
  const whole = text.length <= 2 * END_LENGTH;
  const parts = whole ? [text] : [text.slice(0, END_LENGTH), dropOpenFence(text.slice(-END_LENGTH))];
  const raw = parts.join("\n");
  const hasFence = raw.includes(FENCE);
  const isDiff = DIFF_HUNK.test(raw);
  const lines = (hasFence ? parts.map(dropFences).join("\n") : raw).split("\n");
  const isSingle = lines.length === 1;
  const kept: string[] = [];
  let hasStackTrace = false;
  let hasCode = hasFence;
  for (const line of lines) {
    if (isSingle) kept.push(line);
    else if (isDiff && DIFF_LINE.test(line)) hasCode = true;
    else if (STACK_LINE.test(line)) hasStackTrace = true;
    else if (LOG_LINE.test(line) || line.startsWith(">")) continue;
    else if (CODE_LINE.test(line) && !PROSE_LINE.test(line)) hasCode = true;
    else kept.push(line);
  }
  const prose = keepEnds(kept.join("\n")).replace(INLINE_CODE, ` ${SYMBOL} `).replace(QUOTATION, ` ${SYMBOL} `);
  return { prose, hasCode, hasStackTrace, hasErrorName: ERROR_NAME.test(raw) };
}

function keepEnds(prose: string): string {
  if (prose.length <= 2 * PROSE_END_LENGTH) return prose;
  return `${prose.slice(0, PROSE_END_LENGTH)}\n${prose.slice(-PROSE_END_LENGTH)}`;
}

function dropFences(text: string): string {
  return text
    .split(FENCE)
    .filter((_, index) => index % 2 === 0)
    .join("\n");
}

/** What was cut off in the middle of a code block begins inside it. */
function dropOpenFence(text: string): string {
  const parts = text.split(FENCE);
  return parts.length % 2 === 0 ? parts.slice(1).join(FENCE) : text;
}
