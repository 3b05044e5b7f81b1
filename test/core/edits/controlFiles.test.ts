import assert from "node:assert/strict";
import { controlKind, pathBelow } from "../../../src/core/edits/controlFiles.ts";

describe("a control file", () => {
  const KINDS: Readonly<Record<string, readonly string[]>> = {
    editor: [
      ".vscode/settings.json",
      "sub/.vscode/tasks.json",
      "a.code-workspace",
      ".devcontainer/devcontainer.json",
      ".idea/x.xml",
    ],
    git: [
      ".git/config",
      ".git/hooks/pre-commit",
      "sub/.git",
      ".gitattributes",
      ".gitmodules",
      ".husky/pre-push",
      ".pre-commit-config.yaml",
    ],
    workflow: [
      ".github/workflows/ci.yml",
      ".github/actions/x/action.yml",
      ".gitlab-ci.yml",
      ".circleci/config.yml",
      "Jenkinsfile",
    ],
    shell: [
      ".bashrc",
      "home/.zshrc",
      ".profile",
      ".envrc",
      "Microsoft.PowerShell_profile.ps1",
      ".config/fish/config.fish",
    ],
    manifest: [
      "package.json",
      "a/package.json",
      "package-lock.json",
      ".npmrc",
      ".yarnrc.yml",
      "pnpm-workspace.yaml",
      "Cargo.toml",
      "build.rs",
      "Makefile",
      "pyproject.toml",
      "setup.py",
      "requirements-dev.txt",
      "Dockerfile",
      "a.csproj",
      "Directory.Build.props",
      "build.gradle.kts",
      "pom.xml",
      "go.mod",
    ],
    assistant: [
      "AGENTS.md",
      "CLAUDE.md",
      ".mcp.json",
      ".cursor/mcp.json",
      ".claude/settings.json",
      ".github/copilot-instructions.md",
      ".clinerules",
    ],
    secrets: [".env", ".env.local", ".ssh/authorized_keys", ".netrc", ".aws/credentials"],
  };
  for (const [kind, paths] of Object.entries(KINDS)) {
    it(`of the kind ${kind} is known`, () => {
      for (const path of paths) assert.equal(controlKind(path), kind, path);
    });
  }

  it("is known however a disk would take its name", () => {
    const written = [
      ".VSCODE/Settings.json",
      ".vscode\\settings.json",
      ".vscode./settings.json",
      ".vscode /settings.json",
      ".vscode/settings.json.",
      "src/../.vscode/settings.json",
      "./.vscode//settings.json",
      ".vscode/./settings.json",
      ".vs\u200Ccode/settings.json",
      ".vscode::$INDEX_ALLOCATION/settings.json",
      "VSCODE~1/settings.json",
      "/home/me/project/.vscode/settings.json",
      "C:\\me\\.vscode\\settings.json",
      "．vscode/settings.json",
    ];
    for (const path of written) assert.equal(controlKind(path), "editor", path);
    assert.equal(controlKind("GIT~1/config"), "git");
    assert.equal(controlKind(".GIT/hooks/x"), "git");
    assert.equal(controlKind("Package.JSON"), "manifest");
    assert.equal(controlKind("package.json:stream"), "manifest");
  });

  it("is not every file", () => {
    const others = [
      "src/a.ts",
      "git/a.ts",
      "src/package.ts",
      "vscode/settings.json",
      "docs/settings.json",
      "envelope.ts",
      "src/make.ts",
      "readme.md",
      ".gitignore",
    ];
    for (const path of others) assert.equal(controlKind(path), undefined, path);
  });
});

describe("the path below a folder", () => {
  it("is there only for what lies in it", () => {
    assert.equal(pathBelow("/a/b", "/a/b/c/d.ts", false), "c/d.ts");
    assert.equal(pathBelow("/a/b/", "/a/b/./c.ts", false), "c.ts");
    assert.equal(pathBelow("/a/b", "/a/bc/d.ts", false), undefined);
    assert.equal(pathBelow("/a/b", "/a/b/../c.ts", false), undefined);
    assert.equal(pathBelow("/a/b", "/a/b", false), undefined);
    assert.equal(pathBelow("C:\\A\\b", "c:\\a\\B\\c.ts", true), "c.ts");
    assert.equal(pathBelow("/A", "/a/c.ts", false), undefined);
  });
});
