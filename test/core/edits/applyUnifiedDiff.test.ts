import assert from "node:assert/strict";
import { readAnswerEdits } from "../../../src/core/edits/readAnswerEdits.ts";
import { type ApplyCase, checkCases, fence, text } from "./applyCases.ts";

const FROM = text("one", "two", "three", "four", "five");
const TO = FROM.replace("three\n", "3\n");
const HUNK = ["@@ -2,3 +2,3 @@", " two", "-three", "+3", " four"];

function diff(...lines: readonly string[]): string {
  return fence("diff", ...lines);
}

const named = (...lines: readonly string[]) => ["--- a/n.txt", "+++ b/n.txt", ...lines];

const HEADERS: readonly ApplyCase[] = [
  ["a hunk alone", diff(...HUNK)],
  ["names", diff(...named(...HUNK))],
  ["names without a/ and b/", diff("--- n.txt", "+++ n.txt", ...HUNK)],
  ["names with times", diff("--- n.txt\t2026-01-01 00:00:00", "+++ n.txt\t2026-01-02 00:00:00", ...HUNK)],
  ["names in quotes", diff('--- "a/n.txt"', '+++ "b/n.txt"', ...HUNK)],
  ["git's header", diff("diff --git a/n.txt b/n.txt", "index 1..2 100644", ...named(...HUNK))],
  ["git's header alone", diff("diff --git a/n.txt b/n.txt", ...HUNK)],
  ["a fence of another language", fence("text", ...named(...HUNK))],
  ["the word patch", fence("patch", ...named(...HUNK))],
  ["no fence", named(...HUNK).join("\n")],
  ["no fence, in prose", `So:\n\n${named(...HUNK).join("\n")}\n`],
  ["CRLF in the answer", diff(...named(...HUNK)).replaceAll("\n", "\r\n")],
  ["wrong numbers", diff(...named("@@ -40,9 +77,1 @@", ...HUNK.slice(1)))],
  ["no numbers", diff(...named("@@ ... @@", ...HUNK.slice(1)))],
  ["bare marks", diff(...named("@@", ...HUNK.slice(1)))],
  ["no marks", diff(...named(...HUNK.slice(1)))],
  ["no header at all", diff(...HUNK.slice(1))],
  ["a heading", diff(...named("@@ -2,3 +2,3 @@ one", ...HUNK.slice(1)))],
  ["a heading that is nowhere", diff(...named("@@ -2,3 +2,3 @@ function nowhere()", ...HUNK.slice(1)))],
  ["no blank before what stays", diff(...named("@@ -2,3 +2,3 @@", "two", "-three", "+3", "four"))],
  ["the blank before some of what stays", diff(...named("@@ -2,3 +2,3 @@", " two", "-three", "+3", "four"))],
  ["empty lines at the end", diff(...named(...HUNK, "", ""))],
  ["an indented fence", `- so:\n${diff(...named(...HUNK)).replaceAll(/^/gmu, "  ")}`],
].map(([name = "", answer = ""]) => ({ name: `with ${name}`, from: FROM, answer, to: TO }));

checkCases("a unified diff", HEADERS);

checkCases("the names of a diff", [
  { name: "need not be the file's", from: FROM, answer: diff("--- original", "+++ modified", ...HUNK), to: TO },
  { name: "may be of a copy that was kept", from: FROM, answer: diff("--- n.txt.orig", "+++ n.txt", ...HUNK), to: TO },
  {
    name: "do not make a copy",
    from: FROM,
    answer: diff("diff --git a/n.txt b/m.txt", "copy from n.txt", "copy to m.txt"),
    why: "malformed",
  },
]);

describe("a file that a diff renames", () => {
  it("is renamed where git says so, and nowhere else", () => {
    const renames = (...lines: readonly string[]) =>
      readAnswerEdits(diff(...lines)).map(({ path, newPath }) => [path, newPath]);
    assert.deepEqual(renames("--- a/n.txt", "+++ b/m.txt", ...HUNK), [["m.txt", undefined]]);
    assert.deepEqual(renames("--- original", "+++ modified", ...HUNK), [[undefined, undefined]]);
    assert.deepEqual(renames("diff --git a/n.txt b/m.txt", "rename from n.txt", "rename to m.txt"), [
      ["n.txt", "m.txt"],
    ]);
    assert.deepEqual(
      renames(
        "diff --git a/n.txt b/m.txt",
        "rename from n.txt",
        "rename to m.txt",
        "--- a/n.txt",
        "+++ b/m.txt",
        ...HUNK,
      ),
      [["n.txt", "m.txt"]],
    );
  });
});

