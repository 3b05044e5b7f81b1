/** The lines of one `.gitignore`; `folder` is where it stands, relative and with `/`, empty for the root. */
export interface IgnoreFile {
  readonly folder: string;
  readonly text: string;
}

interface IgnoreRule {
  readonly pattern: RegExp;
  readonly isNegated: boolean;
  readonly foldersOnly: boolean;
}

/** Longer ones are left out: a pattern is typed by a person. */
const LONGEST_PATTERN = 500;

/**
 * Whether git would ignore a file that it does not keep already, by `.gitignore` files alone (git's documentation,
 * gitignore(5)). Paths are relative, with `/`.
 */
export function ignoredBy(files: readonly IgnoreFile[]): (path: string) => boolean {
  const rulesOf = new Map(files.map(({ folder, text }) => [folder, readRules(text)]));
  const folders = new Map<string, boolean>();
  const isFolderIgnored = (folder: string): boolean => {
    if (folder === "") return false;
    const known = folders.get(folder);
    if (known !== undefined) return known;
    // What is in an ignored folder cannot be taken back in.
    const isIgnored = isFolderIgnored(parentOf(folder)) || isMatched(rulesOf, folder, true);
    folders.set(folder, isIgnored);
    return isIgnored;
  };
  return (path) => isFolderIgnored(parentOf(path)) || isMatched(rulesOf, path, false);
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

/** The last rule that matches decides, and those of inner folders come after those of outer ones. */
function isMatched(rulesOf: ReadonlyMap<string, readonly IgnoreRule[]>, path: string, isFolder: boolean): boolean {
  for (let folder = parentOf(path); ; folder = parentOf(folder)) {
    const inside = folder === "" ? path : path.slice(folder.length + 1);
    const rule = rulesOf
      .get(folder)
      ?.findLast(({ pattern, foldersOnly }) => (isFolder || !foldersOnly) && pattern.test(inside));
    if (rule !== undefined) return !rule.isNegated;
    if (folder === "") return false;
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function readRules(text: string): readonly IgnoreRule[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .flatMap(readRule);
}

function readRule(line: string): readonly IgnoreRule[] {
  const trimmed = line.replace(/(?<!\\) +$/, "");
  if (trimmed === "" || trimmed.startsWith("#") || trimmed.length > LONGEST_PATTERN) return [];
  const isNegated = trimmed.startsWith("!");
  const whole = isNegated ? trimmed.slice(1) : trimmed;
  const foldersOnly = whole.endsWith("/");
  const glob = foldersOnly ? whole.slice(0, -1) : whole;
  // A slash at the beginning or in the middle ties the pattern to its folder.
  const isAnchored = glob.includes("/");
  const source = globSource(glob.replace(/^\//, ""));
  if (glob === "" || source === undefined) return [];
  return [{ pattern: new RegExp(`^${isAnchored ? "" : "(?:.*/)?"}${source}$`, "u"), isNegated, foldersOnly }];
}

const TOKENS =
  /\\(?<escaped>.)|(?<folders>(?<=^|\/)\*\*\/)|(?<inside>(?<=\/)\*\*$)|(?<any>\*+)|(?<one>\?)|(?<set>\[[!^]?\]?[^\]]*\])|(?<plain>[\s\S])/gu;

/** `undefined` for a pattern that matches nothing. */
function globSource(glob: string): string | undefined {
  let source = "";
  for (const { groups = {} } of glob.matchAll(TOKENS)) {
    if (groups["folders"] !== undefined) source += "(?:.*/)?";
    else if (groups["inside"] !== undefined) source += ".+";
    else if (groups["any"] !== undefined) source += "[^/]*";
    else if (groups["one"] !== undefined) source += "[^/]";
    else if (groups["set"] !== undefined) source += setSource(groups["set"]);
    else source += escapeSource(groups["escaped"] ?? groups["plain"] ?? "");
  }
  try {
    return new RegExp(source, "u").source;
  } catch {
    return undefined;
  }
}

function setSource(set: string): string {
  const isNegated = set[1] === "!" || set[1] === "^";
  const members = set.slice(isNegated ? 2 : 1, -1).replaceAll(/[\\\][&^(){}|/]/g, String.raw`\$&`);
  return isNegated ? `(?!/)[^${members}]` : `(?!/)[${members}]`;
}

function escapeSource(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
