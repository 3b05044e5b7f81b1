import { fileKindOf } from "../tasks/fileKind.ts";

/** What can be asked of code from the editor itself. */
export const EDITOR_ACTIONS = [
  "fix",
  "explain",
  "refactor",
  "tests",
  "document",
  "simplify",
  "types",
  "review",
] as const;

export type EditorAction = (typeof EDITOR_ACTIONS)[number];

/** A document, as far as it decides what makes sense in it. */
export interface ActionPlace {
  /** VS Code's id. */
  readonly languageId: string;
  readonly path: string;
  /** Nothing is rewritten where nothing can be written. */
  readonly isWritable: boolean;
}

type TextKind = "prose" | "data" | "commented-data" | "code" | "read-only";

/** Languages whose test files have a known place; `testLanguages.ts` says which. */
export const TESTED_LANGUAGES: ReadonlySet<string> = new Set([
  ...["typescript", "typescriptreact", "javascript", "javascriptreact", "vue", "svelte"],
  ...["python", "go", "rust", "java", "kotlin", "scala", "groovy", "csharp", "ruby", "php", "swift"],
  ...["dart", "elixir", "c", "cpp", "lua", "r"],
]);

/** Languages in which types are written and may be left out. */
export const TYPED_LANGUAGES: ReadonlySet<string> = new Set([
  ...["typescript", "typescriptreact", "javascript", "javascriptreact", "vue", "svelte"],
  ...["python", "php", "lua", "elixir"],
]);

const KINDS: ReadonlyMap<string, TextKind> = new Map<string, TextKind>([
  ...of("prose", ["markdown", "mdx", "plaintext", "restructuredtext", "asciidoc", "latex", "tex", "quarto"]),
  ...of("data", ["json", "jsonl", "csv", "tsv", "bibtex"]),
  ...of("commented-data", ["jsonc", "json5", "yaml", "toml", "ini", "properties", "dotenv", "xml", "svg", "ignore"]),
  ...of("commented-data", ["dockerfile", "dockercompose", "makefile", "github-actions-workflow", "ssh_config"]),
  ...of("read-only", ["log", "Log", "diff", "search-result", "code-text-binary", "git-rebase", "output"]),
]);

/** The actions that make sense somewhere, in the order of `EDITOR_ACTIONS`. Unknown languages count as code. */
export function actionsFor({ languageId, path, isWritable }: ActionPlace): readonly EditorAction[] {
  const kind = textKindOf(languageId, path);
  const isCode = kind === "code";
  const makesSense: Readonly<Record<EditorAction, boolean>> = {
    explain: true,
    review: true,
    fix: isWritable && kind !== "read-only",
    refactor: isWritable && kind !== "read-only",
    simplify: isWritable && (isCode || kind === "prose"),
    document: isWritable && (isCode || kind === "commented-data"),
    types: isWritable && isCode && TYPED_LANGUAGES.has(languageId),
    tests: isWritable && isCode && TESTED_LANGUAGES.has(languageId) && isTestable(languageId, path),
  };
  return EDITOR_ACTIONS.filter((action) => makesSense[action]);
}

/** Tests have no tests, and nothing can import a cell of a notebook. */
function isTestable(languageId: string, path: string): boolean {
  const kind = fileKindOf(languageId, path);
  return kind !== "test" && kind !== "notebook";
}

function textKindOf(languageId: string, path: string): TextKind {
  const known = KINDS.get(languageId);
  if (known !== undefined) return known;
  switch (fileKindOf(languageId, path)) {
    case "diff":
      return "read-only";
    case "docs":
      return "prose";
    case "config":
      return "commented-data";
    case "code":
    case "test":
    case "script":
    case "notebook":
      return "code";
  }
}

function of(kind: TextKind, languageIds: readonly string[]): readonly (readonly [string, TextKind])[] {
  return languageIds.map((languageId) => [languageId, kind]);
}
