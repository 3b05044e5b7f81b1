import assert from "node:assert/strict";
import fc from "fast-check";
import { readCodeBlock } from "../../../src/core/edits/readCodeBlock.ts";

describe("the code block of an answer", () => {
  const check = (answer: string, code: string | undefined, isClosed: boolean) => {
    assert.deepEqual(readCodeBlock(answer), { code, isClosed }, JSON.stringify(answer));
  };

  it("is read whole, with or without words around it", () => {
    check("```ts\nconst a = 1;\n```", "const a = 1;", true);
    check("Here it is:\n\n```ts\na\n\nb\n```\nDone.", "a\n\nb", true);
    check("~~~\na\n~~~", "a", true);
    check("```\n```", "", true);
  });

  it("keeps shorter fences inside it", () => {
    check("````md\n```ts\ncode\n```\n````", "```ts\ncode\n```", true);
    check("```ts\nconst s = `a```b`;\n```", "const s = `a```b`;", true);
  });

  it("is open until its closing fence has come", () => {
    check("I will", undefined, false);
    check("```ts", undefined, false);
    check("```ts\nconst a", "const a", false);
    check("```ts\nconst a\n``", "const a", false);
  });

  it("only grows while the answer arrives, and never shows a piece of the closing fence", () => {
    const line = fc.string({ maxLength: 12 }).map((text) => text.replace(/[\n\r`~]/g, ""));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        const code = lines.join("\n");
        const answer = `\`\`\`\n${code}\n\`\`\``;
        for (let length = 4; length <= answer.length; length += 1) {
          const { code: shown = "" } = readCodeBlock(answer.slice(0, length));
          assert.ok(`${code}\n`.startsWith(shown), JSON.stringify({ shown, code }));
        }
        assert.equal(readCodeBlock(answer).code, code);
      }),
    );
  });
});
