import assert from "node:assert/strict";
import fc from "fast-check";
import {
  EDITOR_ACTIONS,
  type EditorAction,
  TESTED_LANGUAGES,
  TYPED_LANGUAGES,
  actionsFor,
} from "../../../src/core/actions/editorAction.ts";
import { refactorOffers } from "../../../src/core/actions/refactorOffers.ts";
import { rewriteWish } from "../../../src/core/actions/rewriteWish.ts";

const CODE: readonly EditorAction[] = ["fix", "explain", "refactor", "document", "simplify", "review"];

const TABLE: readonly (readonly [languageId: string, path: string, actions: readonly EditorAction[]])[] = [
  ["typescript", "src/a.ts", EDITOR_ACTIONS],
  ["python", "a.py", EDITOR_ACTIONS],
  ["typescript", "src/a.test.ts", EDITOR_ACTIONS.filter((action) => action !== "tests")],
  ["python", "tests/test_a.py", EDITOR_ACTIONS.filter((action) => action !== "tests")],
  ["python", "notes.ipynb", EDITOR_ACTIONS.filter((action) => action !== "tests")],
  ["go", "a.go", [...CODE, "tests"]],
  ["shellscript", "run.sh", CODE],
  ["css", "a.css", CODE],
  ["some-new-language", "a.new", CODE],
  ["markdown", "README.md", ["fix", "explain", "refactor", "simplify", "review"]],
  ["plaintext", "Untitled-1", ["fix", "explain", "refactor", "simplify", "review"]],
  ["json", "package.json", ["fix", "explain", "refactor", "review"]],
  ["yaml", "a.yml", ["fix", "explain", "refactor", "document", "review"]],
  ["diff", "a.diff", ["explain", "review"]],
];

describe("the actions of a language", () => {
  for (const [languageId, path, actions] of TABLE) {
    it(`make sense in ${languageId}, ${path}`, () => {
      assert.deepEqual(
        actionsFor({ languageId, path, isWritable: true }),
        EDITOR_ACTIONS.filter((action) => actions.includes(action)),
      );
    });
  }

  it("rewrite nothing that cannot be written", () => {
    assert.deepEqual(actionsFor({ languageId: "typescript", path: "a.ts", isWritable: false }), ["explain", "review"]);
  });

  it("are there for any language and path, each once and in their order", () => {
    const languageId = fc.oneof(fc.string(), fc.constantFrom(...TESTED_LANGUAGES, ...TYPED_LANGUAGES, "__proto__"));
    fc.assert(
      fc.property(languageId, fc.string(), fc.boolean(), (language, path, isWritable) => {
        const actions = actionsFor({ languageId: language, path, isWritable });
        assert.deepEqual(
          actions,
          EDITOR_ACTIONS.filter((action) => actions.includes(action)),
        );
        assert.ok(actions.includes("explain") && actions.includes("review"));
        assert.equal(actions.includes("refactor"), actions.includes("fix"));
        const offers = refactorOffers(language, path);
        assert.equal(new Set(offers).size, offers.length);
        assert.ok(offers.length >= 2 && offers.length <= 7, `${language}: ${offers.length}`);
      }),
    );
  });

  it("name what is asked in a sentence, with what the person wants and how the language does it", () => {
    assert.match(rewriteWish("refactor", "go", "wrap the errors").instruction, /wrap the errors$/);
    assert.match(rewriteWish("document", "python").instruction, /docstrings/);
    assert.match(rewriteWish("types", "javascript").instruction, /JSDoc/);
    assert.deepEqual(
      (["fix", "refactor", "document", "simplify", "types"] as const).map(
        (action) => rewriteWish(action, "typescript", "x").taskType,
      ),
      ["fix", "refactor", "document", "refactor", "edit"],
    );
  });
});
