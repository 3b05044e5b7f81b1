import assert from "node:assert/strict";
import { readCodeBlock } from "../../../src/core/edits/readCodeBlock.ts";
import { BlockLines } from "../../../src/core/inlineEdit/blockLines.ts";

const ANSWERS: readonly string[] = [
  "Here it is:\n\n```ts\nconst a = 1;\n\nconst b = 2;\n```\nDone.",
  "````md\n```\ninside\n```\n````\n",
  "~~~\na\n~~~",
  "```\n```",
  "```ts\nconst a = 1;\n",
  "no code at all",
  "  ```py\n  print('`')\n  ```",
];

describe("the lines of a code block", () => {
  for (const answer of ANSWERS)
    it(`are the same in pieces of any size as in the whole answer (${JSON.stringify(answer.slice(0, 20))})`, () => {
      for (let size = 1; size <= answer.length; size += 1) {
        const block = new BlockLines();
        const lines: string[] = [];
        for (let at = 0; at < answer.length; at += size) lines.push(...block.push(answer.slice(at, at + size)).lines);
        lines.push(...block.end().lines);
        const { code, isClosed } = readCodeBlock(answer);
        assert.equal(block.isClosed, isClosed);
        assert.equal(block.hasBegun, code !== undefined);
        assert.equal(lines.join("\n"), (code ?? "").replace(/\n$/u, ""));
      }
    });

  it("shows what there is of the line that is arriving, but no fence", () => {
    const block = new BlockLines();
    assert.deepEqual(block.push("```ts\nconst a"), { lines: [], open: "const a" });
    assert.deepEqual(block.push(" = 1;\r\n``"), { lines: ["const a = 1;"], open: "" });
  });
});
