import { type Manifest, findFramework, manifestsFor, packageRoots } from "./testFramework.ts";
import { type TestHabit, habitsOf, readTestName, sharedInner, splitName, testNameOf, testPathOf } from "./testHabit.ts";
import { type TestLanguage, folderOf, joinPath, pathInside } from "./testLanguage.ts";
import { TEST_LANGUAGES } from "./testLanguages.ts";

/** Paths are relative to the workspace folder, with `/`. */
interface TestedSource {
  readonly source: string;
  /** VS Code's id. */
  readonly languageId: string;
  readonly files: readonly string[];
}

/** Where the tests of a source go. */
export interface TestPlan {
  readonly path: string;
  /** `inside`: they stand in the source itself. */
  readonly state: "new" | "existing" | "inside";
  readonly framework: string;
  /** A test of the project to write alike. */
  readonly example?: string;
}

interface Pair {
  readonly source: string;
  readonly test: NonNullable<ReturnType<typeof readTestName>>;
}

/** Pairs that are looked at: the nearest ones say enough. */
const MOST_PAIRS = 200;
/** Sources of one name, like `index`, of which the partner of a test is chosen. */
const MOST_NAMESAKES = 50;

/** The manifests that should be read for a plan, nearest first. */
export function manifestsToRead({ source, languageId, files }: TestedSource): readonly string[] {
  const language = TEST_LANGUAGES.get(languageId);
  return language === undefined ? [] : manifestsFor(source, files, language);
}

/**
 * Learns from the tests that are there how the project names and keeps them; where there are none, it goes by the framework and
 * the custom of the language. `undefined` for a test, and for languages whose customs are not known.
 */
export function planTestFile(tested: TestedSource, manifests: readonly Manifest[]): TestPlan | undefined {
  const { source, files } = tested;
  const language = TEST_LANGUAGES.get(tested.languageId);
  if (language === undefined || readTestName(source, language) !== undefined) return undefined;
  const sign = findFramework({ source, files, manifests }, language);
  const framework = sign?.name ?? language.standard;
  if (language.isInside === true) return { path: source, state: "inside", framework };
  const pairs = findPairs(files, language);
  const known = pairs.find((pair) => pair.source === source)?.test.path ?? sharedTests(tested, language, pairs);
  const path = known ?? learnedPath(source, files, pairs) ?? usualPath(tested, language, sign);
  if (path === undefined) return undefined;
  const state = known !== undefined || files.includes(path) ? "existing" : "new";
  const example = state === "existing" ? undefined : nearest(path, files, language);
  return { path, state, framework, ...(example === undefined ? {} : { example }) };
}

/** Each test with the source that it is for, as far as names and folders tell. */
function findPairs(files: readonly string[], language: TestLanguage): readonly Pair[] {
  const rootOf = packageRoots(files);
  const sources = new Map<string, string[]>();
  const tests: Pair["test"][] = [];
  for (const path of files) {
    const test = readTestName(path, language);
    const { stem, ending } = splitName(path);
    if (test !== undefined) tests.push(test);
    else if (language.endings.includes(ending))
      sources.set(stem, [...(sources.get(stem) ?? []).slice(-MOST_NAMESAKES), path]);
  }
  return tests.flatMap((test) => {
    const root = rootOf(test.path);
    const own = (sources.get(test.stem) ?? []).filter((path) => pathInside(path, root) !== undefined);
    const [source] = own.toSorted(
      (left, right) => closeness(right, test.path) - closeness(left, test.path) || left.length - right.length,
    );
    return source === undefined ? [] : [{ source, test }];
  });
}

/** By the folder they share from inside, then from outside. */
function closeness(source: string, test: string): number {
  if (folderOf(source) === folderOf(test)) return Number.MAX_SAFE_INTEGER;
  return sharedInner(source, test) * 100 + sharedOuter(source, test);
}

function sharedOuter(left: string, right: string): number {
  const [ours, theirs] = [left.split("/"), right.split("/")];
  const different = ours.findIndex((segment, index) => segment !== theirs[index]);
  return different === -1 ? ours.length : different;
}

