import assert from "node:assert/strict";
import { isElision } from "../../../src/core/edits/elision.ts";
import { readAnswerEdits } from "../../../src/core/edits/readAnswerEdits.ts";
import { checkCases, fence, text } from "./applyCases.ts";

const FROM = text(
  'import { round } from "./round.ts";',
  "",
  "export function net(price: number): number {",
  "  return round(price);",
  "}",
  "",
  "export function gross(price: number, rate: number): number {",
  "  const tax = price * rate;",
  "  return round(price + tax);",
  "}",
);
const BODY = FROM.trimEnd().split("\n");
const GROSS = [
  "export function gross(price: number, rate: number): number {",
  "  return round(price * (1 + rate));",
  "}",
];
const TO = FROM.replace(
  "  const tax = price * rate;\n  return round(price + tax);\n",
  "  return round(price * (1 + rate));\n",
);

checkCases("a code block", [
  {
    name: "is a whole file",
    from: FROM,
    answer: fence("ts a.ts", ...BODY.map((line) => line.replace("round(price)", "price"))),
    to: FROM.replace("round(price)", "price"),
  },
  { name: "is the same file", from: FROM, answer: fence("ts", ...BODY), to: FROM },
  { name: "keeps the end of the file", from: FROM.trimEnd(), answer: fence("ts", ...BODY), to: FROM.trimEnd() },
  {
    name: "keeps CRLF",
    from: FROM.replaceAll("\n", "\r\n"),
    answer: fence("ts", ...GROSS),
    to: TO.replaceAll("\n", "\r\n"),
  },
  {
    name: "keeps the byte order mark",
    from: `\uFEFF${FROM}`,
    answer: fence("ts", ...BODY.slice(0, 1), "// new", ...BODY.slice(1)),
    to: `\uFEFF${FROM.replace("\n\n", "\n// new\n\n")}`,
  },
  {
    name: "keeps blank lines at the beginning",
    from: `\n \n${FROM}`,
    answer: fence("ts", ...BODY),
    to: `\n \n${FROM}`,
  },
  { name: "keeps blank lines at the end", from: `${FROM}\n\n`, answer: fence("ts", ...BODY, ""), to: `${FROM}\n\n` },
  { name: "is a function", from: FROM, answer: fence("ts", ...GROSS), to: TO },
  {
    name: "is a function between marks",
    from: FROM,
    answer: fence("ts", "// ... existing code ...", "", ...GROSS, "", "// ... existing code ..."),
    to: TO,
  },
  { name: "is an indented function", from: FROM, answer: fence("ts", ...GROSS.map((line) => `    ${line}`)), to: TO },
  {
    name: "leaves the middle of a function out",
    from: FROM,
    answer: fence(
      "ts",
      "export function gross(price: number, rate: number): number {",
      "  // ... existing code ...",
      "  return round(price + tax);",
      "  // done",
      "}",
    ),
    to: FROM.replace("price + tax);", "price + tax);\n  // done"),
  },
  {
    name: "leaves whole functions out",
    from: FROM,
    answer: fence(
      "ts",
      'import { floor, round } from "./round.ts";',
      "",
      "// ... rest of the code ...",
      "  return round(price + tax);",
      "}",
    ),
    to: FROM.replace("{ round }", "{ floor, round }"),
  },
  {
    name: "is refused where a line behind a mark is another than the document's",
    from: FROM,
    answer: fence("ts", ...GROSS.slice(0, 1), "  // ... existing code ...", "  return round(price - tax);", "}"),
    why: "elision",
  },
  {
    name: "writes no mark where it does not know what it stands for",
    from: FROM,
    answer: fence("ts", "export function other(): void {", "  // ... existing code ...", "}", ...GROSS),
    why: "elision",
  },
  {
    name: "with too little in common is refused",
    from: FROM,
    answer: fence("ts", "const unrelated = 1;", "unrelated.use();"),
    why: "absent",
  },
  { name: "fills an empty file", from: "", answer: fence("ts", ...BODY), to: FROM },
  { name: "makes a file", from: undefined, answer: fence("ts a.ts", ...BODY), to: FROM },
  {
    name: "makes no file that leaves code out",
    from: undefined,
    answer: fence("ts a.ts", ...BODY, "// ... rest of the file ..."),
    why: "elision",
  },
  {
    name: "in a fence that never ends is refused",
    from: FROM,
    answer: `\`\`\`ts\n${BODY.join("\n")}`,
    why: "truncated",
  },
  {
    name: "in a fence that never ends makes no file",
    from: undefined,
    answer: `\`\`\`ts a.ts\n${BODY.join("\n")}`,
    why: "truncated",
  },
  {
    name: "does not have the comment that names its file",
    from: undefined,
    answer: fence("ts", "// src/a.ts", "x();"),
    to: "x();\n",
  },
  {
    name: "has other comments",
    from: undefined,
    answer: fence("ts a.ts", "// about a", "x();"),
    to: "// about a\nx();\n",
  },
  {
    name: "may have fences in a longer one",
    from: undefined,
    answer: "````md a.md\n```sh\nls\n```\n````",
    to: "```sh\nls\n```\n",
  },
  {
    name: "twice for one file, one after the other",
    from: FROM,
    answer: `${fence("ts a.ts", ...GROSS)}\n${fence("ts a.ts", "export function net(price: number): number {", "  return price;", "}")}`,
    to: TO.replace("round(price);", "price;"),
  },
]);

