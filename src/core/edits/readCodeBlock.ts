/** What a streaming answer that should be one fenced code block holds so far. */
export interface CodeBlockReading {
  /** The block's text, `undefined` before the opening fence's line is complete. */
  readonly code: string | undefined;
  readonly isClosed: boolean;
}

const OPENING_FENCE = /^[ \t]*(`{3,}|~{3,})[^\n]*\n/m;

/**
 * Reads the first fenced block of an answer, also while it is still arriving. A closing fence is at least as long as
 * the opening one and stands alone on its line, so that code which holds shorter fences is kept whole.
 */
export function readCodeBlock(answer: string): CodeBlockReading {
  const opening = OPENING_FENCE.exec(answer);
  const fence = opening?.[1];
  if (opening === null || fence === undefined) return { code: undefined, isClosed: false };
  const body = answer.slice(opening.index + opening[0].length);
  const marker = fence.startsWith("~") ? "~" : "`";
  const closing = new RegExp(`^[ \\t]*${marker}{${fence.length},}[ \\t]*$`, "m").exec(body);
  if (closing === null) return { code: withoutPartialFence(body, marker), isClosed: false };
  return { code: body.slice(0, closing.index).replace(/\n$/, ""), isClosed: true };
}

/** A last line of only fence characters may be a closing fence that is still arriving: it is not shown as code. */
function withoutPartialFence(body: string, marker: string): string {
  return body.replace(new RegExp(`\\n?[ \\t]*${marker}{1,}[ \\t]*$`), "");
}
