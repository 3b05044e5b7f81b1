import { type TestLanguage, type TestName, folderOf, joinPath, nameOf, pathInside } from "./testLanguage.ts";

/** Where a test stands, seen from its source. Folders are relative to the package. */
type TestPlace =
  | { readonly kind: "beside" }
  | { readonly kind: "below"; readonly name: string }
  | { readonly kind: "mirror"; readonly from: string; readonly to: string }
  | { readonly kind: "flat"; readonly folder: string };

/** How a project names and keeps its tests. */
export interface TestHabit {
  readonly name: TestName;
  readonly place: TestPlace;
}

/** A test that was recognised by its name. */
interface NamedTest {
  readonly path: string;
  /** Of the source. */
  readonly stem: string;
  readonly name: TestName;
}

/** In a folder of this name every script is a test, whatever it is called. */
const TEST_FOLDER = "__tests__";
const PLAIN: TestName = { before: "", after: "" };
const BELOW = new Set([TEST_FOLDER, "__test__", "test", "tests", "spec", "specs"]);

/** Reads a test's name; `undefined` for files that are none. */
export function readTestName(path: string, language: TestLanguage): NamedTest | undefined {
  const { stem, ending } = splitName(path);
  const name = language.names.find(
    (each) =>
      (each.ending === undefined ? language.endings.includes(ending) : each.ending === ending) &&
      stem.length > each.before.length + each.after.length &&
      stem.startsWith(each.before) &&
      stem.endsWith(each.after),
  );
  if (name !== undefined) return { path, stem: stem.slice(name.before.length, stem.length - name.after.length), name };
  const isPlain = language.endings.includes(ending) && nameOf(folderOf(path)) === TEST_FOLDER;
  return isPlain ? { path, stem, name: PLAIN } : undefined;
}

/** The habits that a pair speaks for, the closest first. Paths are relative to the package. */
export function habitsOf(source: string, { path, name }: NamedTest): readonly TestHabit[] {
  const [from, to] = [folderOf(source), folderOf(path)];
  const { ending } = splitName(path);
  const named: TestName = ending === splitName(source).ending ? name : { ...name, ending };
  return placesOf(from, to).map((place) => ({ name: named, place }));
}

/** Where a habit puts the test of a source; `undefined` where it says nothing of this one. */
export function testPathOf(source: string, { name, place }: TestHabit): string | undefined {
  const folder = folderIn(folderOf(source), place);
  return folder === undefined ? undefined : joinPath(folder, testNameOf(source, name));
}

export function testNameOf(source: string, { before, after, ending }: TestName): string {
  const own = splitName(source);
  return `${before}${own.stem}${after}.${ending ?? own.ending}`;
}

export function splitName(path: string): { readonly stem: string; readonly ending: string } {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? { stem: name, ending: "" } : { stem: name.slice(0, dot), ending: name.slice(dot + 1) };
}

/** How many of the innermost folders two paths have in common. */
export function sharedInner(left: string, right: string): number {
  const [ours, theirs] = [segments(folderOf(left)).toReversed(), segments(folderOf(right)).toReversed()];
  const different = ours.findIndex((segment, index) => segment !== theirs[index]);
  return different === -1 ? ours.length : different;
}

function placesOf(from: string, to: string): readonly TestPlace[] {
  if (from === to) return [{ kind: "beside" }];
  const places: TestPlace[] = [];
  const inner = pathInside(to, from);
  if (inner !== undefined && BELOW.has(inner)) places.push({ kind: "below", name: inner });
  const shared = sharedInner(`${from}/x`, `${to}/x`);
  const outer = (folder: string) =>
    segments(folder)
      .slice(0, segments(folder).length - shared)
      .join("/");
  places.push({ kind: "mirror", from: outer(from), to: outer(to) }, { kind: "flat", folder: to });
  return places;
}

function folderIn(folder: string, place: TestPlace): string | undefined {
  switch (place.kind) {
    case "beside":
      return folder;
    case "below":
      return joinPath(folder, place.name);
    case "flat":
      return place.folder;
    case "mirror": {
      const inside = pathInside(folder, place.from);
      return inside === undefined ? undefined : joinPath(place.to, inside);
    }
  }
}

function segments(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}
