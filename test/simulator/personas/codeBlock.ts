/** A piece of code found in a message. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

const FENCE_PATTERN = /^(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^\n]*\n([\s\S]*?)^\1[ \t]*$/gm;
const TAG_PATTERN = /<(selection|code|selected_code|file|diff|document)\b[^>]*>\n?([\s\S]*?)<\/\1>/g;
const BARE_DIFF_PATTERN = /^(?:diff --git |--- a\/|@@ )/m;

/** Every code block of a text, fenced or tagged, in order; a bare diff counts as one. */
export function codeBlocks(text: string): readonly CodeBlock[] {
  const fenced = [...text.matchAll(FENCE_PATTERN)].map(([, , language = "", code = ""]) => ({ language, code }));
  if (fenced.length > 0) return fenced;
  const tagged = [...text.matchAll(TAG_PATTERN)].map(([, , code = ""]) => ({ language: "", code }));
  if (tagged.length > 0) return tagged;
  const diffStart = text.search(BARE_DIFF_PATTERN);
  return diffStart === -1 ? [] : [{ language: "diff", code: text.slice(diffStart) }];
}

/** The text without its code: the words of the person. */
export function proseOf(text: string): string {
  const prose = text.replace(FENCE_PATTERN, " ").replace(TAG_PATTERN, " ");
  const diffStart = prose.search(BARE_DIFF_PATTERN);
  return (diffStart === -1 ? prose : prose.slice(0, diffStart)).trim();
}

/** Writes code as a fenced block whose fence is longer than any inside. */
export function fence({ language, code }: CodeBlock): string {
  const longest = Math.max(2, ...[...code.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${code.endsWith("\n") ? code : `${code}\n`}${ticks}`;
}
