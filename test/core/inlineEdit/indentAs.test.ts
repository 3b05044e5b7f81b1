import assert from "node:assert/strict";
import { IndentAs } from "../../../src/core/inlineEdit/indentAs.ts";

function indented(code: readonly string[], answer: readonly string[]): readonly string[] {
  const indent = new IndentAs(code);
  return answer.map((line) => indent.line(line));
}

describe("the indentation of an answer", () => {
  it("is that of the code where the answer begins at the left edge", () => {
    assert.deepEqual(indented(["    if (a) {", "    }"], ["if (b) {", "", "  c();", "}"]), [
      "    if (b) {",
      "",
      "      c();",
      "    }",
    ]);
  });

  it("is left alone where the answer has one, and where the code has none", () => {
    assert.deepEqual(indented(["\ta"], ["  b", "c"]), ["  b", "c"]);
    assert.deepEqual(indented(["a"], ["b", "  c"]), ["b", "  c"]);
  });

  it("counts from the first line with text", () => {
    assert.deepEqual(indented(["", "\ta"], ["", "b"]), ["", "\tb"]);
  });

  it("is given to a line that is still arriving, but not before it has text", () => {
    const indent = new IndentAs(["\ta"]);
    assert.equal(indent.open("b"), "\tb");
    assert.equal(indent.open("  "), "  ");
    assert.equal(indent.line("b();"), "\tb();");
  });
});
