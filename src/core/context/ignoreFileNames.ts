/** Files that say what an assistant is not to be shown, all in the form of a `.gitignore`. What one of them denies, no other gives back. */
export const IGNORE_FILE_NAMES = [
  ".gitignore",
  ".aiexclude",
  ".cursorignore",
  ".cursorindexingignore",
  ".geminiignore",
  ".clineignore",
  ".rooignore",
  ".codeiumignore",
  ".aiignore",
  ".copilotignore",
  ".claudeignore",
  ".kilocodeignore",
  ".continueignore",
  ".waybillignore",
] as const;

type IgnoreFileName = (typeof IGNORE_FILE_NAMES)[number];

const KNOWN: ReadonlySet<string> = new Set(IGNORE_FILE_NAMES);

/** Whether a file of that name holds rules. `ignoresCase`: the disk takes `A` for `a`. */
export function isIgnoreFileName(name: string, ignoresCase: boolean): name is IgnoreFileName {
  return KNOWN.has(ignoresCase ? name.toLowerCase() : name);
}
