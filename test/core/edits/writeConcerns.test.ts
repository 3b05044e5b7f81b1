import assert from "node:assert/strict";
import { type FileWrite, newAddressesIn, writeConcerns } from "../../../src/core/edits/writeConcerns.ts";

const PLAIN: FileWrite = {
  name: "src/a.ts",
  realPath: "src/a.ts",
  isOutside: false,
  textBefore: "a();\nb();\n",
  textAfter: "a();\nc();\n",
};

describe("what must be agreed to before a file is written", () => {
  it("is nothing for a plain change of a plain file", () => {
    assert.deepEqual(writeConcerns(PLAIN), []);
    assert.deepEqual(writeConcerns({ ...PLAIN, textBefore: undefined }), []);
    assert.deepEqual(writeConcerns({ ...PLAIN, textAfter: "a();\n// see https://example.org\n" }), []);
  });

  const CONCERNS: readonly (readonly [string, Partial<FileWrite>, string])[] = [
    [
      "a control file",
      { name: ".vscode/settings.json", realPath: ".vscode/settings.json" },
      ".vscode/settings.json decides what the editor does and runs.",
    ],
    ["a link to a control file", { realPath: ".git/hooks/pre-commit" }, "src/a.ts decides what git runs and trusts."],
    [
      "a control file that is a link to another",
      { name: "package.json", realPath: "src/other.json" },
      "package.json decides what is installed, built or run.",
    ],
    [
      "a file outside",
      { isOutside: true, realPath: "/etc/hosts" },
      "src/a.ts is outside of the workspace: /etc/hosts.",
    ],
    ["a file that goes", { textBefore: "a();\n", textAfter: undefined }, "src/a.ts would be deleted."],
    [
      "a file that shrinks",
      { textBefore: "x();\n".repeat(30), textAfter: "x();\n".repeat(20) },
      "src/a.ts would go from 30 to 20 lines of text.",
    ],
    [
      "signs that cannot be seen",
      { textAfter: "a();\nc(\u202E);\n" },
      "src/a.ts would get signs that cannot be seen: U+202E in line 2.",
    ],
    [
      "new addresses in a file that the editor reads",
      {
        name: "a.json",
        realPath: "a.json",
        textBefore: '{"x": "https://known.example"}',
        textAfter: '{"x": "https://known.example", "$schema": "https://evil.example/?key"}',
      },
      "a.json would get new addresses: https://evil.example/?key.",
    ],
  ];
  for (const [name, change, sentence] of CONCERNS) {
    it(`is ${name}`, () => assert.deepEqual(writeConcerns({ ...PLAIN, ...change }), [sentence]));
  }

  it("is not what was there before", () => {
    assert.deepEqual(writeConcerns({ ...PLAIN, textBefore: "\u202Ea\nb\n", textAfter: "\u202Ea\nc\n" }), []);
  });

  it("is all of it together", () => {
    const write = { ...PLAIN, name: ".env", realPath: "/home/me/.env", isOutside: true, textAfter: "a();\n\u200B\n" };
    assert.equal(writeConcerns(write).length, 3);
  });
});

describe("the addresses that a change brings", () => {
  it("are those of new lines that the file does not hold", () => {
    const before = "// https://a.example\n";
    assert.equal(newAddressesIn(before, `${before}get('https://b.example')\n`), "https://b.example");
    assert.equal(newAddressesIn(before, `${before}// see https://a.example\n`), undefined);
  });
});
