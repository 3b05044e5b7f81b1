import { type ApplyCase, checkCases, fence, text } from "./applyCases.ts";

const FROM = text("one", "two", "three", "two again", "four");

function block(search: readonly string[], replace: readonly string[]): string {
  return ["<<<<<<< SEARCH", ...search, "=======", ...replace, ">>>>>>> REPLACE"].join("\n");
}

const two = block(["two"], ["2"]);
const TO = FROM.replace("two\n", "2\n");

const SPELLINGS: readonly ApplyCase[] = [
  ["bare", two],
  ["in a fence", fence("", two)],
  ["in a fence with a language", fence("ts", two)],
  ["in a fence of tildes", `~~~\n${two}\n~~~`],
  ["with the file above the fence", `a.txt\n${fence("", two)}`],
  ["with the file in the fence", fence("", "a.txt", two)],
  ["with the file behind the fence", fence("text a.txt", two)],
  ["with the file in bold", `**a.txt**\n${fence("", two)}`],
  ["with the file in a heading", `### \`a.txt\`\n\n${fence("", two)}`],
  ["with the file behind the mark", two.replace("SEARCH", "SEARCH a.txt")],
  ["with `>` behind the mark", two.replace("SEARCH", "SEARCH>")],
  ["with five signs", two.replaceAll(/<{7}|={7}|>{7}/gu, (marks) => marks.slice(0, 5))],
  ["with nine signs", two.replaceAll(/<{7}|={7}|>{7}/gu, (marks) => marks + marks.slice(0, 2))],
  ["in small letters", two.replace("SEARCH", "search").replace("REPLACE", "replace")],
  ["as ORIGINAL and UPDATED", two.replace("SEARCH", "ORIGINAL").replace("REPLACE", "UPDATED")],
  ["as HEAD and updated", two.replace("SEARCH", "HEAD").replace("REPLACE", "updated")],
  ["with minus and plus signs", two.replace("<<<<<<<", "-------").replace(">>>>>>>", "+++++++")],
  ["with blanks behind the marks", two.replaceAll(/(SEARCH|=======|REPLACE)/gu, "$1  ")],
  ["with CRLF in the answer", two.replaceAll("\n", "\r\n")],
  ["indented in a list", `1. Change it:\n\n${two.replaceAll(/^/gmu, "   ")}`],
  ["after reasoning that holds another", `<think>\n${block(["four"], ["4"])}\n</think>\n${two}`],
  ["with a hint of the line", two.replace("SEARCH\n", "SEARCH\n:start_line:2\n-------\n")],
  ["with hints of both lines", two.replace("SEARCH\n", "SEARCH\n:start_line:2\n:end_line:2\n-------\n")],
  ["with prose around", `Here you are:\n\n${two}\n\nThat is all.`],
].map(([name = "", answer = ""]) => ({ name, from: FROM, answer, to: TO }));

checkCases("SEARCH/REPLACE, spelt", SPELLINGS);

