import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { IGNORE_FILE_NAMES } from "../../../src/core/context/ignoreFileNames.ts";
import { type IgnoreFile, ignoredBy, ignoredFolders } from "../../../src/core/context/ignoreRules.ts";

/** Many small cases of what gitignore(5) says. */
const PATTERNS = [
  "*.log",
  "!keep.log",
  "/root.txt",
  "build/",
  "a/b",
  "**/deep",
  "a/**",
  "a/**/c",
  "*.t?t",
  "[ab].txt",
  "[!a]x",
  "\\#odd",
  "\\!odd",
  "# note",
  "",
  "trailing  ",
  "a",
  "!a/",
  "/*",
  "!/a",
  "x*y/",
  "**",
  "b/**/",
  "[a-c]*",
  "deep/*.log",
  "*",
  "*e*p*",
  "**/b/**/c",
  "a/**/*/c",
  "**/a/**",
  "?",
  "[[]x",
  "a[]x]b",
  "[b-",
] as const;
const PATHS = [
  "x.log",
  "keep.log",
  "root.txt",
  "a/root.txt",
  "build/out.js",
  "a/build/x",
  "a/b",
  "a/b/c",
  "a/x/c",
  "a/x/y/c",
  "a/deep",
  "deep/x.log",
  "a.txt",
  "c.tXt",
  "bx",
  "ax",
  "#odd",
  "!odd",
  "trailing",
  "a/keep.log",
  "x1y/file",
  "b/c/d",
  "z/.hidden",
] as const;

function ignoredPaths(files: readonly IgnoreFile[], paths: readonly string[], disk: typeof EXACT): readonly string[] {
  const ignoring = ignoredBy(files, disk);
  return paths.filter((path) => ignoring(path) !== undefined);
}

const EXACT = { ignoresCase: false };

