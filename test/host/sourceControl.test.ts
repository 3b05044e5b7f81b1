import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { type CommentThread, Range, Uri, commands, extensions, window, workspace } from "vscode";
import { DisposableStore } from "../../src/extension/platform/disposableStore.ts";
import type { GitRepository } from "../../src/extension/platform/gitRepositories.ts";
import { openRepositories, untrackedFiles } from "../../src/extension/platform/gitRepositories.ts";
import { otherChanges, stagedChanges } from "../../src/extension/features/commitMessage/readChanges.ts";
import { ArrivingFindings } from "../../src/extension/features/stagedReview/arrivingFindings.ts";
import { type LocatedFinding, rangeOf } from "../../src/extension/features/stagedReview/locateFindings.ts";
import { ReviewComments } from "../../src/extension/features/stagedReview/reviewComments.ts";
import { lastAsked, until } from "./hostSteps.ts";

interface GitExports {
  getAPI(version: 1): { openRepository(root: Uri): Promise<unknown> };
}

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

/** The repository at this folder, which the editor may not have looked at. */
async function repositoryAt(root: Uri): Promise<GitRepository> {
  const extension = extensions.getExtension<GitExports>("vscode.git");
  await (await extension?.activate())?.getAPI(1).openRepository(root);
  const repositories = (await openRepositories()) ?? [];
  const repository = repositories.find(({ rootUri }) => rootUri.path === root.path);
  assert.ok(repository, "the editor has opened the repository");
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
    repository = await repositoryAt(folder());
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
    comments.begin();
    const threads: CommentThread[] = [comments.add(located), comments.add(located)];
    comments.end("t");
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

    // What is done before the answer has ended counts with its end.
    comments.begin();
    comments.dismiss(comments.add(located));
    assert.equal(told.length, 2);
    comments.end("u");
    await until(() => told.length > 2);
    assert.equal(told.at(-1), "u rejected");
    comments.dispose();
    await document.save();
  });

  it("shows each finding as soon as the answer has all of it, and takes back what a climb rejects", async () => {
    await write("scm/c.ts", "first\nsecond\n");
    git("add", "scm/c.ts");
    const shown: string[] = [];
    const comments = {
      begin: () => shown.splice(0),
      add: ({ finding, range }: LocatedFinding) => shown.push(`${finding.sentence} ${range.start.line}`),
      end: (turnId: string) => shown.push(turnId),
    };
    const files = await stagedChanges(repository);
    const arriving = new ArrivingFindings(comments as never, { repository, files, isStaged: true });
    const finding = (line: number, comment: string) => JSON.stringify({ file: "scm/c.ts", line, comment });
    arriving.show(`[${finding(2, "early")}`);
    await until(() => shown.length > 0);
    assert.deepEqual(shown, ["early 1"]);
    arriving.show("");
    const answer = `[${finding(1, "one")}, ${finding(9, "nowhere")}, ${finding(2, "two")}, {"file": "scm/c`;
    for (let length = 1; length <= answer.length; length += 1) arriving.show(answer.slice(0, length));
    const { placed, loose } = await arriving.end();
    assert.deepEqual(shown, ["one 0", "two 1"]);
    assert.deepEqual([placed.length, loose.map(({ sentence }) => sentence)], [2, ["nowhere"]]);
    arriving.conclude("t");
    assert.deepEqual(shown, ["one 0", "two 1", "t"]);
  });

  describe("with two repositories", () => {
    let second: GitRepository;

    before(async () => {
      const root = Uri.joinPath(folder(), "second");
      await write("second/only-there.ts", "const inTheSecond = 1;\n");
      for (const words of ["init -q", "config user.name n", "config user.email e@example.com", "add ."])
        git("-C", "second", ...words.split(" "));
      second = await repositoryAt(root);
    });
    after(async () => workspace.fs.delete(Uri.joinPath(folder(), "second"), { recursive: true }));
    beforeEach(async () => {
      await commands.executeCommand("notifications.clearAll");
      repository.inputBox.value = "";
      second.inputBox.value = "";
    });

    it("writes the message of the one whose title was clicked", async () => {
      void commands.executeCommand("waybill.writeCommitMessage", { rootUri: second.rootUri });
      await until(() => second.inputBox.value !== "");
      assert.equal(repository.inputBox.value, "");
      assert.match(await lastAsked(), /inTheSecond/);
    });

    it("reviews the one whose title was clicked", async () => {
      void commands.executeCommand("waybill.reviewStaged", { rootUri: second.rootUri });
      await until(async () => (await lastAsked()).includes("You review changes"));
      assert.match(await lastAsked(), /inTheSecond/);
      assert.doesNotMatch(await lastAsked(), /scm\/c\.ts/);
    });

    it("asks which one when the command comes from the palette", async () => {
      const [first, other] = (await openRepositories()) ?? [];
      assert.ok(first !== undefined && other !== undefined);
      void commands.executeCommand("waybill.writeCommitMessage");
      await until(async () => {
        // Does nothing while no list is open.
        await commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
        return first.inputBox.value !== "";
      });
      assert.equal(other.inputBox.value, "");
      await commands.executeCommand("notifications.clearAll");
    });
  });
});