checkCases("hunks", [
  {
    name: "are several",
    from: FROM,
    answer: diff(...named("@@ -1,2 +1,2 @@", "-one", "+1", " two", "@@ -4,2 +4,2 @@", " four", "-five", "+5")),
    to: text("1", "two", "three", "four", "5"),
  },
  {
    name: "have empty lines between them",
    from: FROM,
    answer: diff(...named("@@ -1,2 +1,2 @@", "-one", "+1", " two", "", "@@ -4,2 +4,2 @@", " four", "-five", "+5")),
    to: text("1", "two", "three", "four", "5"),
  },
  {
    name: "keep an empty line that lost its blank",
    from: text("a", "", "b"),
    answer: diff(...named("@@ -1,3 +1,3 @@", " a", "", "-b", "+c")),
    to: text("a", "", "c"),
  },
  {
    name: "delete",
    from: FROM,
    answer: diff(...named("@@ -2,2 +2,1 @@", " two", "-three")),
    to: FROM.replace("three\n", ""),
  },
  {
    name: "insert",
    from: FROM,
    answer: diff(...named("@@ -2,2 +2,3 @@", " two", "+new", " three")),
    to: FROM.replace("two\n", "two\nnew\n"),
  },
  {
    name: "insert above all",
    from: FROM,
    answer: diff(...named("@@ -1,1 +1,2 @@", "+zero", " one")),
    to: `zero\n${FROM}`,
  },
  {
    name: "insert below all",
    from: FROM,
    answer: diff(...named("@@ -5,1 +5,2 @@", " five", "+six")),
    to: `${FROM}six\n`,
  },
  {
    name: "insert by number alone are refused",
    from: FROM,
    answer: diff(...named("@@ -2,0 +3,1 @@", "+new")),
    why: "unplaced",
  },
  { name: "fill an empty file", from: "", answer: diff(...named("@@ -0,0 +1,1 @@", "+new")), to: "new\n" },
  { name: "need a file", from: undefined, answer: diff(...named(...HUNK)), why: "missing" },
  {
    name: "of other words are refused",
    from: FROM,
    answer: diff(...named("@@ -2,2 +2,2 @@", " two", "-tree", "+3")),
    why: "absent",
  },
  {
    name: "with a wrong line that stays are refused",
    from: FROM,
    answer: diff(...named("@@ -2,2 +2,2 @@", " too", "-three", "+3")),
    why: "absent",
  },
  {
    name: "are applied all or none",
    from: FROM,
    answer: diff(...named(...HUNK, "@@ -5 +5 @@", "-cinq", "+5")),
    why: "absent",
  },
  { name: "that were applied are refused", from: TO, answer: diff(...named(...HUNK)), why: "already" },
  {
    name: "where two places fit take the one at the number",
    from: text("a", "x", "b", "x", "c"),
    answer: diff(...named("@@ -4,1 +4,1 @@", "-x", "+y")),
    to: text("a", "x", "b", "y", "c"),
  },
  {
    name: "where two places fit do not take one near the number",
    from: text("a", "x", "b", "x", "c"),
    answer: diff(...named("@@ -5,1 +5,1 @@", "-x", "+y")),
    why: "ambiguous",
  },
  {
    name: "where two places fit take the number as far off as the hunk above",
    from: text("new", "new", "a", "x", "b", "x", "c"),
    answer: diff(...named("@@ -1,1 +1,1 @@", "-a", "+A", "@@ -4,1 +4,1 @@", "-x", "+y")),
    to: text("new", "new", "A", "x", "b", "y", "c"),
  },
  {
    name: "where two places fit keep their order",
    from: text("x", "a", "x", "b"),
    answer: diff(...named("@@", "-a", "+A", "@@", "-x", "+y")),
    to: text("x", "A", "y", "b"),
  },
  {
    name: "against the file's order are refused",
    from: FROM,
    answer: diff(...named("@@", "-four", "+4", "@@", "-two", "+2")),
    why: "contradicted",
  },
  {
    name: "where two places fit take the one in the function of the heading",
    from: text("def f():", "  go()", "def g():", "  go()"),
    answer: diff(...named("@@ -9,1 +9,1 @@ def g():", "-  go()", "+  stop()")),
    to: text("def f():", "  go()", "def g():", "  stop()"),
  },
  {
    name: "above the function of the heading are refused",
    from: text("def f():", "  go()", "def g():", "  went()"),
    answer: diff(...named("@@ -9,1 +9,1 @@ def g():", "-  go()", "+  stop()")),
    why: "contradicted",
  },
  {
    name: "that leave code out are placed in parts",
    from: FROM,
    answer: diff(...named("@@ -1,5 +1,5 @@", "-one", "+1", " ...", "-five", "+5")),
    to: text("1", "two", "three", "four", "5"),
  },
  {
    name: "that write a mark for left out code are refused",
    from: FROM,
    answer: diff(...named("@@", "-three", "+# ... rest of the code ...")),
    why: "elision",
  },
  {
    name: "change lines that look like headers",
    from: text("-- sql", "select 1", "-- end"),
    answer: diff(...named("@@ -1,3 +1,3 @@", "--- sql", "++++ more", " select 1", " -- end")),
    to: text("+++ more", "select 1", "-- end"),
  },
]);

