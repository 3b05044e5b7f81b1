/** A file as an answer names it. Lines and columns are counted from 1; nothing says that the file exists. */
export interface PathMention {
  /** Relative, with `/`, without `.` and `..`. */
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
}

export const LONGEST_PATH_MENTION = 260;

/** `src/a.ts`, `a.ts:12`, `a.ts:12:5`, `a.ts:12-20`, `a.ts#L12-L20`. */
const MENTION =
  /^(?<path>[^:#]+?)(?::(?<line>\d{1,7})(?::(?<column>\d{1,5})|-(?<end>\d{1,7}))?|#L(?<hashLine>\d{1,7})(?:-L?(?<hashEnd>\d{1,7}))?)?$/u;

/** Letters of any script and what file names of projects are made of; no blanks, which sentences and commands have. */
const PATH_LETTERS = /^[\p{L}\p{M}\p{N}_@$.+~()[\]/-]+$/u;

/**
 * Reads a text as the name of a file inside a folder. A name without a folder needs an extension. Absolute paths, paths that
 * leave their folder and addresses are `undefined`.
 */
export function parsePathMention(text: string): PathMention | undefined {
  if (text.length > LONGEST_PATH_MENTION) return undefined;
  const groups = MENTION.exec(text)?.groups;
  const path = groups?.["path"]?.replaceAll("\\", "/").replace(/^(?:\.\/)+/u, "");
  if (groups === undefined || path === undefined || !isRelativeFile(path)) return undefined;
  const line = positive(groups["line"] ?? groups["hashLine"]);
  const column = positive(groups["column"]);
  const endLine = positive(groups["end"] ?? groups["hashEnd"]);
  return {
    path,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(endLine === undefined || line === undefined || endLine < line ? {} : { endLine }),
  };
}

function isRelativeFile(path: string): boolean {
  if (!PATH_LETTERS.test(path)) return false;
  const names = path.split("/");
  if (names.some((name) => /^\.{0,2}$/u.test(name)) || path.startsWith("~")) return false;
  return names.length > 1 || /^.*[^.]\.\p{L}[\p{L}\p{N}_-]{0,15}$|^\.\p{L}[\p{L}\p{N}_.-]+$/u.test(path);
}

function positive(digits: string | undefined): number | undefined {
  const value = Number(digits ?? 0);
  return value > 0 ? value : undefined;
}