checkCases("SEARCH/REPLACE blocks", [
  {
    name: "change one place each",
    from: FROM,
    answer: `${two}\n${block(["four"], ["4"])}`,
    to: TO.replace("four", "4"),
  },
  {
    name: "are in one fence",
    from: FROM,
    answer: fence("", two, block(["four"], ["4"])),
    to: TO.replace("four", "4"),
  },
  {
    name: "need not be in the file's order",
    from: FROM,
    answer: `${block(["four"], ["4"])}\n${two}`,
    to: TO.replace("four", "4"),
  },
  { name: "are applied all or none", from: FROM, answer: `${two}\n${block(["five"], ["5"])}`, why: "absent" },
  { name: "delete with an empty REPLACE", from: FROM, answer: block(["two"], []), to: FROM.replace("two\n", "") },
  { name: "delete the last line", from: FROM, answer: block(["four"], []), to: FROM.replace("four\n", "") },
  {
    name: "delete the last line of a file without a line end",
    from: "one\ntwo",
    answer: block(["two"], []),
    to: "one",
  },
  { name: "insert", from: FROM, answer: block(["two"], ["two", "new"]), to: FROM.replace("two\n", "two\nnew\n") },
  { name: "insert above", from: FROM, answer: block(["one"], ["new", "one"]), to: `new\n${FROM}` },
  { name: "insert behind the end", from: "one", answer: block(["one"], ["one", "two"]), to: "one\ntwo" },
  { name: "change nothing with equal halves", from: FROM, answer: block(["two"], ["two"]), to: FROM },
  { name: "make a file with an empty SEARCH", from: undefined, answer: block([], ["new"]), to: "new\n" },
  { name: "make a file with a blank SEARCH", from: undefined, answer: block([""], ["new"]), to: "new\n" },
  { name: "fill an empty file", from: "", answer: block([], ["new"]), to: "new\n" },
  { name: "append with an empty SEARCH", from: FROM, answer: block([], ["five"]), to: `${FROM}five\n` },
  { name: "append behind a last line without an end", from: "a\nb", answer: block([], ["c"]), to: "a\nb\nc" },
  {
    name: "do not take a blank SEARCH for the end of a file with blank lines",
    from: "a\n\nb\n",
    answer: block([""], ["c"]),
    why: "unplaced",
  },
  { name: "need a file to search in", from: undefined, answer: two, why: "missing" },
  {
    name: "hold fences",
    from: text("# Use", "```sh", "npm i", "```", "end"),
    answer: fence("md", block(["```sh", "npm i", "```"], ["```sh", "npm ci", "```"])),
    to: text("# Use", "```sh", "npm ci", "```", "end"),
  },
  {
    name: "hold the divider as text",
    from: text("Title", "=======", "body"),
    answer: block(["Title", "=======", "body"], ["Name", "=======", "body"]),
    to: text("Name", "=======", "body"),
  },
  {
    name: "hold marks behind a backslash",
    from: text("<<<<<<< ours", "x"),
    answer: block(["\\<<<<<<< ours"], ["mine"]),
    to: text("mine", "x"),
  },
  {
    name: "may build on each other",
    from: text("a", "b"),
    answer: `${block(["a"], ["first"])}\n${block(["first", "b"], ["first", "second"])}`,
    to: text("first", "second"),
  },
  {
    name: "that are the same count once for each place",
    from: text("x = 1", "y", "x = 1"),
    answer: `${block(["x = 1"], ["x = 2"])}\n${block(["x = 1"], ["x = 2"])}`,
    to: text("x = 2", "y", "x = 2"),
  },
  {
    name: "that are the same for one place are applied once",
    from: FROM,
    answer: `${two}\n${two}`,
    to: TO,
  },
  {
    name: "are refused where two places fit",
    from: text("a", "b", "a"),
    answer: block(["a"], ["c"]),
    why: "ambiguous",
  },
  {
    name: "take the place that the line names",
    from: text("a", "b", "a"),
    answer: block([":start_line:3", "-------", "a"], ["c"]),
    to: text("a", "b", "c"),
  },
  {
    name: "do not take a place near the line that is named",
    from: text("a", "b", "a", "c"),
    answer: block([":start_line:4", "-------", "a"], ["d"]),
    why: "ambiguous",
  },
  {
    name: "that change one line two ways are refused",
    from: FROM,
    answer: `${block(["two", "three"], ["2", "three"])}\n${block(["one", "two"], ["one", "zwei"])}`,
    why: "absent",
  },
  { name: "of other words are refused", from: FROM, answer: block(["twoo"], ["2"]), why: "absent" },
  { name: "of a part of a line are refused", from: FROM, answer: block(["tw"], ["2"]), why: "absent" },
  { name: "that were applied already are refused", from: TO, answer: two, why: "already" },
  {
    name: "with a blank line before SEARCH alone are placed by the rest",
    from: "    one\n    two\n",
    answer: block(["", "  one"], ["  1"]),
    to: "    1\n    two\n",
  },
  {
    name: "with the numbers of lines are read without them",
    from: FROM,
    answer: block(["2 | two", "3 | three"], ["2 | 2", "3 | three"]),
    to: TO,
  },
  {
    name: "with the numbers of lines that the document has are read with them",
    from: text("2 | two", "3 | three"),
    answer: block(["2 | two"], ["2 | 2"]),
    to: text("2 | 2", "3 | three"),
  },
  {
    name: "with blank lines around that are not there are placed by the rest",
    from: FROM,
    answer: block(["", "two", ""], ["", "2", ""]),
    to: TO,
  },
]);

