import assert from "node:assert/strict";
import { codeAtCursor, commonIndentation, linesOfCode } from "../../../src/core/edits/reindentCode.ts";

describe("code at a cursor", () => {
  it("takes the indentation of the cursor's line, and none twice", () => {
    assert.equal(codeAtCursor("if (a) {\n  b();\n}\n", "    "), "if (a) {\n      b();\n    }");
    assert.equal(codeAtCursor("  if (a) {\n    b();\n  }", "\t"), "if (a) {\n\t  b();\n\t}");
    assert.equal(codeAtCursor("a\n\nb\n\n", "  x = "), "a\n\n  b");
    assert.equal(codeAtCursor("a\r\nb\r\n", ""), "a\nb");
  });

  it("has the indentation that all its lines share", () => {
    assert.equal(commonIndentation(["    a", "", "  b", "      c"]), "  ");
    assert.equal(commonIndentation(["\ta", "  b"]), "");
    assert.equal(commonIndentation([" ", ""]), "");
    assert.deepEqual(linesOfCode("a\n\n\n"), ["a"]);
  });
});
