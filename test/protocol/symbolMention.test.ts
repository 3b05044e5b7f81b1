import assert from "node:assert/strict";
import fc from "fast-check";
import { parseSymbolMention } from "../../src/protocol/symbolMention.ts";

describe("a symbol as an answer names it", () => {
  it("is read with what it is of", () => {
    const table: readonly (readonly [string, ReturnType<typeof parseSymbolMention>])[] = [
      ["parseLine", { name: "parseLine" }],
      ["parseLine()", { name: "parseLine" }],
      ["total(lines, 2)", { name: "total" }],
      ["InvoiceLine", { name: "InvoiceLine" }],
      ["Invoice", { name: "Invoice" }],
      ["snake_case", { name: "snake_case" }],
      ["MAX_ROWS", { name: "MAX_ROWS" }],
      ["$state_of", { name: "$state_of" }],
      ["größeVon", { name: "größeVon" }],
      ["ChatSession.open", { name: "open", container: "ChatSession" }],
      ["chat.ChatSession.open()", { name: "open", container: "ChatSession" }],
      ["Widget::draw", { name: "draw", container: "Widget" }],
      ["Widget#draw", { name: "draw", container: "Widget" }],
      ["this.open()", { name: "open" }],
    ];
    for (const [text, expected] of table) assert.deepEqual(parseSymbolMention(text), expected, text);
  });

  it("is nothing that is a word, a command, an address or code", () => {
    for (const text of [
      ..."total null true a x() 3 12px npm-run a-b .a a. a..b a:b a::: <div> @Injectable 'text' a+b f(g()) ()".split(
        " ",
      ),
      ...["", "const parseLine", "parseLine ", "parseLine\n", "parse\u202eLine", "a.b.c.d.e.f", "f(\n)"],
      ...["command:x.y", "https://a.example/parseLine", "x".repeat(60) + "Y".repeat(61)],
    ]) {
      assert.equal(parseSymbolMention(text), undefined, text);
    }
  });

  it("is read at once, whatever the text", () => {
    const pieces = fc.constantFrom("a", "aB", ".", "::", "#", "(", ")", "_", "$", " ", "\n", "é");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 119 }), (parts) => {
        const mention = parseSymbolMention(parts.join(""));
        if (mention !== undefined) assert.match(mention.name, /^[\p{L}_$][\p{L}\p{M}\p{N}_$]+$/u);
      }),
    );
  });
});
