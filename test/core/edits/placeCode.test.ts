import assert from "node:assert/strict";
import * as fc from "fast-check";
import { placeCode } from "../../../src/core/edits/placeCode.ts";

const document = `import { round } from "./round.ts";

export interface Line {
  readonly quantity: number;
  readonly price: number;
}

export class Invoice {
  total(lines: readonly Line[]): number {
    let sum = 0;
    for (const line of lines) sum += line.price;
    return sum;
  }

  tax(net: number, rate: number): number {
    return round((net * rate) / 100);
  }
}`;

/** The document with the block where it belongs; `undefined` when it belongs nowhere. */
function applied(block: string): string | undefined {
  const lines = document.split("\n");
  const place = placeCode(lines, block.split("\n"));
  return place && [...lines.slice(0, place.first), ...place.lines, ...lines.slice(place.end)].join("\n");
}

describe("the place of a code block in a document", () => {
  it("is that of the function it rewrites, at the document's indentation", () => {
    const block = `total(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
}`;
    assert.equal(
      applied(block),
      document.replace(
        /    let sum = 0;\n.*\n    return sum;/u,
        "    return lines.reduce((sum, line) => sum + line.price * line.quantity, 0);",
      ),
    );
  });

  it("is found by a signature that changed", () => {
    const block = `  tax(net: number, rate: number, digits = 2): number {
    const exact = (net * rate) / 100;
    return Number(exact.toFixed(digits));
  }`;
    const expected = document
      .replace("rate: number): number", "rate: number, digits = 2): number")
      .replace(
        "    return round((net * rate) / 100);",
        "    const exact = (net * rate) / 100;\n    return Number(exact.toFixed(digits));",
      );
    assert.equal(applied(block), expected);
  });

  it("keeps what the block leaves out, said or unsaid", () => {
    const said = `import { round } from "./round.ts";
// ... existing code ...
  tax(net: number, rate: number): number {
    return round(net * rate) / 100;
  }
// rest of the class stays`;
    const expected = document.replace("round((net * rate) / 100)", "round(net * rate) / 100");
    assert.equal(applied(said), expected);
    const unsaid = `import { round, floor } from "./round.ts";

export interface Line {
  readonly quantity: number;
  readonly price: number;
  readonly note: string;
}`;
    assert.equal(
      applied(unsaid),
      document
        .replace("{ round }", "{ round, floor }")
        .replace("readonly price: number;", "readonly price: number;\n  readonly note: string;"),
    );
  });

  it("is the whole document for a block that begins and ends like it", () => {
    const rewritten = document.replaceAll("sum", "total").replace("let total", "let  total");
    assert.equal(applied(rewritten), rewritten);
    assert.equal(applied(document), document);
  });

  it("is nowhere when the two have too little in common", () => {
    for (const block of ["", "}", "const x = await fetch(url);", "// ... existing code ...", "a b c\nd e f\ng h i"]) {
      assert.equal(applied(block), undefined, block);
    }
    assert.equal(placeCode([], ["const a = 1;"]), undefined);
  });

  it("changes nothing for a piece of the document, however it is indented there", () => {
    const line = fc.tuple(fc.nat({ max: 3 }), fc.stringMatching(/^[a-z]{3,6} [a-z]{2,6}$/u));
    const lines = fc.uniqueArray(line, { minLength: 1, maxLength: 30, selector: ([, text]) => text });
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), (parts, from, length) => {
        const whole = parts.map(([depth, text]) => " ".repeat(depth) + text);
        const first = from % whole.length;
        const block = whole.slice(first, first + 1 + (length % whole.length));
        const place = placeCode(whole, block);
        assert.ok(place);
        assert.deepEqual(whole.toSpliced(place.first, place.end - place.first, ...place.lines), whole);
      }),
    );
  });
});
