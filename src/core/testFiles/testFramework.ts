import { type FrameworkSign, type TestLanguage, folderOf, nameOf, pathInside } from "./testLanguage.ts";

/** A file that names what a package depends on. */
export interface Manifest {
  readonly path: string;
  readonly text: string;
}

/** What a package begins with, in any language. */
const PACKAGE_FILES =
  /^(?:package\.json|deno\.jsonc?|pyproject\.toml|setup\.(?:py|cfg)|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|Gemfile|.+\.gemspec|composer\.json|pubspec\.yaml|mix\.exs|build\.sbt|Package\.swift|DESCRIPTION)$/;
/** More are not read. */
const MOST_MANIFESTS = 20;

/** The innermost folder with a package's file around a path, empty for the workspace itself. */
export function packageRoots(files: readonly string[]): (path: string) => string {
  const roots = new Set(files.filter((path) => PACKAGE_FILES.test(nameOf(path))).map(folderOf));
  return (path) => {
    for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) if (roots.has(folder)) return folder;
    return "";
  };
}

/** The files whose words tell the framework of a source, nearest first. */
export function manifestsFor(
  source: string,
  files: readonly string[],
  { frameworks }: TestLanguage,
): readonly string[] {
  const signs = frameworks.filter(({ text }) => text !== undefined);
  const isAround = (path: string) => pathInside(source, folderOf(path)) !== undefined;
  return files
    .filter((path) => signs.some(({ file }) => file.test(nameOf(path))))
    .filter((path) => isAround(path) || path.endsWith(".csproj"))
    .toSorted((left, right) => Number(isAround(right)) - Number(isAround(left)) || right.length - left.length)
    .slice(0, MOST_MANIFESTS);
}

/** What the innermost folder around the source says, then the rest of its package, then what else was read. */
export function findFramework(
  { source, files, manifests }: { source: string; files: readonly string[]; manifests: readonly Manifest[] },
  { frameworks }: TestLanguage,
): FrameworkSign | undefined {
  const texts = new Map(manifests.map(({ path, text }) => [path, text]));
  const isSeen = ({ file, text }: FrameworkSign, path: string) =>
    file.test(nameOf(path)) && (text === undefined || text.test(texts.get(path) ?? ""));
  const seenIn = (paths: readonly string[]) => frameworks.find((sign) => paths.some((path) => isSeen(sign, path)));
  for (let folder = folderOf(source); ; folder = folderOf(folder)) {
    const found = seenIn(files.filter((path) => folderOf(path) === folder));
    if (found !== undefined) return found;
    if (folder === "") break;
  }
  const root = packageRoots(files)(source);
  return seenIn(files.filter((path) => pathInside(path, root) !== undefined)) ?? seenIn([...texts.keys()]);
}