checkCases("SEARCH/REPLACE blocks that were cut", [
  { name: "in SEARCH", from: FROM, answer: "<<<<<<< SEARCH\ntwo", why: "truncated" },
  { name: "before the divider's end", from: FROM, answer: "<<<<<<< SEARCH\ntwo\n====", why: "truncated" },
  { name: "in REPLACE", from: FROM, answer: "<<<<<<< SEARCH\ntwo\n=======\n2", why: "truncated" },
  {
    name: "in the closing mark",
    from: FROM,
    answer: "<<<<<<< SEARCH\ntwo\n=======\n2\n>>>>>>> REPL",
    why: "truncated",
  },
  { name: "within a fence", from: FROM, answer: fence("", "<<<<<<< SEARCH", "two", "=======", "2"), why: "truncated" },
  { name: "after a whole one", from: FROM, answer: `${two}\n<<<<<<< SEARCH\nfour\n=====`, why: "truncated" },
  { name: "before a whole one", from: FROM, answer: `<<<<<<< SEARCH\nfour\n=======\n4\n${two}`, why: "truncated" },
  { name: "of their divider", from: FROM, answer: "<<<<<<< SEARCH\ntwo\n2\n>>>>>>> REPLACE", why: "malformed" },
  {
    name: "are not taken from a conflict of git",
    from: "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n",
    answer: "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n",
    why: "nothing",
  },
]);

const CODE = text("class A {", "  run() {", "    go();", "  }", "", "  stop() {", "    halt();", "  }", "}");

checkCases("SEARCH/REPLACE and blanks", [
  {
    name: "without the indentation",
    from: CODE,
    answer: block(["run() {", "  go();", "}"], ["run() {", "  go(1);", "  more();", "}"]),
    to: CODE.replace("    go();\n", "    go(1);\n    more();\n"),
  },
  {
    name: "with too much indentation",
    from: CODE,
    answer: block(["        run() {", "          go();"], ["        run() {", "          go(1);"]),
    to: CODE.replace("go()", "go(1)"),
  },
  {
    name: "with too much indentation, and less in what is new",
    from: CODE,
    answer: block(["        run() {", "          go();"], ["        run() {", "go(1);"]),
    why: "indentation",
  },
  {
    name: "with indentation that fits no rule",
    from: CODE,
    answer: block(["run() {", "go();", "}"], ["run() {", "go(1);", "}"]),
    why: "indentation",
  },
  {
    name: "tabs for blanks",
    from: CODE,
    answer: block(["\trun() {", "\t\tgo();"], ["\trun() {", "\t\tgo(1);", "\t\t\tdeep();"]),
    to: CODE.replace("    go();\n", "    go(1);\n      deep();\n"),
  },
  {
    name: "blanks for tabs",
    from: CODE.replaceAll("  ", "\t"),
    answer: block(["    run() {", "        go();"], ["    run() {", "        go(1);"]),
    to: CODE.replaceAll("  ", "\t").replace("go()", "go(1)"),
  },
  {
    name: "blanks for tabs, a level less",
    from: CODE.replaceAll("  ", "\t"),
    answer: block(["run() {", "    go();", "}"], ["run() {", "    go(1);", "        deep();", "}"]),
    to: CODE.replaceAll("  ", "\t").replace("\t\tgo();\n", "\t\tgo(1);\n\t\t\tdeep();\n"),
  },
  {
    name: "blanks at the ends of the document's lines",
    from: "a  \nb\t\nc\n",
    answer: block(["a", "b"], ["a", "x"]),
    to: "a  \nx\nc\n",
  },
  {
    name: "blanks at the ends of the answer's lines",
    from: "a\nb\n",
    answer: block(["a  ", "b "], ["a  ", "x"]),
    to: "a\nx\n",
  },
  {
    name: "blank lines with blanks in them",
    from: "a\n    \nb\n",
    answer: block(["a", "", "b"], ["a", "", "x"]),
    to: "a\n    \nx\n",
  },
  { name: "not blanks within a line", from: "a  b\n", answer: block(["a b"], ["c"]), why: "absent" },
  {
    name: "letter by letter before other indentation",
    from: text("go();", "  go();"),
    answer: block(["  go();"], ["  stop();"]),
    to: text("go();", "  stop();"),
  },
  {
    name: "two places with other indentation",
    from: text("  go();", "    go();"),
    answer: block(["go();"], ["stop();"]),
    why: "ambiguous",
  },
]);

