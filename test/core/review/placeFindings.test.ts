import assert from "node:assert/strict";
import fc from "fast-check";
import { readDiff } from "../../../src/core/changes/fileDiff.ts";
import { newFileDiff } from "../../../src/core/changes/newFileDiff.ts";
import { numberedChanges } from "../../../src/core/review/buildReviewMessages.ts";
import type { Finding } from "../../../src/core/review/finding.ts";
import { locateLines } from "../../../src/core/review/locateLines.ts";
import { mapLine } from "../../../src/core/review/mapLine.ts";
import { newLinesOf, placeFindings, shownLinesOf } from "../../../src/core/review/placeFindings.ts";
import { reviewPage } from "../../../src/core/review/reviewPage.ts";
import { reviewVerdict } from "../../../src/core/review/reviewVerdict.ts";

const DIFF = `diff --git a/src/a.ts b/src/a.ts
--- a/src/a.ts
+++ b/src/a.ts
@@ -10,3 +10,4 @@
 ten
-old
+  eleven
+  twelve
 thirteen
@@ -30 +31 @@
-x
+  eleven
diff --git a/lib/x/b.ts b/lib/x/b.ts
--- a/lib/x/b.ts
+++ b/lib/x/b.ts
@@ -1 +1 @@
-one
+uno
`;

const FILES = readDiff(DIFF);
const LINES = shownLinesOf(FILES);

function finding(parts: Partial<Finding>): Finding {
  return { file: "src/a.ts", line: 11, endLine: parts.line ?? 11, severity: "note", sentence: "s", ...parts };
}

function placeOf(parts: Partial<Finding>) {
  const [placed] = placeFindings([finding(parts)], LINES).placed;
  return placed === undefined ? undefined : [placed.file, placed.line, placed.endLine, placed.replacement];
}

describe("a finding's place", () => {
  const check = (name: string, parts: Partial<Finding>, place: ReturnType<typeof placeOf>) =>
    it(name, () => assert.deepEqual(placeOf(parts), place));
  check("is its line", {}, ["src/a.ts", 11, 11, undefined]);
  check("may be a line that did not change", { line: 13, endLine: 13 }, ["src/a.ts", 13, 13, undefined]);
  check("is cut where the diff shows no more", { line: 12, endLine: 90 }, ["src/a.ts", 12, 13, undefined]);
  check("is none where the diff does not show the line", { line: 20 }, undefined);
  check("is none in a file that did not change", { file: "src/z.ts" }, undefined);
  check("is found with git's prefix", { file: "b/src/a.ts" }, ["src/a.ts", 11, 11, undefined]);
  check("is found by the end of its path", { file: "b.ts", line: 1 }, ["lib/x/b.ts", 1, 1, undefined]);
  check("keeps a replacement of lines that are all there", { replacement: "r" }, ["src/a.ts", 11, 11, "r"]);
  check("gets no replacement of lines that are not", { line: 12, endLine: 90, replacement: "r" }, [
    "src/a.ts",
    12,
    13,
    undefined,
  ]);
  check("follows the quoted lines", { line: 13, original: "eleven\ntwelve", replacement: "r" }, [
    "src/a.ts",
    11,
    12,
    "  r",
  ]);
  check("is the nearest of two quotes", { line: 30, original: "  eleven", replacement: "  r" }, [
    "src/a.ts",
    31,
    31,
    "  r",
  ]);
  check("gets no replacement of what is not there", { original: "else", replacement: "r" }, [
    "src/a.ts",
    11,
    11,
    undefined,
  ]);

  it("is never a line that the diff does not show", () => {
    const text = fc.constantFrom("eleven", "  eleven", "ten", "x", "", "uno\n");
    const any = fc.record(
      {
        file: fc.constantFrom("src/a.ts", "a.ts", "b.ts", "/src/a.ts", "c.ts", "ts"),
        line: fc.integer({ min: 1, max: 50 }),
        endLine: fc.integer({ min: 1, max: 50 }),
        original: text,
        replacement: fc.string(),
      },
      { requiredKeys: ["file", "line", "endLine"] },
    );
    fc.assert(
      fc.property(fc.array(any), (parts) => {
        const findings = parts.map(finding);
        const { placed, loose } = placeFindings(findings, LINES);
        assert.equal(placed.length + loose.length, findings.length);
        for (const { file, line, endLine, found } of placed) {
          const lines = newLinesOf(FILES.find(({ path }) => path === file) ?? { hunks: [] });
          for (let at = line; at <= endLine; at += 1) assert.equal(lines.get(at), found[at - line]);
        }
      }),
    );
  });
});