/** The files that an answer names, in its order. */
function paths(answer: string): readonly (string | undefined)[] {
  return readAnswerEdits(answer).map(({ path }) => path);
}

checkCases("a code block of Markdown", [
  {
    name: "keeps a heading that looks like a file",
    from: undefined,
    answer: fence("md", "# README.md", "text"),
    to: "# README.md\ntext\n",
  },
]);

describe("a mark for left out code", () => {
  const MARKS = [
    "// ... existing code ...",
    "# ... existing code ...",
    "/* ... */",
    "<!-- ... rest of the page ... -->",
    "{/* ... existing code ... */}",
    "-- ...",
    "// …",
    "// rest of the class stays",
    "# rest of the code remains unchanged",
    "// existing code",
    "// existing code here",
    "// (existing code)",
    "// [existing methods remain unchanged]",
    "// keep the rest as is",
    "// unchanged",
    "// other methods stay the same",
    "// The remaining code is unchanged",
    "    // same as before",
    "; ...",
    "// no changes here",
  ];
  const COMMENTS = [
    "// the price is unchanged by tax",
    "// existing customers pay less",
    "# rest in peace",
    "// keep the existing value if it is newer",
    "// previous versions stored cents",
    "return x; // ...",
    "const rest = [...values];",
    "// other",
    "// the same as in totals()",
    "...values,",
    "// see the rest of the file for more",
    "x // existing code",
  ];

  it("is known, and no other comment is taken for one", () => {
    for (const line of MARKS) assert.equal(isElision(line), true, line);
    for (const line of COMMENTS) assert.equal(isElision(line), false, line);
  });
});

describe("the file of a code block", () => {
  const NAMED: readonly (readonly [string, string])[] = [
    ["behind the language", fence("ts src/a.ts", "x")],
    ["in place of the language", fence("src/a.ts", "x")],
    ["joined to the language", fence("ts:src/a.ts", "x")],
    ["with lines before it", fence("12:20:src/a.ts", "x")],
    ["as a title", fence('ts title="src/a.ts"', "x")],
    ["as a file name", fence("ts filename=src/a.ts", "x")],
    ["in braces", fence("ts {path=src/a.ts}", "x")],
    ["with ./", fence("ts ./src/a.ts", "x")],
    ["with backslashes", fence("ts src\\a.ts", "x")],
    ["in a comment", fence("ts", "// src/a.ts", "x")],
    ["in a comment with a word", fence("ts", "// filepath: src/a.ts", "x")],
    ["in a comment with a hash", fence("py", "# src/a.ts", "x")],
    ["in a comment with stars", fence("css", "/* src/a.ts */", "x")],
    ["in a comment of HTML", fence("html", "<!-- src/a.ts -->", "x")],
    ["in bold above", `**src/a.ts**\n${fence("ts", "x")}`],
    ["in bold code above", `**\`src/a.ts\`**\n\n${fence("ts", "x")}`],
    ["in bold with a colon above", `**src/a.ts:**\n${fence("ts", "x")}`],
    ["in a heading", `### src/a.ts\n${fence("ts", "x")}`],
    ["in a numbered heading", `#### 1. \`src/a.ts\`\n\n${fence("ts", "x")}`],
    ["plainly above", `src/a.ts\n${fence("ts", "x")}`],
    ["with a word above", `File: src/a.ts\n${fence("ts", "x")}`],
    ["as new above", `\`src/a.ts\` (new file)\n${fence("ts", "x")}`],
    ["as the only code of a sentence with a colon", `Change \`src/a.ts\` like this:\n\n${fence("ts", "x")}`],
  ];
  for (const [name, answer] of NAMED) {
    it(`is named ${name}`, () => assert.deepEqual(paths(answer), ["src/a.ts"]));
  }

  it("is unknown where nothing names it", () => {
    const unnamed = [
      fence("ts", "x"),
      fence("c++", "x"),
      fence("js", "// e.g. this", "x"),
      `Node.js:\n${fence("js", "x")}`,
      `Use \`a.ts\` and \`b.ts\`:\n${fence("ts", "x")}`,
      `It is in \`a.ts\` somewhere.\n${fence("ts", "x")}`,
      fence("ts", "// https://example.com/a.ts", "x"),
      fence("sh", "#!/bin/a.sh", "x"),
    ];
    for (const answer of unnamed) assert.deepEqual(paths(answer), [undefined], answer);
  });

  it("is each one's own, in any mixture of formats", () => {
    const answer = [
      fence("ts src/a.ts", "x"),
      `src/b.ts\n${fence("", "<<<<<<< SEARCH", "a", "=======", "b", ">>>>>>> REPLACE")}`,
      fence("", "<<<<<<< SEARCH", "c", "=======", "d", ">>>>>>> REPLACE"),
      fence(
        "diff",
        "--- a/src/c.ts",
        "+++ b/src/c.ts",
        "@@ -1 +1 @@",
        "-a",
        "+b",
        "--- a/src/d.ts",
        "+++ b/src/d.ts",
        "@@ -1 +1 @@",
        "-a",
        "+b",
      ),
      "*** Begin Patch\n*** Update File: src/e.ts\n@@\n-a\n+b\n*** Delete File: src/f.ts\n*** End Patch",
    ].join("\n\n");
    assert.deepEqual(paths(answer), ["src/a.ts", "src/b.ts", "src/c.ts", "src/d.ts", "src/e.ts", "src/f.ts"]);
  });
});
