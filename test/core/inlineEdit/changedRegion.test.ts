import assert from "node:assert/strict";
import fc from "fast-check";
import { changedRegion } from "../../../src/core/inlineEdit/changedRegion.ts";

describe("the region in which two texts differ", () => {
  const check = (before: string, after: string, expected: readonly unknown[]) => {
    const region = changedRegion(before, after);
    assert.deepEqual(region && [region.firstLine, region.lines, region.replacement], expected);
  };

  it("has a line that stays on either side", () => {
    check("a\nb\nc\nd\ne", "a\nb\nX\nd\ne", [1, ["b", "c", "d"], ["b", "X", "d"]]);
    check("a\nb\nc", "a\nb\nnew\nc", [1, ["b", "c"], ["b", "new", "c"]]);
    check("a\nb\nc", "a\nc", [0, ["a", "b", "c"], ["a", "c"]]);
  });

  it("reaches the ends of the text where these change", () => {
    check("a\nb", "X\nb", [0, ["a", "b"], ["X", "b"]]);
    check("a\nb", "a\nb\n", [1, ["b"], ["b", ""]]);
    check("", "a\nb", [0, [""], ["a", "b"]]);
  });

  it("counts lines, however they end", () => {
    check("a\r\nb\r\nc\r\n", "a\r\nB\nc\r\n", [0, ["a", "b", "c"], ["a", "B", "c"]]);
    assert.equal(changedRegion("a\r\nb", "a\nb"), undefined);
    assert.equal(changedRegion("a\nb", "a\nb"), undefined);
  });

  it("makes the one text of the other", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const region = changedRegion(before, after);
        if (region === undefined) return assert.equal(before, after);
        const lines = before.split("\n");
        assert.deepEqual(lines.slice(region.firstLine, region.firstLine + region.lines.length), region.lines);
        const made = lines.toSpliced(region.firstLine, region.lines.length, ...region.replacement);
        return assert.equal(made.join("\n"), after);
      }),
    );
  });
});
