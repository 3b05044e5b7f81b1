import assert from "node:assert/strict";
import { editorLanguage } from "../../../src/core/edits/editorLanguage.ts";

describe("the language behind a fence", () => {
  it("gets VS Code's name", () => {
    const table = {
      ts: "typescript",
      TSX: "typescriptreact",
      bash: "shellscript",
      "c++": "cpp",
      python: "python",
      "": "",
    };
    for (const [name, expected] of Object.entries(table)) assert.equal(editorLanguage(name), expected);
  });
});
