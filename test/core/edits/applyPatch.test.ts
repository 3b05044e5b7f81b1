import { type ApplyCase, checkCases, fence, text } from "./applyCases.ts";

const FROM = text("class A:", "  def f(self):", "    go()", "  def g(self):", "    go()", "    end()");

function patch(...lines: readonly string[]): string {
  return ["*** Begin Patch", ...lines, "*** End Patch"].join("\n");
}

const update = (...lines: readonly string[]) => patch("*** Update File: a.py", ...lines);
const END = ["@@", "-    end()", "+    stop()"];
const TO = FROM.replace("end()", "stop()");

const WRAPPED: readonly ApplyCase[] = [
  ["bare", update(...END)],
  ["in a fence", fence("", update(...END))],
  ["in a fence with a language", fence("patch", update(...END))],
  ["in a command", fence("sh", "apply_patch <<'EOF'", update(...END), "EOF")],
  ["without its first and last line, in a fence", fence("", "*** Update File: a.py", ...END)],
  ["without marks", update(...END.slice(1))],
  ["with CRLF", update(...END).replaceAll("\n", "\r\n")],
  ["with an anchor", update("@@   def g(self):", ...END.slice(1))],
  ["with an anchor without its indentation", update("@@ def g(self):", ...END.slice(1))],
  ["with two anchors", update("@@ class A:", "@@   def g(self):", ...END.slice(1))],
  ["with an anchor that is nowhere", update("@@ def h(self):", ...END.slice(1))],
  ["with an anchor between marks", update("@@ def g(self): @@", ...END.slice(1))],
  ["with the header of a diff", update("@@ -6,1 +6,1 @@", ...END.slice(1))],
  ["with the end of the file", update(...END, "*** End of File")],
  ["with prose around", `So:\n\n${update(...END)}\n\nDone.`],
  ["with empty lines between", update("", ...END, "")],
].map(([name = "", answer = ""]) => ({ name, from: FROM, answer, to: TO }));

checkCases("a patch", WRAPPED);

checkCases("what a patch does", [
  {
    name: "is in the block of its anchor",
    from: FROM,
    answer: update("@@ def f(self):", "-    go()", "+    come()"),
    to: FROM.replace("go()", "come()"),
  },
  {
    name: "is in the block of its last anchor",
    from: FROM,
    answer: update("@@ class A:", "@@ def g(self):", "-    go()", "+    come()"),
    to: text("class A:", "  def f(self):", "    go()", "  def g(self):", "    come()", "    end()"),
  },
  {
    name: "is refused where two places fit",
    from: FROM,
    answer: update("@@", "-    go()", "+    come()"),
    why: "ambiguous",
  },
  {
    name: "is refused above its anchor",
    from: text("def f():", "  go()", "def g():", "  went()"),
    answer: update("@@ def g():", "-  go()", "+  stop()"),
    why: "contradicted",
  },
  {
    name: "is at the end of the file where it says so",
    from: text("x", "a", "x"),
    answer: update("@@", "-x", "+y", "*** End of File"),
    to: text("x", "a", "y"),
  },
  {
    name: "goes on in order",
    from: FROM,
    answer: update("@@ def f(self):", "-    go()", "+    come()", "@@ def g(self):", "-    go()", "+    leave()"),
    to: text("class A:", "  def f(self):", "    come()", "  def g(self):", "    leave()", "    end()"),
  },
  { name: "appends new lines alone", from: FROM, answer: update("@@", "+  x = 1"), to: `${FROM}  x = 1\n` },
  {
    name: "does not guess where new lines under an anchor go",
    from: FROM,
    answer: update("@@ def f(self):", "+    more()"),
    why: "unplaced",
  },
  {
    name: "inserts between what stays",
    from: FROM,
    answer: update("@@", " class A:", "+  x = 1", "   def f(self):"),
    to: FROM.replace("class A:\n", "class A:\n  x = 1\n"),
  },
  { name: "deletes lines", from: FROM, answer: update("@@", "-    end()"), to: FROM.replace("    end()\n", "") },
  { name: "keeps a file without a line end so", from: "a\nb", answer: update("@@", "-b", "+c"), to: "a\nc" },
  { name: "keeps CRLF", from: FROM.replaceAll("\n", "\r\n"), answer: update(...END), to: TO.replaceAll("\n", "\r\n") },
  { name: "finds lines without their indentation", from: FROM, answer: update("@@", "-end()", "+stop()"), to: TO },
  {
    name: "finds typographic signs",
    from: "x = “a” – 1\ny\n",
    answer: update("@@", ' x = "a" - 1', "-y", "+z"),
    to: "x = “a” – 1\nz\n",
  },
  { name: "is refused for other words", from: FROM, answer: update("@@", "-    halt()", "+    stop()"), why: "absent" },
  {
    name: "is applied all or none",
    from: FROM,
    answer: update(...END, "@@", "-    nothing()", "+    x()"),
    why: "absent",
  },
  { name: "makes a file", from: undefined, answer: patch("*** Add File: b.py", "+a", "+", "+b"), to: "a\n\nb\n" },
  { name: "makes an empty file", from: undefined, answer: patch("*** Add File: b.py"), to: "" },
  { name: "does not make a file that is there", from: FROM, answer: patch("*** Add File: a.py", "+a"), why: "exists" },
  {
    name: "does not make a file of lines without plus signs",
    from: undefined,
    answer: patch("*** Add File: b.py", "a"),
    why: "malformed",
  },
  { name: "deletes a file", from: FROM, answer: patch("*** Delete File: a.py"), to: undefined },
  { name: "renames a file", from: FROM, answer: update("*** Move to: b.py", ...END), to: TO },
  { name: "renames a file as it is", from: FROM, answer: update("*** Move to: b.py"), to: FROM },
  {
    name: "writes no mark for left out code",
    from: FROM,
    answer: update("@@", "-    end()", "+    # ... existing code ..."),
    why: "elision",
  },
  { name: "needs its last line", from: FROM, answer: update(...END).replace("*** End Patch", ""), why: "truncated" },
  {
    name: "needs its last line whole",
    from: FROM,
    answer: update(...END).replace("End Patch", "End"),
    why: "truncated",
  },
  {
    name: "needs its last line in a fence",
    from: FROM,
    answer: fence("", update(...END).replace("*** End Patch", "")),
    why: "truncated",
  },
  { name: "says something", from: FROM, answer: patch(), why: "malformed" },
  { name: "changes something", from: FROM, answer: update(), why: "malformed" },
]);
