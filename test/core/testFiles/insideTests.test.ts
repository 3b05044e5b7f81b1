import assert from "node:assert/strict";
import { insideTestsLine } from "../../../src/core/testFiles/insideTests.ts";

const MODULE = "#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn adds() {\n    }\n}\n";

describe("the tests inside a source", () => {
  it("begin with the attribute of their module, where nothing follows it", () => {
    assert.equal(insideTestsLine(`fn add() {\n}\n\n${MODULE}`), 3);
    assert.equal(insideTestsLine(`fn add() {\r\n}\r\n\r\n${MODULE.replaceAll("\n", "\r\n")}\r\n`), 3);
  });

  it("are not found where there are none, or where more follows", () => {
    assert.equal(insideTestsLine("fn add() {\n}\n"), undefined);
    assert.equal(insideTestsLine(`${MODULE}\nfn late() {\n}\n`), undefined);
    assert.equal(insideTestsLine("#[cfg(test)]\nmod tests;\n"), undefined);
    assert.equal(insideTestsLine('    let text = "\n#[cfg(test)]";\n'), undefined);
  });
});
