/** What kind of file a request is about. */
export type FileKind = "code" | "test" | "docs" | "config" | "script" | "notebook" | "diff";

/** Tried in this order on the lower-case language id and path of the file, joined by a space. */
const SIGNS: readonly (readonly [FileKind, RegExp])[] = [
  ["diff", /^(?:diff|git-commit|scminput)\b|\.(?:diff|patch)$/],
  ["notebook", /^jupyter|\.ipynb$/],
  [
    "test",
    /[._-](?:test|spec|cy|e2e)s?\.\w+$|[ /](?:__tests__|tests?|specs?)\/|[ /]test_[^/]*$|\w_test\.\w+$|\.feature$/,
  ],
  ["docs", /^(?:markdown|mdx|restructuredtext|asciidoc|latex|plaintext) |\.(?:md|mdx|rst|adoc|txt)$/],
  ["config", /^(?:jsonc?|yaml|toml|ini|properties|dotenv|dockerfile|dockercompose|ignore|xml) |\.(?:conf|env|lock)$/],
  ["script", /^(?:shellscript|bat|powershell|makefile) /],
];

/** The kind of a file by its language (VS Code's id) and its path; Windows' separators count as slashes. */
export function fileKindOf(languageId: string, path: string): FileKind {
  const name = `${languageId} ${path.replaceAll("\\", "/")}`.toLowerCase();
  return SIGNS.find(([, sign]) => sign.test(name))?.[0] ?? "code";
}