describe("a line of a file that has changed since", () => {
  const check = (name: string, [line, later]: readonly [number, number | undefined]) =>
    it(name, () => assert.equal(mapLine(line, FILES[0]), later));
  check("stays before the change", [9, 9]);
  check("stays beside it", [10, 10]);
  check("is gone", [11, undefined]);
  check("moves behind it", [12, 13]);
  check("moves between two", [20, 21]);
  check("is gone in the second", [30, undefined]);
  check("moves behind both", [31, 32]);

  it("stays where nothing changed, and moves behind pure insertions", () => {
    assert.equal(mapLine(7, undefined), 7);
    const [inserted] = readDiff(`diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -3,0 +4,2 @@\n+x\n+y\n`);
    assert.deepEqual([mapLine(3, inserted), mapLine(4, inserted)], [3, 6]);
  });

  it("is looked for by its text, there first where it is expected", () => {
    const document = ["a", "}", "b", "}", "c"];
    assert.equal(locateLines(["}"], 4, document), 4);
    assert.equal(locateLines(["}"], 5, document), 4);
    assert.equal(locateLines(["b", "}"], 1, document), 3);
    assert.equal(locateLines(["z"], 1, document), undefined);
    assert.equal(locateLines([""], 1, [""]), undefined);
  });
});

describe("a review", () => {
  it("shows the lines with their numbers of the new side", () => {
    const [file] = FILES;
    assert.ok(file);
    assert.equal(
      numberedChanges(file).join(""),
      "--- src/a.ts\n   10  ten\n      -old\n   11 +  eleven\n   12 +  twelve\n   13  thirteen\n      -x\n   31 +  eleven\n",
    );
  });

  it("sees a new file as git would show it", () => {
    const [file] = readDiff(newFileDiff("a b.ts", "one\ntwo"));
    assert.deepEqual([file?.path, file?.added, file?.hunks[0]?.newStart], ["a b.ts", 2, 1]);
    assert.deepEqual(readDiff(newFileDiff("e.ts", ""))[0]?.hunks, []);
  });

  it("is told on a page in which nothing of the answer is markup", () => {
    const { placed } = placeFindings([finding({ sentence: "[x](command:quit) <b>" })], LINES);
    const page = reviewPage({ placed, loose: [finding({ file: "`z`" })], receipt: "M · $0.01", notes: [] });
    assert.match(page, /2 findings/);
    assert.ok(!page.includes("[x](") && !page.includes("<b>") && page.includes("## Without a place"));
    assert.match(reviewPage({ placed: [], loose: [], receipt: "M", notes: [] }), /Nothing was found/);
  });

  const check = (standing: Parameters<typeof reviewVerdict>[0], verdict: ReturnType<typeof reviewVerdict>) =>
    it(`is ${verdict ?? "open"} with ${JSON.stringify(standing)}`, () =>
      assert.equal(reviewVerdict(standing), verdict));
  check({ applied: 0, dismissed: 0, open: 2 }, undefined);
  check({ applied: 0, dismissed: 1, open: 1 }, undefined);
  check({ applied: 1, dismissed: 0, open: 1 }, "accepted");
  check({ applied: 1, dismissed: 1, open: 0 }, "partly-accepted");
  check({ applied: 0, dismissed: 2, open: 0 }, "rejected");
});
