import assert from "node:assert/strict";
import {
  type EditorAction,
  TESTED_LANGUAGES,
  TYPED_LANGUAGES,
  actionsFor,
} from "../../src/core/actions/editorAction.ts";
import { COMMANDS, EDITOR_MENU } from "../../src/extension/platform/contributions.ts";
import { readManifest } from "./manifest.ts";

const COMMAND_OF: Readonly<Record<EditorAction, string>> = {
  fix: COMMANDS.fix,
  explain: COMMANDS.explain,
  refactor: COMMANDS.refactor,
  tests: COMMANDS.writeTests,
  document: COMMANDS.document,
  simplify: COMMANDS.simplify,
  types: COMMANDS.addTypes,
  review: COMMANDS.reviewSelection,
};

/** With the name of a file of each, and languages that nobody has heard of. */
const LANGUAGES = [
  ...[
    "plaintext",
    "mdx",
    "latex",
    "json",
    "jsonl",
    "csv",
    "jsonc",
    "yaml",
    "toml",
    "ini",
    "xml",
    "dockerfile",
    "makefile",
  ],
  ...[
    "markdown",
    "restructuredtext",
    "log",
    "diff",
    "search-result",
    "css",
    "html",
    "sql",
    "shellscript",
    "unheard-of",
  ],
  ...TESTED_LANGUAGES,
  ...TYPED_LANGUAGES,
];

/** Whether a condition on the language holds; what it says of the selection and the file is taken as given. */
function holds(when: string, languageId: string): boolean {
  return when.split(" && ").every((clause) => {
    const [, isNegated, pattern] = /^(!\()?editorLangId =~ \/(.+?)\/\)?$/.exec(clause) ?? [];
    return pattern === undefined || new RegExp(pattern).test(languageId) === (isNegated === undefined);
  });
}

describe("the submenu of the editor", () => {
  const items = new Map(readManifest().contributes.menus[EDITOR_MENU]?.map(({ command, when }) => [command, when]));

  for (const [action, command] of Object.entries(COMMAND_OF)) {
    it(`offers ${action} in the languages in which it makes sense`, () => {
      const when = items.get(command);
      assert.ok(when !== undefined, command);
      for (const languageId of LANGUAGES) {
        const makesSense = actionsFor({ languageId, path: "/a", isWritable: true }).some((each) => each === action);
        assert.equal(holds(when, languageId), makesSense, languageId);
      }
    });
  }
});
