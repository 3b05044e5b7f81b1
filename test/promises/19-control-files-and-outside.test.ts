import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import fc from "fast-check";
import { controlKind, pathBelow } from "../../src/core/edits/controlFiles.ts";
import type { PlannedWrite } from "../../src/extension/features/edits/writeGate.ts";
import { type EditorStage, openEditorStage } from "../extension/editorStage.ts";

/** Below the root: the folder that is open, and one of somebody else. */
const FOLDERS = ["project/a/b", "project/.git", "project/.vscode", "project/.github/workflows", "elsewhere/a"];
const FILES = [
  ...["project/c.ts", "project/a/c.ts", "project/a/b/c.ts", "elsewhere/c.ts", "elsewhere/a/c.ts"],
  ...["project/package.json", "project/.git/config", "project/.vscode/settings.json", "project/a/x.code-workspace"],
];
const LINKS = ["l0", "l1", "l2", "l3", "l4"];
/** Names of control files in this tree, as a person would list them. */
const CONTROL =
  /(?:^|\/)(?:\.git|\.vscode)(?:\/|$)|(?:^|\/)\.github\/workflows\/|(?:^|\/)package\.json$|\.code-workspace$/;
const WAYS = [
  ...["a", "b", "c.ts", "new.ts", "..", "..", ".", "", "elsewhere", "project", "package.json", ".git", "config"],
  ...[".vscode", "settings.json", "x.code-workspace", ".GIT", "package.json.", "package.json ", "PACKAGE.JSON"],
  ...[".git ", "package.json::$DATA", "GIT~1", "\u00e9.ts", "e\u0301.ts", "..\\..", "c.ts.", ".github", "workflows"],
];

interface Link {
  readonly at: string;
  readonly to: string;
  readonly isAbsolute: boolean;
}

const placeOfLink = fc.constantFrom("project", "project/a", "project/a/b", "elsewhere");
const link = fc
  .tuple(
    placeOfLink,
    fc.constantFrom(...LINKS),
    fc.oneof(
      fc.constantFrom(...FOLDERS, ...FILES, "project", ".", "elsewhere", "elsewhere/not-there", "project/not-there"),
      fc.tuple(placeOfLink, fc.constantFrom(...LINKS)).map((parts) => parts.join("/")),
    ),
    fc.boolean(),
  )
  .map(([folder, name, to, isAbsolute]): Link => ({ at: `${folder}/${name}`, to, isAbsolute }));
const way = fc
  .array(fc.oneof(fc.constantFrom(...LINKS), fc.constantFrom(...WAYS)), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join("/"));