/** The habit that explains most of the nearest pairs; of two equal ones the first, which stays closest to the source. */
function learnedPath(source: string, files: readonly string[], pairs: readonly Pair[]): string | undefined {
  const rootOf = packageRoots(files);
  const near = pairs
    .toSorted((left, right) => sharedOuter(right.source, source) - sharedOuter(left.source, source))
    .slice(0, MOST_PAIRS)
    .map((pair) => relativePair(pair, rootOf(pair.source)));
  const root = rootOf(source);
  const own = pathInside(source, root) ?? source;
  const votes = new Map<string, { readonly path: string; count: number }>();
  for (const { source: paired, test, isInPackage } of near) {
    for (const habit of habitsOf(paired, test)) {
      const path = testPathOf(isInPackage ? own : source, habit);
      if (path === undefined) continue;
      const whole = isInPackage ? joinPath(root, path) : path;
      if (whole === source) continue;
      const vote = votes.get(whole) ?? { path: whole, count: 0 };
      vote.count += weightOf(habit);
      votes.set(whole, vote);
    }
  }
  return [...votes.values()].toSorted((left, right) => right.count - left.count)[0]?.path;
}

/** One folder for all is the weaker reading of a pair that could also be a mirrored tree. */
function weightOf({ place }: TestHabit): number {
  return place.kind === "flat" ? 0.9 : 1;
}

/** A pair as seen from its package, so that one package teaches another; tests outside of it as seen from the workspace. */
function relativePair({ source, test }: Pair, root: string): Pair & { readonly isInPackage: boolean } {
  const inside = pathInside(test.path, root);
  if (inside === undefined) return { source, test, isInPackage: false };
  return { source: pathInside(source, root) ?? source, test: { ...test, path: inside }, isInPackage: true };
}

/** The file that holds the tests of the whole folder, where the project has no test of its own for any source. */
function sharedTests(
  { source, files }: TestedSource,
  { sharedFile }: TestLanguage,
  pairs: readonly Pair[],
): string | undefined {
  if (sharedFile === undefined || pairs.length > 0) return undefined;
  const path = joinPath(folderOf(source), sharedFile);
  return files.includes(path) ? path : undefined;
}

/** By the names that are in use, the framework, and the folders that are there. */
function usualPath(
  { source, files }: TestedSource,
  language: TestLanguage,
  sign: ReturnType<typeof findFramework>,
): string | undefined {
  const root = packageRoots(files)(source);
  const inside = files.flatMap((path) => pathInside(path, root) ?? []);
  const folders = new Set(inside.flatMap(foldersAround));
  const own = pathInside(source, root) ?? source;
  const places = (sign?.places ?? language.places).flatMap(
    (place) => place({ folder: folderOf(own), files: inside }) ?? [],
  );
  const orphans = inside.flatMap((path) => readTestName(path, language) ?? []);
  const atHome =
    orphans.length === 0
      ? undefined
      : places.find(({ sign: folder }) => orphans.some(({ path }) => pathInside(path, folder) !== undefined));
  const isThere = ({ sign: folder }: { sign: string }) => folder !== folderOf(own) && folders.has(folder);
  const folder = (atHome ?? places.find(isThere) ?? places[0])?.folder ?? folderOf(own);
  const names = [mostUsed(orphans), sign?.testName, ...language.names].filter((name) => name !== undefined);
  const paths = names.map((name) => joinPath(root, folder, testNameOf(own, name)));
  // A name that marks no tests says so by its folder alone: beside the source it would be the source.
  return paths.find((path) => path !== source);
}

function mostUsed(tests: readonly Pair["test"][]): Pair["test"]["name"] | undefined {
  const counts = new Map<Pair["test"]["name"], number>();
  for (const { name } of tests) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([, left], [, right]) => right - left)[0]?.[0];
}

/** The test that is most like one at this path. */
function nearest(path: string, files: readonly string[], language: TestLanguage): string | undefined {
  const { ending } = splitName(path);
  const likeness = (test: string) => sharedOuter(test, path) * 2 + Number(splitName(test).ending === ending);
  return files
    .filter((file) => file !== path && readTestName(file, language) !== undefined)
    .toSorted((left, right) => likeness(right) - likeness(left))[0];
}

function foldersAround(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) folders.push(folder);
  return folders;
}
