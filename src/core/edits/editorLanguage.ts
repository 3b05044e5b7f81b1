/** What stands behind fences where VS Code has another name for the language. */
const EDITOR_LANGUAGES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ts: "typescript",
    mts: "typescript",
    cts: "typescript",
    tsx: "typescriptreact",
    js: "javascript",
    mjs: "javascript",
    cjs: "javascript",
    node: "javascript",
    jsx: "javascriptreact",
    py: "python",
    python3: "python",
    rb: "ruby",
    rs: "rust",
    golang: "go",
    cs: "csharp",
    "c#": "csharp",
    "c++": "cpp",
    cc: "cpp",
    h: "c",
    kt: "kotlin",
    fs: "fsharp",
    pl: "perl",
    md: "markdown",
    yml: "yaml",
    htm: "html",
    docker: "dockerfile",
    make: "makefile",
    tf: "terraform",
    ...Object.fromEntries(["bash", "sh", "shell", "zsh", "fish", "console"].map((name) => [name, "shellscript"])),
    ...Object.fromEntries(["powershell", "pwsh", "ps1"].map((name) => [name, "powershell"])),
    ...Object.fromEntries(["cmd", "bat", "batch"].map((name) => [name, "bat"])),
  }),
);

/** VS Code's id of the language that a fence names; a name it does not know is left as it is. */
export function editorLanguage(fenceName: string): string {
  const name = fenceName.toLowerCase();
  return EDITOR_LANGUAGES.get(name) ?? name;
}
