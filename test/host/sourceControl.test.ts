import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { type CommentThread, Range, Uri, commands, extensions, window, workspace } from "vscode";
import { DisposableStore } from "../../src/extension/platform/disposableStore.ts";
import type { GitRepository } from "../../src/extension/platform/gitRepositories.ts";
import { openRepositories, untrackedFiles } from "../../src/extension/platform/gitRepositories.ts";
import { otherChanges, stagedChanges } from "../../src/extension/features/commitMessage/readChanges.ts";
import { rangeOf } from "../../src/extension/features/stagedReview/locateFindings.ts";
import { ReviewComments } from "../../src/extension/features/stagedReview/reviewComments.ts";

interface GitExports {
  getAPI(version: 1): { openRepository(root: Uri): Promise<unknown> };
}

const WITHIN_MS = 20_000;

function folder(): Uri {
  const uri = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(uri, "the host opens a workspace");
  return uri;
}

const git = (...args: readonly string[]) => execFileSync("git", ["-C", folder().fsPath, ...args], { encoding: "utf8" });

async function write(path: string, content: string): Promise<Uri> {
  const uri = Uri.joinPath(folder(), path);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return uri;
}

async function until(isDone: () => boolean): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  while (!isDone()) {
    assert.ok(Date.now() < deadline, "it did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function theRepository(): Promise<GitRepository> {
  const extension = extensions.getExtension<GitExports>("vscode.git");
  await (await extension?.activate())?.getAPI(1).openRepository(folder());
  const [repository] = (await openRepositories()) ?? [];
  assert.ok(repository);
  return repository;
}

describe("source control", () => {
  let repository: GitRepository;

  before(async () => {
    await extensions.getExtension("waybill.waybill")?.activate();
    git("init", "-q");
    git("config", "user.name", "n");
    git("config", "user.email", "e@example.com");
    await write("scm/a.ts", "one\ntwo\n");
    git("add", "scm");
    git("commit", "-qm", "feat(scm): add a file");
    repository = await theRepository();
  });
  after(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    git("reset", "-q");
    await workspace.fs.delete(Uri.joinPath(folder(), "scm"), { recursive: true });
  });

  it("gives what is staged, and all else with new files as git would show them", async () => {
    await write("scm/a.ts", "one\n2\n");
    git("add", "scm/a.ts");
    await write("scm/a.ts", "one\n2\nthree\n");
    await write("scm/new.ts", "new\n");
    await write("scm/.env", "KEY=secret\n");
    await until(() => untrackedFiles(repository).some(({ path }) => path.endsWith("/scm/new.ts")));
    const staged = await stagedChanges(repository);
    assert.deepEqual(
      staged.map(({ path, added, removed }) => [path, added, removed]),
      [["scm/a.ts", 1, 1]],
    );
    const others = await otherChanges(repository);
    const added = new Map(others.map((file) => [file.path, file]));
    assert.equal(added.get("scm/a.ts")?.added, 1);
    assert.deepEqual(added.get("scm/new.ts")?.hunks[0]?.lines, ["+new"]);
    assert.deepEqual(added.get("scm/.env")?.hunks, []);
  });

  it("gets its message into the box by the command, in the repository's style", async () => {
    repository.inputBox.value = "";
    // The notice at its end waits for the person.
    void commands.executeCommand("waybill.writeCommitMessage", { rootUri: repository.rootUri });
    await until(() => /^\w+(?:\(\w+\))?: .+/.test(repository.inputBox.value));
    await commands.executeCommand("notifications.clearAll");
    repository.inputBox.value = "";
  });

  it("shows findings as comments that are applied through a diff and dismissed", async () => {
    const uri = await write("scm/b.ts", "first\n  second\nthird\n");
    const document = await workspace.openTextDocument(uri);
    const told: string[] = [];
    const offers: string[] = [];
    const services = {
      engine: {
        get: async () => ({ noteOutcome: async (turnId: string, kind: string) => told.push(`${turnId} ${kind}`) }),
      },
      log: { error: (event: string) => told.push(event) },
      proposals: async () => ({
        offer: async ({ range, replacement }: { range: Range; replacement: string }) =>
          offers.push(`${range.start.line}-${range.end.line} ${replacement}`),
      }),
      disposables: new DisposableStore(),
    };
    const comments = new ReviewComments(services as never);
    const finding = { file: "scm/b.ts", line: 2, endLine: 2, severity: "note", sentence: "s" } as const;
    const range = rangeOf(document, ["  second"], 9);
    assert.ok(range);
    assert.ok(range.isEqual(new Range(1, 0, 1, 8)));
    const located = { finding: { ...finding, found: ["  second"], replacement: "  2nd" }, uri, range };
    const threads: CommentThread[] = comments.show("t", [located, located]);
    assert.deepEqual(
      threads.map(({ contextValue, canReply, label }) => [contextValue, canReply, label]),
      [
        ["applicable", false, "Note"],
        ["applicable", false, "Note"],
      ],
    );
    await comments.apply(threads[0]);
    assert.deepEqual(offers, ["1-1   2nd"]);
    assert.equal(document.getText(), "first\n  second\nthird\n");
    const editor = await window.showTextDocument(document);
    await editor.edit((edit) => edit.replace(range, "  2nd"));
    await until(() => told.length > 0);
    comments.dismiss(threads[1]);
    await until(() => told.length > 1);
    assert.deepEqual(told, ["t accepted", "t partly-accepted"]);
    await comments.apply(threads[1]);
    comments.dismissAll();
    assert.deepEqual([offers.length, told.length], [1, 2]);
    comments.dispose();
    await document.save();
  });
});
