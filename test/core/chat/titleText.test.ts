import assert from "node:assert/strict";
import fc from "fast-check";
import { shownTitle } from "../../../src/core/chat/shownTitle.ts";
import { titleFrom, titleFromQuestion } from "../../../src/core/chat/titleText.ts";

describe("the title of a chat", function () {
  this.timeout(20_000);
  const titles: readonly (readonly [string, string])[] = [
    ["Parsing TOML in Rust", "Parsing TOML in Rust"],
    ['"Parsing TOML"', "Parsing TOML"],
    ["„Über Größen“", "Über Größen"],
    ["「設定ファイルの説明」", "設定ファイルの説明"],
    ["## **Title: Parsing TOML.**", "Parsing TOML"],
    ["- `npm` scripts", "npm` scripts"],
    ["\n\n  Parsing\tTOML  \nBecause it is about TOML.", "Parsing TOML"],
    ["```\nParsing TOML\n```", "Parsing TOML"],
    ["Parsing\u202e TOML\u0007", "Parsing TOML"],
    ["“Parsing TOML.”", "Parsing TOML"],
    ["Wait for it...", "Wait for it..."],
    ["🙂", "🙂"],
    ["", ""],
    ['"" \n** \n...', "..."],
  ];
  for (const [text, title] of titles) {
    it(`of ${JSON.stringify(text)} is ${JSON.stringify(title)}`, () => assert.equal(titleFrom(text), title));
  }

  it("is cut at a word where there is one", () => {
    assert.equal(
      titleFrom("How to write a parser that reads a configuration file and tells what is wrong"),
      "How to write a parser that reads a configuration file and…",
    );
    assert.equal(titleFrom("設".repeat(100)), `${"設".repeat(59)}…`);
  });

  it("is one line of at most 60 characters without half a character, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.string({ maxLength: 200 }), (text, binary) => {
        for (const title of [titleFrom(text), titleFrom(text.repeat(9)), titleFrom(binary)]) {
          assert.ok(title.length <= 60 && title.isWellFormed() && !/[\r\n\p{Cc}]/u.test(title), JSON.stringify(title));
          assert.doesNotMatch(title, /^["“”]|["“”]$|^\s|\s$/u);
        }
      }),
    );
  });

  it("is how the question begins where there is none", () => {
    assert.equal(titleFromQuestion("What is a monad?\nI ask because"), "What is a monad?");
    assert.equal(titleFromQuestion("/explain closures"), "Explain: closures");
    assert.equal(shownTitle({ title: "", beginning: "What is a monad?" }), "What is a monad?");
    assert.equal(shownTitle({ title: "Monads", beginning: "What is a monad?" }), "Monads");
    assert.equal(shownTitle({ title: "", beginning: "  " }), "Chat without a title");
  });
});