describe("promise 19: control files and files outside are never written without a word of their own", function () {
  this.timeout(60_000);
  let editor: EditorStage;
  /** Whoever is asked closes the question. */
  let mayWrite: (writes: readonly PlannedWrite[]) => Promise<boolean>;
  let writeTo: (path: string) => PlannedWrite;

  before(async () => {
    editor = openEditorStage();
    ({ mayWrite } = await import("../../src/extension/features/edits/writeGate.ts"));
    const { Uri } = await import("vscode");
    writeTo = (path) => ({ uri: Uri.file(path), textBefore: undefined, textAfter: "written\n" });
  });
  after(() => editor.remove());

  /** The real tree, anew. */
  function plant(links: readonly Link[]): void {
    for (const name of readdirSync(editor.root)) rmSync(join(editor.root, name), { recursive: true, force: true });
    for (const folder of FOLDERS) mkdirSync(join(editor.root, folder), { recursive: true });
    for (const file of FILES) writeFileSync(join(editor.root, file), "text\n");
    for (const { at, to, isAbsolute } of links) {
      const target = join(editor.root, to);
      const place = join(editor.root, at);
      try {
        symlinkSync(isAbsolute ? target : relative(dirname(place), target), place);
      } catch {
        // Another link has the name already.
      }
    }
  }

  /** Writes as the editor does: to the plain form of the path, with the folders that are missing. */
  function reallyWrite(path: string): boolean {
    const file = normalize(path);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, "written\n");
      return true;
    } catch {
      // A folder, a link in a circle, a file in the place of a folder: nobody can write there.
      return false;
    }
  }

  /** What must not change: all outside of the project, and its control files. */
  function guarded(): ReadonlyMap<string, string> {
    const kept = filesBelow(editor.root).filter((file) => {
      const below = relative(editor.root, file);
      return !below.startsWith("project/") || CONTROL.test(below);
    });
    return new Map(kept.map((file) => [file, readFileSync(file, "utf8")]));
  }

  it("on a real disk with links, `..`, whole paths and odd names: what passes unasked changes none of them", async () => {
    const count = { written: 0, asked: 0, throughLinks: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(link, { maxLength: 6 }),
        fc.array(fc.tuple(fc.constantFrom("project", "project", "project/a", "elsewhere"), way), {
          minLength: 8,
          maxLength: 8,
        }),
        async (links, ways) => {
          plant(links);
          const before = guarded();
          for (const [from, each] of ways) {
            const path = `${editor.root}/${from}/${each}`;
            if (!(await mayWrite([writeTo(path)]))) {
              count.asked += 1;
              continue;
            }
            if (!reallyWrite(path)) continue;
            count.written += 1;
            if (/\/l\d\//.test(path)) count.throughLinks += 1;
            assert.deepEqual(guarded(), before, path);
          }
        },
      ),
      { numRuns: 100 },
    );
    assert.ok(count.written > 50 && count.asked > 50 && count.throughLinks > 3, JSON.stringify(count));
  });

  it("through a link that leads nowhere yet, alone, in a chain or on the way", async () => {
    plant([
      { at: "project/l0", to: "elsewhere/not-there", isAbsolute: true },
      { at: "project/l1", to: "project/l0", isAbsolute: false },
      { at: "project/l2", to: "project/.vscode/tasks.json", isAbsolute: false },
      { at: "project/l3", to: "project/l4", isAbsolute: false },
      { at: "project/l4", to: "project/not-there.ts", isAbsolute: false },
    ]);
    for (const name of ["l0", "l1", "l2", "l0/x.ts"]) {
      assert.equal(await mayWrite([writeTo(join(editor.project, name))]), false, name);
    }
    assert.equal(await mayWrite([writeTo(join(editor.project, "l3"))]), true);
    rmSync(join(editor.project, "l4"));
    symlinkSync("l3", join(editor.project, "l4"));
    await mayWrite([writeTo(join(editor.project, "l3"))]);
    assert.equal(reallyWrite(join(editor.project, "l3")), false);
  });

  it("one among many is asked about with all the others", async () => {
    plant([]);
    const plain = ["c.ts", "a/c.ts", "new.ts"].map((name) => writeTo(join(editor.project, name)));
    assert.equal(await mayWrite(plain), true);
    for (const name of ["package.json", "../elsewhere/c.ts", "a/new.code-workspace"]) {
      assert.equal(await mayWrite([...plain, writeTo(join(editor.project, name))]), false, name);
    }
  });

  const WINDOWS: readonly (readonly [string, string, boolean])[] = [
    ["C:\\p", "\\\\?\\C:\\p\\a.ts", false],
    ["C:\\p", "\\\\server\\c$\\p\\a.ts", false],
    ["C:\\p", "D:\\p\\a.ts", false],
    ["C:\\p", "C:\\p\\..\\a.ts", false],
    ["C:\\p", "C:\\p\\a\\..\\..\\p2\\a.ts", false],
    ["C:\\p", "C:\\p2\\a.ts", false],
    ["C:\\p", "C:a.ts", false],
    ["\\\\server\\share", "\\\\server\\other\\a.ts", false],
    ["C:\\p", "c:/P/a.ts", true],
    ["C:\\p", "\\\\.\\C:\\p\\a.ts", true],
    ["\\\\server\\share", "\\\\SERVER\\share\\a.ts", true],
  ];
  it("in Windows' words for places: only what is below the folder by its own name is inside", () => {
    for (const [folder, file, isInside] of WINDOWS) {
      assert.equal(pathBelow(folder, file, true) !== undefined, isInside, `${file} in ${folder}`);
    }
  });

  it("is a control file in whatever words a disk understands", () => {
    const before = [
      "",
      "a/",
      "C:\\p\\",
      "\\\\?\\C:\\p\\",
      "\\\\?\\UNC\\server\\p\\",
      "\\\\server\\share\\",
      "//./C:/p/",
    ];
    const names = [
      ...[".git\\config", ".GIT/config", ".git./config", ".git /config", "GIT~1\\config", ".git::$INDEX_ALLOCATION\\x"],
      ...[".g\u200Cit/config", ".git", "\uFF0Egit/config", ".gi\u200Dt/hooks/pre-commit"],
      ...["x.code-workspace", "X.CODE-WORKSPACE", "x.code-workspace.", "x.code-workspace ", "x.code-workspace::$DATA"],
      ...["package.json", "package.json. .", "package.json:stream:$DATA", "PACKAGE.JSON", "\uFF30ackage.json"],
      ...[
        ".vscode\\tasks.json",
        "VSCODE~1\\tasks.json",
        ".vscode\\x\\..\\tasks.json",
        ".vscode/x\\..\\..\\y.json",
        ".github\\workflows\\ci.yml",
      ],
      ...[".github/workflows/..\\..\\..\\ci.yml", ".git/hooks/.\u200C./.\u200C./x"],
    ];
    for (const each of before) {
      for (const name of names) assert.ok(controlKind(each + name) !== undefined, each + name);
    }
  });
});

/** Without following links. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}
