import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { ignoredBy, ignoredFolders } from "../../../src/core/context/ignoreRules.ts";

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

describe("files that git ignores", () => {
  it("are told apart by nested rules and by what is taken back in", () => {
    const isIgnored = ignoredBy([
      { folder: "", text: "dist/\n*.log\n!keep.log\r\n" },
      { folder: "packages/one", text: "/generated\n!dist/\n" },
    ]);
    assert.deepEqual(
      ["dist/a.js", "src/x.log", "src/keep.log", "packages/one/generated/x", "packages/two/generated/x"].map(isIgnored),
      [true, true, false, true, false],
    );
    assert.equal(isIgnored("packages/one/dist/a.js"), false);
  });

  it("are not searched where their whole folder is plainly ignored", () => {
    const text = "# mine\nnode_modules\n/dist/\nbuild/\n*.log\na/b\n";
    const folders = ["**/node_modules/**", "dist/**", "**/build/**"];
    assert.deepEqual(ignoredFolders(text), folders);
    assert.deepEqual(ignoredFolders(`${text}!build/keep.txt\n`), []);
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
        fc.property(lines, lines, (outer, inner) => {
          const files = [
            { folder: "", text: outer.join("\n") },
            { folder: "a", text: inner.join("\n") },
          ];
          for (const file of files) {
            const path = join(folder, file.folder, ".gitignore");
            mkdirSync(dirname(path), { recursive: true });
            writeFileSync(path, file.text);
          }
          const { stdout } = spawnSync("git", ["-C", folder, "check-ignore", "--no-index", "-z", "--stdin"], {
            input: PATHS.join("\0"),
            encoding: "utf8",
          });
          assert.deepEqual(PATHS.filter(ignoredBy(files)), stdout.split("\0").filter(Boolean));
        }),
        { numRuns: 150 },
      );
    });
  });
});
