import assert from "node:assert/strict";
import type { CodeContext } from "../../../src/core/conversation/conversationMessage.ts";
import { TaskClassifier } from "../../../src/core/tasks/taskClassifier.ts";
import { type FileKind, fileKindOf } from "../../../src/core/tasks/fileKind.ts";
import { signalsOf } from "../../../src/core/tasks/signalsOf.ts";
import { withoutSlashCommand } from "../../../src/core/tasks/slashCommand.ts";
import type { TaskType } from "../../../src/core/tasks/taskType.ts";

const classifier = new TaskClassifier();

const DIFF = [
  "diff --git a/src/sum.ts b/src/sum.ts",
  "index 83db48f..bf269f4 100644",
  "@@ -1,2 +1,2 @@",
  "-export const fix = 1;",
  "+export const explain = 2;",
].join("\n");

function code(fields: Partial<CodeContext> = {}): CodeContext {
  return { label: "src/sum.ts:1-2", languageId: "typescript", text: "const a = 1;", diagnostics: [], ...fields };
}

function taskOf(text: string, pieces: readonly CodeContext[] = []): TaskType {
  return classifier.classify(signalsOf({ text, code: pieces })).taskType;
}

describe("the signals of a request", () => {
  it("are no more than the words where nothing goes along", () => {
    assert.deepEqual(signalsOf({ text: "hello!", code: [], surface: "chat" }), {
      text: "hello!",
      hasSelection: false,
      hasDiagnostics: false,
      hasDiff: false,
      contextTokens: 2,
      surface: "chat",
    });
  });

  it("count the code, name its kind of file, and see its problems", () => {
    const signals = signalsOf({ text: "", code: [code({ label: "a/sum.test.ts:3", text: "x".repeat(3_000) })] });
    assert.deepEqual([signals.hasSelection, signals.fileKind, signals.contextTokens], [true, "test", 1_000]);
    assert.equal(signals.hasDiagnostics, false);
    assert.equal(signalsOf({ text: "", code: [code({ diagnostics: ["line 1: no"] })] }).hasDiagnostics, true);
    assert.equal(signalsOf({ text: "", code: [code()], hasDiagnostics: true }).hasDiagnostics, true);
  });

  it("see a diff that is pasted or attached, and none in code that subtracts", () => {
    assert.equal(signalsOf({ text: `what is it?\n${DIFF}`, code: [] }).hasDiff, true);
    assert.equal(signalsOf({ text: "message?", code: [code({ languageId: "diff", text: DIFF })] }).hasDiff, true);
    assert.equal(signalsOf({ text: "why\n- 1\n+ 2\n--- a", code: [] }).hasDiff, false);
    assert.equal(taskOf(`write a commit message\n${DIFF}`), "commit-message");
    assert.equal(taskOf(`is this right?\n${DIFF}`), "review");
  });

  const kinds: readonly [FileKind, languageId: string, path: string][] = [
    ["test", "typescript", "src/sum.test.ts"],
    ["test", "python", "app/test_sum.py"],
    ["test", "go", "sum_test.go"],
    ["test", "java", "src/test/java/Sum.java"],
    ["test", "typescript", "C:\\work\\__tests__\\sum.ts"],
    ["code", "typescript", "src/latest/contest.ts"],
    ["docs", "markdown", "README.md"],
    ["docs", "plaintext", "notes.txt"],
    ["config", "json", "package.json"],
    ["config", "yaml", ".github/workflows/ci.yml"],
    ["script", "shellscript", "run.sh"],
    ["notebook", "python", "a.ipynb"],
    ["diff", "diff", "change.patch"],
    ["code", "rust", "src/main.rs"],
  ];
  for (const [kind, languageId, path] of kinds) {
    it(`take ${path} for ${kind}`, () => assert.equal(fileKindOf(languageId, path), kind));
  }

  it("are the same whether or not the project's instructions go along", () => {
    const instructions = { label: "AGENTS.md", languageId: "markdown", text: "diff --git a b", diagnostics: [] };
    const code = [{ ...instructions, kind: "instructions" as const }];
    assert.deepEqual(signalsOf({ text: "why?", code }), signalsOf({ text: "why?", code: [] }));
  });
});

describe("a slash command", () => {
  it("is a wish in the text that is sent, and certain for the task", () => {
    assert.equal(withoutSlashCommand("/fix the loop"), "Fix: the loop");
    assert.equal(withoutSlashCommand("  /Tests\nfor parseDate"), "Write tests: for parseDate");
    assert.equal(withoutSlashCommand("/explain"), "Explain.");
    assert.equal(classifier.classify(signalsOf({ text: "/tests fix this", code: [] })).confidence, 1);
  });

  it("is text where it is unknown, a path, or not at the beginning", () => {
    for (const text of ["/frobnicate this", "/etc/hosts is empty", "/fix/me.ts", "please /fix it", "a /test b", "/"]) {
      assert.equal(withoutSlashCommand(text), text);
    }
  });
});
