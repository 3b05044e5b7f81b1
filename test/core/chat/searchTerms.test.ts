import assert from "node:assert/strict";
import fc from "fast-check";
import { excerptOf, searchTerms } from "../../../src/core/chat/searchTerms.ts";

describe("the words of a search", function () {
  this.timeout(20_000);

  it("are each there once, without white space of any kind", () => {
    assert.deepEqual(searchTerms("  a\u3000b\n a\tc\0d "), ["a", "b", "c", "d"]);
    assert.deepEqual(searchTerms(" \n "), []);
  });

  it("are never many or broken, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (query) => {
        const terms = searchTerms(query);
        assert.ok(terms.length <= 8);
        for (const term of terms) assert.ok(term.isWellFormed() && !term.includes("\0") && term !== "");
      }),
    );
  });
});

describe("an excerpt", function () {
  this.timeout(20_000);

  it("is the beginning, or around what was found", () => {
    assert.equal(excerptOf("a\n  b"), "a b");
    assert.equal(excerptOf("x".repeat(500)), `${"x".repeat(100)}…`);
    const text = `${"before ".repeat(20)}NEEDLE${" after".repeat(50)}`;
    assert.match(excerptOf(text, ["nothing", "needle"]), /^…(before )+NEEDLE( after)+.*…$/);
  });

  it("is one short line of whole characters, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 800 }),
        fc.string({ minLength: 1, maxLength: 3 }),
        (text, term) => {
          const excerpt = excerptOf(text.toWellFormed(), [term]);
          assert.ok(excerpt.length <= 102 && excerpt.isWellFormed() && !/[\n\r]/.test(excerpt));
        },
      ),
    );
  });
});