checkCases("a diff and the end of the file", [
  {
    name: "that had no line end and has none",
    from: "a\nb",
    answer: diff(
      ...named("@@ -1,2 +1,2 @@", " a", "-b", "\\ No newline at end of file", "+c", "\\ No newline at end of file"),
    ),
    to: "a\nc",
  },
  {
    name: "that gets a line end",
    from: "a\nb",
    answer: diff(...named("@@ -1,2 +1,2 @@", " a", "-b", "\\ No newline at end of file", "+b")),
    to: "a\nb\n",
  },
  {
    name: "that loses its line end",
    from: "a\nb\n",
    answer: diff(...named("@@ -1,2 +1,2 @@", " a", "-b", "+b", "\\ No newline at end of file")),
    to: "a\nb",
  },
  {
    name: "that it says nothing of",
    from: "a\nb",
    answer: diff(...named("@@ -1,2 +1,2 @@", " a", "-b", "+c")),
    to: "a\nc",
  },
  {
    name: "that gets a line end far from the change above",
    from: "a\r\nb\r\nc",
    answer: diff(...named("@@ -1 +1 @@", "-a", "+x", "@@ -3 +3 @@", "-c", "\\ No newline at end of file", "+c")),
    to: "x\r\nb\r\nc\r\n",
  },
]);

checkCases("a diff and blanks, line ends, letters", [
  {
    name: "CRLF stays",
    from: FROM.replaceAll("\n", "\r\n"),
    answer: diff(...named(...HUNK)),
    to: TO.replaceAll("\n", "\r\n"),
  },
  {
    name: "the byte order mark stays",
    from: `\uFEFF${FROM}`,
    answer: diff(...named("@@ -1 +1 @@", "-one", "+1")),
    to: `\uFEFF${FROM.replace("one", "1")}`,
  },
  {
    name: "tabs that came as blanks",
    from: "f() {\n\tgo();\n\tstop();\n}\n",
    answer: diff(...named("@@", " f() {", "-    go();", "+    go(1);", "     stop();", " }")),
    to: "f() {\n\tgo(1);\n\tstop();\n}\n",
  },
  {
    name: "a blank too many before every line",
    from: "  a();\n  b();\n",
    answer: diff(...named("@@", "    a();", "-   b();", "+   c();")).replace("    a();", "    a();"),
    to: "  a();\n  c();\n",
  },
  {
    name: "no blank before what stays, with the right indentation",
    from: "if (x) {\n    a();\n    b();\n}\n",
    answer: diff(...named("@@", "if (x) {", "    a();", "-    b();", "+    c();", "}")),
    to: "if (x) {\n    a();\n    c();\n}\n",
  },
  { name: "blanks at line ends", from: "a  \nb  \n", answer: diff(...named("@@", " a", "-b", "+c")), to: "a  \nc\n" },
  {
    name: "a blank line with blanks",
    from: "a\n  \nb\n",
    answer: diff(...named("@@", " a", " ", "-b", "+c")),
    to: "a\n  \nc\n",
  },
  { name: "typographic quotes", from: "“a”\nb\n", answer: diff(...named("@@", ' "a"', "-b", "+c")), to: "“a”\nc\n" },
]);

checkCases("a diff of files", [
  {
    name: "makes one",
    from: undefined,
    answer: diff(
      "diff --git a/n.txt b/n.txt",
      "new file mode 100644",
      "--- /dev/null",
      "+++ b/n.txt",
      "@@ -0,0 +1,2 @@",
      "+a",
      "+b",
    ),
    to: "a\nb\n",
  },
  {
    name: "makes one without a line end",
    from: undefined,
    answer: diff("--- /dev/null", "+++ b/n.txt", "@@ -0,0 +1 @@", "+a", "\\ No newline at end of file"),
    to: "a",
  },
  {
    name: "does not make one that is there",
    from: FROM,
    answer: diff("--- /dev/null", "+++ b/n.txt", "@@ -0,0 +1 @@", "+a"),
    why: "exists",
  },
  {
    name: "deletes one",
    from: FROM,
    answer: diff("--- a/n.txt", "+++ /dev/null", "@@ -1 +0,0 @@", "-one"),
    to: undefined,
  },
  {
    name: "deletes one by git's words",
    from: FROM,
    answer: diff("diff --git a/n.txt b/n.txt", "deleted file mode 100644"),
    to: undefined,
  },
  {
    name: "deletes none that is not there",
    from: undefined,
    answer: diff("--- a/n.txt", "+++ /dev/null", "@@ -1 +0,0 @@", "-one"),
    why: "missing",
  },
  {
    name: "renames one",
    from: FROM,
    answer: diff("diff --git a/n.txt b/m.txt", "similarity index 100%", "rename from n.txt", "rename to m.txt"),
    to: FROM,
  },
  {
    name: "renames and changes one",
    from: FROM,
    answer: diff(
      "diff --git a/n.txt b/m.txt",
      "rename from n.txt",
      "rename to m.txt",
      "--- a/n.txt",
      "+++ b/m.txt",
      ...HUNK,
    ),
    to: TO,
  },
  {
    name: "of binary data is refused",
    from: FROM,
    answer: diff("diff --git a/n.png b/n.png", "Binary files a/n.png and b/n.png differ"),
    why: "malformed",
  },
  {
    name: "in a fence that never ends is refused",
    from: FROM,
    answer: `\`\`\`diff\n${named(...HUNK).join("\n")}`,
    why: "truncated",
  },
]);
