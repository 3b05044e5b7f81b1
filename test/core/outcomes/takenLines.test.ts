import assert from "node:assert/strict";
import { type ReviewedFile, takenLines } from "../../../src/core/outcomes/takenLines.ts";

describe("what was taken of a reviewed change", () => {
  const before = "a\nb\nc\n";
  const promised = "A\nb\nC\nd\n";
  const cases: readonly [name: string, file: ReviewedFile, expected: string][] = [
    ["is all of it where the file is what was promised", { textBefore: before, promised, found: promised }, "all 5/5"],
    [
      "does not depend on line ends",
      { textBefore: before, promised, found: promised.replaceAll("\n", "\r\n") },
      "all 5/5",
    ],
    ["is nothing where the file is as it was", { textBefore: before, promised, found: before }, "none 0/5"],
    [
      "is a part by its lines where some changes were left out",
      { textBefore: before, promised, found: "A\nb\nc\n" },
      "part 2/5",
    ],
    [
      "is nothing of a file that was not made",
      { textBefore: undefined, promised: "x\ny\n", found: undefined },
      "none 0/2",
    ],
    ["is all of a file that was made", { textBefore: undefined, promised: "x\ny\n", found: "x\ny\n" }, "all 2/2"],
    ["is all of a file that was deleted", { textBefore: before, promised: undefined, found: undefined }, "all 3/3"],
    [
      "is nothing of a file that was not deleted",
      { textBefore: before, promised: undefined, found: before },
      "none 0/3",
    ],
    ["is never less than nothing", { textBefore: before, promised, found: "1\n2\n3\n4\n5\n6\n7\n8\n" }, "part 0/5"],
  ];
  for (const [name, file, expected] of cases) {
    it(name, () => {
      const { taken, accepted, proposed } = takenLines(file);
      assert.equal(`${taken} ${accepted}/${proposed}`, expected);
    });
  }
});
