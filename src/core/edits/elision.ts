const COMMENT_MARK = String.raw`(?://|#|--|/\*|<!--|;|%|\{/\*)`;
const ELISION = new RegExp(
  String.raw`^\s*${COMMENT_MARK}+\s*(?:\.{3}|…|.*\b(?:existing code|rest of (?:the|your)|remains? (?:the same|unchanged)|unchanged)\b)`,
  "iu",
);

/** True for a comment that stands for code which an answer leaves out, such as `// ... existing code ...`. */
export function isElision(line: string): boolean {
  return ELISION.test(line);
}
