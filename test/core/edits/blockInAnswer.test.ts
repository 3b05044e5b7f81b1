import assert from "node:assert/strict";
import { countNamedFiles, editsOfBlock } from "../../../src/core/edits/blockInAnswer.ts";
import { fence } from "./applyCases.ts";

const block = (search: string, replace: string) => `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE`;

describe("the edits of one block of an answer", () => {
  const answer = [
    "First `src/a.ts`:",
    fence("ts", "one();"),
    `**src/b.ts**\n\n${fence("ts", "two();")}`,
    `src/c.ts\n${fence("", block("a", "b"))}`,
    fence("", block("c", "d")),
    `- in a list:\n  ${fence('ts title="src/d.ts"', "three();").replaceAll("\n", "\n  ")}`,
    fence("ts", "loose();"),
  ].join("\n\n");
  const pathsOf = (code: string, languageId = "ts") =>
    editsOfBlock(answer, { code, languageId }).map(({ path }) => path);

  it("have the file that the answer names for it", () => {
    assert.deepEqual(pathsOf("one();\n"), ["src/a.ts"]);
    assert.deepEqual(pathsOf("two();\n"), ["src/b.ts"]);
    assert.deepEqual(pathsOf(`${block("a", "b")}\n`, ""), ["src/c.ts"]);
    assert.deepEqual(pathsOf("three();\n"), ["src/d.ts"]);
  });

  it("go on with the file of the block before, as SEARCH/REPLACE blocks do", () => {
    assert.deepEqual(pathsOf(`${block("c", "d")}\n`, ""), ["src/c.ts"]);
  });

  it("have no file where none is named, and never that of another block", () => {
    assert.deepEqual(pathsOf("loose();\n"), [undefined]);
    assert.deepEqual(pathsOf("elsewhere();\n"), [undefined]);
    assert.deepEqual(pathsOf("// src/e.ts\nelsewhere();\n"), ["src/e.ts"]);
  });

  it("are those of code with fences in it, too", () => {
    const [edit] = editsOfBlock("", { code: "```sh\nls\n```\n", languageId: "md" });
    assert.deepEqual(edit?.change, { kind: "code", lines: ["```sh", "ls", "```"] });
  });

  it("are known as unfinished where the answer ends within it", () => {
    const [edit] = editsOfBlock("```ts src/a.ts\none();\ntw", { code: "one();\ntw\n", languageId: "ts" });
    assert.equal(edit?.fault, "truncated");
  });

  it("are counted by the files that they name", () => {
    assert.equal(countNamedFiles(answer), 4);
    assert.equal(countNamedFiles("Just `src/a.ts` in words."), 0);
  });
});
