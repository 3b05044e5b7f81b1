import assert from "node:assert/strict";
import { firstDifference, shrinkage } from "../../../src/core/edits/compareTexts.ts";
import { describeUnmatched } from "../../../src/core/edits/describeUnmatched.ts";
import { planFileEdits } from "../../../src/core/edits/planFileEdit.ts";
import { readAnswerEdits } from "../../../src/core/edits/readAnswerEdits.ts";

const lines = (count: number) => Array.from({ length: count }, (_line, index) => `line ${index}\n`).join("");

describe("a text that shrinks", () => {
  it("is one that loses a third of its lines", () => {
    assert.equal(shrinkage(lines(30), lines(21)), undefined);
    assert.deepEqual(shrinkage(lines(30), lines(20)), { before: 30, after: 20 });
    assert.deepEqual(shrinkage(lines(30), ""), { before: 30, after: 0 });
    assert.equal(shrinkage(lines(6), lines(3)), undefined);
    assert.equal(shrinkage(lines(20), lines(40)), undefined);
  });
});

describe("what was written", () => {
  it("is as promised but for line ends, or differs in a line", () => {
    assert.equal(firstDifference("a\nb\n", "a\r\nb\r\n"), undefined);
    assert.equal(firstDifference("\uFEFFa\n", "a\n"), undefined);
    assert.equal(firstDifference("a\nb\n", "a\nc\n"), 2);
    assert.equal(firstDifference("a\nb", "a\nb\n"), 3);
    assert.equal(firstDifference("a\n\n", "a\n"), 3);
  });
});

describe("the sentence about an edit that was not applied", () => {
  const sentence = (text: string | undefined, answer: string) => {
    const plan = planFileEdits(text, readAnswerEdits(answer));
    assert.equal(plan.kind, "unmatched");
    return plan.kind === "unmatched" ? describeUnmatched(plan, "a.ts") : "";
  };
  const block = (search: string, replace: string) =>
    `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

  it("says what did not match, and where the file is most like it", () => {
    assert.equal(
      sentence("one\nlet sum = total(net, tax);\n", block("one", "1") + block("let sum = total(net);", "x")),
      "a.ts does not have the lines that change 2 of 2 is for (“let sum = total(net);”); line 2 is most like them. Nothing was changed. Ask for the change again with the file as context, or insert the code at the cursor.",
    );
  });

  it("names the places that fit equally", () => {
    assert.match(
      sentence("a\nb\na\n", block("a", "c")),
      /^a\.ts has 2 places that the change could mean \(lines 1, 3\)\./u,
    );
  });

  it("is one for every reason", () => {
    const reasons: readonly (readonly [string | undefined, string, RegExp])[] = [
      ["c\n", block("a", "c"), /already \(line 1\)/u],
      ["a\n", "<<<<<<< SEARCH\na", /ended in the middle/u],
      ["a\n", block("a", "// ... existing code ..."), /leaves parts out/u],
      ["  a\n    b\n", block("a\nb", "c"), /indented in another way/u],
      ["a\n\n", block("", "b"), /do not say where/u],
      [undefined, block("a", "b"), /not there/u],
      ["a\n", "*** Begin Patch\n*** Add File: a.ts\n+b\n*** End Patch", /there already/u],
      ["a\n", "*** Begin Patch\n*** End Patch", /breaks the format/u],
      ["b\na\n", "```diff\n@@\n-a\n+A\n@@\n-b\n+B\n```", /only where it says that they are not/u],
    ];
    for (const [text, answer, pattern] of reasons) assert.match(sentence(text, answer), pattern);
  });
});
