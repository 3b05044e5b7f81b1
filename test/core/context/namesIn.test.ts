import assert from "node:assert/strict";
import fc from "fast-check";
import { namesIn } from "../../../src/core/context/namesIn.ts";

const CODE = `// totals of invoiceText
export function summary(invoice: Invoice): string {
  const net = totalCents(invoice.lines); /* see taxCents */
  return \`so: \${net}\${taxCents(net)}\` + "isoDate()" + invoice.round( net) + RATE;
}`;

describe("the names that code uses", () => {
  it("come once, calls first, then types, and nothing of comments, texts, keywords and bare members", () => {
    assert.deepEqual(
      namesIn(CODE).map(({ name }) => name),
      ["summary", "totalCents", "taxCents", "round", "Invoice", "RATE", "invoice", "net"],
    );
  });

  it("are known in other languages", () => {
    const python = 'def total(lines):  # sum of rows\n    return sum_of(lines) if lines else "none"';
    assert.deepEqual(
      namesIn(python).map(({ name }) => name),
      ["total", "sum_of", "lines"],
    );
  });

  it("stand where they are said to, whatever the text", () => {
    const pieces = fc.constantFrom(
      "total",
      "Total",
      "(",
      ".",
      " ",
      "\n",
      "//",
      "/*",
      "*/",
      "'",
      '"',
      "`",
      "\\",
      "#",
      "größe",
      "👍",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const code = parts.join("");
        const names = namesIn(code);
        for (const { name, offset } of names) assert.ok(code.startsWith(name, offset));
        assert.equal(new Set(names.map(({ name }) => name)).size, names.length);
      }),
    );
  });

  it("are found at once in a long text that never ends", () => {
    assert.deepEqual(namesIn(`"${"\\".repeat(100_000)}`), []);
    assert.deepEqual(namesIn("/*".repeat(50_000)), []);
  });
});
