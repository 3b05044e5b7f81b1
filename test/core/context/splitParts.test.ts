import assert from "node:assert/strict";
import fc from "fast-check";
import { splitAtSymbols, splitLines } from "../../../src/core/context/splitParts.ts";

describe("a text in parts", () => {
  it("is the same when joined, whatever its symbols are said to be", () => {
    const aSymbol = fc.record({ firstLine: fc.nat(9), lastLine: fc.nat(12) });
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "\n", "\r\n", "b c")), fc.array(aSymbol), (pieces, symbols) => {
        const text = pieces.join("");
        assert.equal(splitLines(text).join(""), text);
        assert.equal(splitAtSymbols(text, symbols).join(""), text);
      }),
    );
  });

  it("is cut after each symbol, with what stands before it", () => {
    const text = "import a;\n\n// One.\nfunction one() {\n}\n\nfunction two() {}\n// End.\n";
    const symbols = [
      { firstLine: 6, lastLine: 6 },
      { firstLine: 3, lastLine: 4 },
    ];
    assert.deepEqual(splitAtSymbols(text, symbols), [
      "import a;\n\n// One.\nfunction one() {\n}\n",
      "\nfunction two() {}\n// End.\n",
    ]);
  });

  it("counts a symbol inside another with it", () => {
    const symbols = [
      { firstLine: 0, lastLine: 2 },
      { firstLine: 1, lastLine: 1 },
    ];
    assert.deepEqual(splitAtSymbols("class A {\n  b() {}\n}\n", symbols), ["class A {\n  b() {}\n}\n"]);
  });

  it("is cut by lines where nothing is known of it", () => {
    assert.deepEqual(splitAtSymbols("a\nb", []), ["a\n", "b"]);
  });
});
