import assert from "node:assert/strict";
import * as fc from "fast-check";
import { terminalText } from "../../../src/core/edits/terminalText.ts";

const pasted = (code: string) => {
  const read = terminalText(code);
  return read.kind === "paste" ? read.text : read.why;
};

describe("a command for the terminal", () => {
  it("loses the line end that would run it, and the prompts of a session", () => {
    assert.equal(pasted("npm test\n"), "npm test");
    assert.equal(pasted("\r\nls -l\r\n\r\n"), "ls -l");
    assert.equal(pasted("$ npm ci\nadded 12 packages\n$ npm test\n"), "npm ci\nnpm test");
    assert.equal(pasted("if true; then\n\techo a\nfi"), "if true; then\n    echo a\nfi");
    assert.equal(pasted("echo $HOME"), "echo $HOME");
  });

  it("is refused when it is empty, hides something or cannot be shown", () => {
    for (const code of ["", "\n\n", " \t"]) assert.equal(pasted(code), "empty");
    for (const sign of ["\u0003", "\u001b[A", "\u007f", "\u009b", "\u200b", "\u202e", "\u2028", "\u0000"]) {
      assert.equal(pasted(`echo a${sign}b`), "hidden", JSON.stringify(sign));
    }
    assert.equal(pasted("echo a\n".repeat(31)), "long");
    assert.equal(pasted(`echo ${"a".repeat(3_000)}`), "long");
  });

  it("never ends with Enter and never holds a key, whatever the answer wrote", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (code) => {
        const read = terminalText(code);
        if (read.kind === "refuse") return;
        assert.doesNotMatch(read.text, /\n$|(?!\n)[\p{Cc}\p{Cf}]/u);
        assert.equal(read.lines, read.text.split("\n").length);
      }),
      { numRuns: 2000 },
    );
  });
});