checkCases("SEARCH/REPLACE and line ends, marks and letters", [
  { name: "CRLF stays", from: "a\r\nb\r\nc\r\n", answer: block(["b"], ["x", "y"]), to: "a\r\nx\r\ny\r\nc\r\n" },
  { name: "CRLF stays at the end", from: "a\r\nb", answer: block(["b"], ["x", "y"]), to: "a\r\nx\r\ny" },
  { name: "lone CR stays", from: "a\rb\rc\r", answer: block(["b"], ["x"]), to: "a\rx\rc\r" },
  {
    name: "mixed ends stay where they are",
    from: "a\r\nb\nc\r\nd\n",
    answer: block(["c"], ["x", "y"]),
    to: "a\r\nb\nx\r\ny\r\nd\n",
  },
  { name: "the byte order mark stays", from: "\uFEFFa\nb\n", answer: block(["a"], ["x"]), to: "\uFEFFx\nb\n" },
  { name: "the byte order mark stays without lines", from: "\uFEFFa\n", answer: block(["a"], []), to: "\uFEFF" },
  { name: "no line end stays no line end", from: "a\nb", answer: block(["b"], ["x"]), to: "a\nx" },
  {
    name: "form feeds and separators are text",
    from: "a\fb\u2028c\n",
    answer: block(["a\fb\u2028c"], ["x"]),
    to: "x\n",
  },
  {
    name: "typographic quotes where the change leaves them alone",
    from: "say(“Größe”, 1)\n",
    answer: block(['say("Größe", 1)'], ['say("Größe", 2)']),
    to: "say(“Größe”, 2)\n",
  },
  { name: "a dash", from: "a – b\nc\n", answer: block(["a - b", "c"], ["a - b", "d"]), to: "a – b\nd\n" },
  {
    name: "a hard blank",
    from: "10\u00A0km\nc\n",
    answer: block(["10 km", "c"], ["10 km", "d"]),
    to: "10\u00A0km\nd\n",
  },
  {
    name: "letters in parts",
    from: "cafe\u0301\nc\n",
    answer: block(["caf\u00E9", "c"], ["caf\u00E9", "d"]),
    to: "cafe\u0301\nd\n",
  },
  {
    name: "letters of one sign",
    from: "caf\u00E9\nc\n",
    answer: block(["cafe\u0301", "c"], ["cafe\u0301", "d"]),
    to: "caf\u00E9\nd\n",
  },
  { name: "two places but for quotes", from: "“a”\n'a'\n„a“\n", answer: block(['"a"'], ["b"]), why: "ambiguous" },
  { name: "emoji and wide letters", from: "🙂 値\nb\n", answer: block(["🙂 値"], ["🙃 値"]), to: "🙃 値\nb\n" },
  {
    name: "look-alikes of another script are others",
    from: "раураl\n",
    answer: block(["paypal"], ["x"]),
    why: "absent",
  },
]);

checkCases("SEARCH/REPLACE and code that is left out", [
  {
    name: "marks in both halves",
    from: CODE,
    answer: block(["  run() {", "    // ...", "  stop() {"], ["  start() {", "    // ...", "  end() {"]),
    to: CODE.replace("run", "start").replace("stop", "end"),
  },
  {
    name: "marks in other words",
    from: CODE,
    answer: block(["class A {", "// ... existing code ...", "    halt();"], ["class B {", "// ...", "    halt(1);"]),
    to: CODE.replace("class A", "class B").replace("halt()", "halt(1)"),
  },
  {
    name: "dots alone",
    from: CODE,
    answer: block(["class A {", "...", "    halt();"], ["class A {", "...", "    halt(1);"]),
    to: CODE.replace("halt()", "halt(1)"),
  },
  {
    name: "a mark in REPLACE only",
    from: CODE,
    answer: block(["  run() {", "    go();"], ["  run() {", "    // ... existing code ..."]),
    why: "elision",
  },
  {
    name: "the rest of the function",
    from: CODE,
    answer: block(["    go();"], ["    // rest of the code remains the same"]),
    why: "elision",
  },
  {
    name: "a mark that the document has",
    from: "// ...\na\n",
    answer: block(["// ...", "a"], ["// ...", "b"]),
    to: "// ...\nb\n",
  },
  {
    name: "a mark that the document has, deleted",
    from: "// ...\na\n",
    answer: block(["// ...", "a"], ["a"]),
    to: "a\n",
  },
  {
    name: "a comment about what is unchanged",
    from: "a\n",
    answer: block(["a"], ["// the price is unchanged by tax", "a"]),
    to: "// the price is unchanged by tax\na\n",
  },
  {
    name: "the empty body of a Python function",
    from: "def f():\n    pass\n",
    answer: block(["    pass"], ["    ..."]),
    to: "def f():\n    ...\n",
  },
]);