describe("files that git ignores", () => {
  it("are told apart by nested rules and by what is taken back in", () => {
    const ignoring = ignoredBy(
      [
        { path: ".gitignore", text: "dist/\n*.log\n!keep.log\r\n" },
        { path: "packages/one/.gitignore", text: "/generated\n!dist/\n" },
      ],
      EXACT,
    );
    assert.deepEqual(
      ["dist/a.js", "src/x.log", "src/keep.log", "packages/one/generated/x", "packages/two/generated/x"].map(ignoring),
      [".gitignore", ".gitignore", undefined, "packages/one/.gitignore", undefined],
    );
    assert.equal(ignoring("packages/one/dist/a.js"), undefined);
  });

  it("stay ignored by one file of rules whatever another one takes back", () => {
    const names = fc.shuffledSubarray([...IGNORE_FILE_NAMES], { minLength: 2 });
    const lines = fc.array(fc.constantFrom(...PATTERNS), { maxLength: 5 });
    fc.assert(
      fc.property(names, lines, fc.constantFrom("", "a/"), ([first = "", ...others], denies, folder) => {
        const denying = [{ path: first, text: denies.join("\n") }];
        const taking = others.map((name) => ({ path: `${folder}${name}`, text: "!*\n!**\n!*/\n!.*" }));
        const alone = PATHS.filter((path) => ignoredBy(denying, EXACT)(path) !== undefined);
        const together = ignoredBy([...taking, ...denying], EXACT);
        for (const path of alone) assert.equal(together(path), first, path);
      }),
    );
  });

  it("are not searched where their whole folder is plainly ignored", () => {
    const text = "# mine\nnode_modules\n/dist/\nbuild/\n*.log\na/b\n";
    const folders = ["**/node_modules/**", "dist/**", "**/build/**"];
    assert.deepEqual(ignoredFolders(text), folders);
    assert.deepEqual(ignoredFolders(`${text}!build/keep.txt\n`), []);
  });

  it("are found in time whatever somebody has put into a file of rules", () => {
    const name = "a".repeat(250);
    const path = `${"a/".repeat(100)}${name}`;
    for (const text of [
      "*a".repeat(200) + "b",
      "**/a/".repeat(90) + "b",
      "[a-z]*".repeat(80) + "1",
      "*".repeat(490) + "b",
    ]) {
      const startedAt = performance.now();
      assert.equal(ignoredBy([{ path: ".gitignore", text }], EXACT)(path), undefined);
      assert.ok(performance.now() - startedAt < 5_000, text);
    }
  });

  describe("as git itself says", () => {
    let folder = "";
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "waybill-ignore-"));
      execFileSync("git", ["init", "-q", folder]);
      mkdirSync(join(folder, "a"));
    });
    after(() => rmSync(folder, { recursive: true, force: true }));

    it("for many files of rules", function () {
      this.timeout(60_000);
      const lines = fc.array(fc.constantFrom(...PATTERNS), { maxLength: 5 });
      fc.assert(
        fc.property(lines, lines, fc.boolean(), (outer, inner, ignoresCase) => {
          const files = [
            { path: ".gitignore", text: outer.join("\n") },
            { path: "a/.gitignore", text: inner.join("\n") },
          ];
          assert.deepEqual(ignoredPaths(files, PATHS, { ignoresCase }), gitIgnored(files, PATHS, { ignoresCase }));
        }),
        { numRuns: 150 },
      );
    });

    it("for trees of any folders, with rules of every name at once: the union of what git says of each alone", function () {
      this.timeout(60_000);
      const inner = fc.constantFrom("a", "b", "A", "deep", "x.log", "build");
      // No folder has such a name: git would ask the disk what it is.
      const leaf = fc.constantFrom("keep.log", "b.txt", "B.txt", ".env", "x1y", "ax");
      const path = fc.tuple(fc.array(inner, { maxLength: 3 }), leaf).map(([parts, name]) => [...parts, name].join("/"));
      const name = fc.constantFrom(...IGNORE_FILE_NAMES);
      const folderOf = fc.constantFrom("", "", "a/", "a/b/", "deep/");
      const text = fc.array(fc.constantFrom(...PATTERNS, "B.*", "!x.log", "/a/b/", "Build"), { maxLength: 4 });
      const files = fc
        .uniqueArray(fc.tuple(folderOf, name), { minLength: 1, maxLength: 5, selector: (each) => each.join("") })
        .chain((places) =>
          fc.tuple(...places.map((place) => text.map((lines) => ({ path: place.join(""), text: lines.join("\n") })))),
        );
      fc.assert(
        fc.property(
          files,
          fc.uniqueArray(path, { minLength: 5, maxLength: 30 }),
          fc.boolean(),
          (all, paths, ignoresCase) => {
            const disk = { ignoresCase };
            // This disk would not find the rules of `a` for `A`, which is the disk's part and not that of the rules.
            const found = ignoresCase ? all.filter((file) => !file.path.includes("/")) : all;
            const byName = Map.groupBy(found, (file) => file.path.slice(file.path.lastIndexOf("/") + 1));
            const said = [...byName.values()].flatMap((group) => gitIgnored(group, paths, disk));
            assert.deepEqual(
              ignoredPaths(found, paths, disk),
              paths.filter((each) => said.includes(each)),
            );
          },
        ),
        { numRuns: 100 },
      );
    });

    /** What git says where the files are its own, whatever they are called. */
    function gitIgnored(files: readonly IgnoreFile[], paths: readonly string[], disk: typeof EXACT): readonly string[] {
      const written = files.map(({ path, text }) => [join(folder, dirname(path), ".gitignore"), text] as const);
      for (const [path, text] of written) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
      const command = ["-c", `core.ignorecase=${disk.ignoresCase}`, "check-ignore", "--no-index", "-z", "--stdin"];
      const { stdout } = spawnSync("git", ["-C", folder, ...command], { input: paths.join("\0"), encoding: "utf8" });
      for (const [path] of written) rmSync(path);
      return stdout.split("\0").filter(Boolean);
    }
  });
});
