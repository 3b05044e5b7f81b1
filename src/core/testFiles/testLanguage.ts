/** How a test file is named after its source, without the ending: `cart` is `test_cart` or `cart.test`. */
export interface TestName {
  readonly before: string;
  readonly after: string;
  /** Where it is not the source's own. */
  readonly ending?: string;
}

/** The folder of a source, relative to its package and empty for that itself. */
interface SourceFolder {
  readonly folder: string;
  /** All files of the package, relative to it. */
  readonly files: readonly string[];
}

/** Where tests of a language stand that are found nowhere: a folder, and the one whose presence speaks for this place. */
export type UsualPlace = (source: SourceFolder) => { readonly folder: string; readonly sign: string } | undefined;

/** What tells that a framework is in use: a file, and where given, words in it. */
export interface FrameworkSign {
  readonly name: string;
  /** On the name of the file. */
  readonly file: RegExp;
  readonly text?: RegExp;
  /** Where this framework's tests are called or kept another way than usual. */
  readonly testName?: TestName;
  readonly places?: readonly UsualPlace[];
}

export interface TestLanguage {
  /** Of the sources, without the dot. */
  readonly endings: readonly string[];
  /** The first is the usual one. */
  readonly names: readonly TestName[];
  readonly places: readonly UsualPlace[];
  /** The first that is found counts. */
  readonly frameworks: readonly FrameworkSign[];
  /** Where no framework is found. */
  readonly standard: string;
  /** Tests stand in the file that they test. */
  readonly isInside?: true;
  /** A file of this name holds the tests of its whole folder. */
  readonly sharedFile?: string;
}

export const beside: UsualPlace = ({ folder }) => ({ folder, sign: folder });

export function below(name: string): UsualPlace {
  return ({ folder }) => ({ folder: joinPath(folder, name), sign: joinPath(folder, name) });
}

export function flat(folder: string): UsualPlace {
  return () => ({ folder, sign: folder });
}

/** `to/a/b` for `a/b` in one of these folders; for sources elsewhere, `to/a/b` for `a/b`. */
export function mirrored(from: string | readonly string[], to: string): UsualPlace {
  const roots = [from].flat();
  return ({ folder }) => {
    const inside = roots.flatMap((root) => pathInside(folder, root) ?? [])[0];
    return { folder: joinPath(to, inside ?? folder), sign: to };
  };
}

/** What follows a folder in a path; `undefined` where the path is not in it. */
export function pathInside(path: string, folder: string): string | undefined {
  if (folder === "") return path;
  if (path === folder) return "";
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}

export function joinPath(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("/");
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
