import { ignorePattern } from "./ignorePattern.ts";

/** A file of rules, as `.gitignore` is one. */
export interface IgnoreFile {
  /** Relative to the folder that all paths are relative to, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Whether the disk takes `A` for `a`. */
interface Disk {
  readonly ignoresCase: boolean;
}

interface IgnoreRule {
  readonly matches: (path: readonly string[]) => boolean;
  readonly isNegated: boolean;
  readonly foldersOnly: boolean;
}

/** Longer ones are left out: a pattern is typed by a person. */
const LONGEST_PATTERN = 500;

/**
 * The file of rules that ignores a path; `undefined` where none does. Files of one name work together as git's do (git's
 * documentation, gitignore(5)): an inner one may take back what an outer one ignores. Files of different names only add to each
 * other. Paths are relative, with `/`.
 */
export function ignoredBy(files: readonly IgnoreFile[], disk: Disk): (path: string) => string | undefined {
  const byName = [...Map.groupBy(files, ({ path }) => fold(nameOf(path), disk)).values()];
  const rules = byName.map((group) => ignoredByName(group, disk));
  return (path) => {
    for (const rule of rules) {
      const file = rule(path);
      if (file !== undefined) return file;
    }
    return undefined;
  };
}

function ignoredByName(files: readonly IgnoreFile[], disk: Disk): (path: string) => string | undefined {
  const rulesOf: RuleTable = new Map(
    files.map(({ path, text }) => [fold(parentOf(path), disk), { path, rules: readRules(text, disk) }]),
  );
  const folders = new Map<string, string | undefined>();
  const folderIgnoredBy = (folder: string): string | undefined => {
    if (folder === "") return undefined;
    if (folders.has(folder)) return folders.get(folder);
    // What is in an ignored folder cannot be taken back in.
    const file = folderIgnoredBy(parentOf(folder)) ?? matched(rulesOf, { path: folder, isFolder: true }, disk);
    folders.set(folder, file);
    return file;
  };
  return (path) => folderIgnoredBy(parentOf(path)) ?? matched(rulesOf, { path, isFolder: false }, disk);
}

/**
 * Folders of a `.gitignore` that are ignored with all that is in them, as globs, so that a search need not look into them. Only
 * the plain ones, and none where the file takes anything back in.
 */
export function ignoredFolders(text: string): readonly string[] {
  const rules = text.split(/\r?\n/).map((line) => line.trim());
  if (rules.some((rule) => rule.startsWith("!"))) return [];
  return rules.flatMap((rule) => {
    const [, isAnchored, name] = /^(?<anchor>\/?)(?<name>[\w.-]+)\/?$/.exec(rule) ?? [];
    if (name === undefined) return [];
    return isAnchored === "" ? [`**/${name}/**`] : [`${name}/**`];
  });
}

/** By folder. */
type RuleTable = ReadonlyMap<string, { readonly path: string; readonly rules: readonly IgnoreRule[] }>;

/** The last rule that matches decides, and those of inner folders come after those of outer ones. */
function matched(
  rulesOf: RuleTable,
  { path, isFolder }: { readonly path: string; readonly isFolder: boolean },
  disk: Disk,
): string | undefined {
  for (let folder = parentOf(path); ; folder = parentOf(folder)) {
    const file = rulesOf.get(fold(folder, disk));
    const inside = file === undefined ? [] : path.slice(folder === "" ? 0 : folder.length + 1).split("/");
    const rule = file?.rules.findLast(({ matches, foldersOnly }) => (isFolder || !foldersOnly) && matches(inside));
    if (rule !== undefined) return rule.isNegated ? undefined : file?.path;
    if (folder === "") return undefined;
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function fold(path: string, { ignoresCase }: Disk): string {
  return ignoresCase ? path.toLowerCase() : path;
}

function readRules(text: string, disk: Disk): readonly IgnoreRule[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap((line) => readRule(line, disk));
}

function readRule(line: string, { ignoresCase }: Disk): readonly IgnoreRule[] {
  const trimmed = line.replace(/(?<!\\) +$/, "");
  if (trimmed === "" || trimmed.startsWith("#") || trimmed.length > LONGEST_PATTERN) return [];
  const isNegated = trimmed.startsWith("!");
  const whole = isNegated ? trimmed.slice(1) : trimmed;
  const foldersOnly = whole.endsWith("/");
  const glob = foldersOnly ? whole.slice(0, -1) : whole;
  // A slash at the beginning or in the middle ties the pattern to its folder.
  const isAnchored = glob.includes("/");
  const matches = glob === "" ? undefined : ignorePattern(glob.replace(/^\//, ""), { isAnchored, ignoresCase });
  return matches === undefined ? [] : [{ matches, isNegated, foldersOnly }];
}
