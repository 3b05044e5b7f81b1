import assert from "node:assert/strict";
import { globSync, readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Uri as UriType } from "vscode";
import { type EditorStage, openEditorStage } from "../extension/editorStage.ts";
import { CANARY, FREE_FILES, type KeptFile, OPEN, writeKeptFiles } from "../setup/keptFiles.ts";

/** All that reads a text or what quotes it. A reader that is new has to be put here, with what keeps it from telling. */
const READERS: Readonly<Record<string, string>> = {
  // The gate and its door for files.
  "outgoing/ignoreFiles.ts": "reads rules",
  "chat/mentions/readTextFile.ts": "asks the gate",
  "chat/mentions/workspaceFiles.ts": "reads rules, to search less",
  // For requests.
  "chat/mentions/gitDiff.ts": "asks the gate",
  "chat/mentions/nearbySymbols.ts": "asks the gate",
  "chat/mentions/problemsItem.ts": "asks the gate",
  "commitMessage/readChanges.ts": "asks the gate",
  "codeActions/writeTests.ts": "asks the gate",
  "inlineEdit/inlineEdits.ts": "asks the gate",
  "chat/selectionContext.ts":
    "behind editorSelection, mentionSource and runEditorAction, which ask; the dry run sends nothing",
  "codeActions/symbolTarget.ts": "behind runEditorAction, which asks",
  "codeActions/targetCode.ts": "behind runEditorAction and writeTests, which ask",
  "inlineEdit/inlineTarget.ts": "behind askForEdit and inlineEdits, which ask",
  "codeActions/proposalCheck.ts": "reports of a proposal, of a text that was sent already",
  "chats/importChat.ts": "a chat that the person picks in a dialogue",
  // What is read to be shown or written here, and is in no request.
  "chat/codeBlocks/applyCode.ts": "writes",
  "chat/codeBlocks/insertCode.ts": "writes",
  "chat/codeBlocks/openAsFile.ts": "shows",
  "chat/mentions/contextPreview.ts": "shows",
  "codeActions/acceptNewFile.ts": "writes",
  "codeActions/adoptLanguage.ts": "shows",
  "codeActions/fixProposals.ts": "shows and writes",
  "codeActions/offerCode.ts": "shows",
  "codeActions/proposalDiffs.ts": "shows and writes",
  "edits/acceptedWatch.ts": "counts",
  "edits/planAnswer.ts": "writes",
  "edits/replaceRanges.ts": "writes",
  "edits/reviewEdits.ts": "writes",
  "edits/writeText.ts": "writes",
  "folderTrust/readShown.ts": "shows",
  "inlineEdit/concludeRegion.ts": "writes",
  "inlineEdit/diffTab.ts": "shows",
  "inlineEdit/inlineSession.ts": "writes",
  "inlineEdit/newErrors.ts": "counts",
  "inlineEdit/offeredEdit.ts": "shows",
  "inlineEdit/openEdits.ts": "writes",
  "inlineEdit/regionWriter.ts": "writes",
  "inlineEdit/takenBack.ts": "compares",
  "stagedReview/locateFindings.ts": "compares",
  "stagedReview/reviewComments.ts": "compares",
};

const READS = /\.getText\(|\.lineAt\(|fs\.readFile\(|\.diff\((?:true|false)\)|getDiagnostics\(|openTextDocument\(/;

describe("promise 17: ignored and secret files never leave", () => {
  let editor: EditorStage;
  let kept: readonly KeptFile[];
  before(() => {
    editor = openEditorStage();
    kept = writeKeptFiles(editor.project, join(editor.root, "elsewhere"));
    const { project } = editor;
    editor.change("workspace", {
      textDocuments: [],
      // More than the editor would find: every file, whatever links lead to it.
      findFiles: async () => everyFile(project).map(uriOf),
    });
    const uris = () => everyFile(project).map(uriOf);
    editor.change("languages", {
      getDiagnostics: (uri?: { path: string }) => {
        const problem = (path: string) => ({
          ...{ range: { start: { line: 0 }, intersection: () => ({}) }, severity: 0 },
          message: `odd: ${readFileSync(path, "utf8")}`,
        });
        return uri === undefined ? uris().map((each) => [each, [problem(each.path)]]) : [problem(uri.path)];
      },
    });
  });
  after(() => editor.remove());

  let Uri: typeof UriType;
  before(async () => ({ Uri } = await import("vscode")));
  const uriOf = (path: string) => Uri.file(path);
  const at = (path: string) => Uri.file(join(editor.project, path));

  const free = () => FREE_FILES;

  /** What was told of a kept file names it and the rule, and holds nothing of it. */
  function assertRefused(told: unknown, { path, reason }: KeptFile): void {
    const text = JSON.stringify(told);
    assert.doesNotMatch(text, new RegExp(CANARY), path);
    assert.match(text, reason, path);
    assert.ok(text.includes(path), `${text} names ${path}`);
  }

  function assertFree(told: unknown, what: string): void {
    assert.match(JSON.stringify(told), new RegExp(OPEN), what);
  }

  it("has a door for each reader", () => {
    const root = "src/extension/";
    const reading = globSync(`${root}**/*.ts`)
      .map((file) => file.split(sep).join("/"))
      .filter((file) => READS.test(readFileSync(file, "utf8")))
      .map((file) => file.replace(`${root}features/`, ""));
    assert.deepEqual(reading.toSorted(), Object.keys(READERS).toSorted());
    for (const [file, what] of Object.entries(READERS)) {
      if (what !== "asks the gate") continue;
      assert.match(readFileSync(`${root}features/${file}`, "utf8"), /outgoing\/sendGate\.ts"/, file);
    }
  });

  it("holds for a file that is mentioned, or dropped", async () => {
    const { fileItem } = await import("../../src/extension/features/chat/mentions/fileItem.ts");
    const { droppedItems } = await import("../../src/extension/features/chat/mentions/dropFiles.ts");
    for (const file of kept) {
      assertRefused(await fileItem(at(file.path)), file);
      assertRefused(await droppedItems([at(file.path).toString()]), file);
    }
    for (const path of free()) {
      assertFree(await fileItem(at(path)), path);
      assertFree(await droppedItems([at(path).toString()]), path);
    }
  });

  it("holds for folders, open editors, symbols and problems that are mentioned", async () => {
    const { folderItem, MentionSource } = await import("../../src/extension/features/chat/mentions/mentionSource.ts");
    const { problemsItem } = await import("../../src/extension/features/chat/mentions/problemsItem.ts");
    const { filesItem } = await import("../../src/extension/features/chat/mentions/filesItem.ts");
    const all = everyFile(editor.project).map(uriOf);
    const told = [
      await folderItem(Uri.file(editor.project)),
      await filesItem({ id: "editors:", kind: "editors", label: "Open editors" }, all),
      await problemsItem(undefined),
    ];
    for (const each of told) {
      assertFree(each, "what is told");
      assert.doesNotMatch(JSON.stringify(each), new RegExp(CANARY));
    }
    for (const file of kept) assertRefused(await problemsItem(at(file.path)), file);

    const range = { start: { line: 0 }, end: { line: 2 }, contains: () => true };
    const symbols = all.map((uri) => ({ name: "told", location: { uri, range } }));
    editor.answers.set("vscode.executeWorkspaceSymbolProvider", symbols);
    editor.answers.set("vscode.executeDocumentSymbolProvider", []);
    for (const query of ["told", "kept", "env", "words", "plan", "noted", "harmless"]) {
      const source = new MentionSource();
      const offered = await source.complete(query);
      for (const { id } of offered) {
        if (id === "diff:" || id === "terminal:") continue;
        assert.doesNotMatch(JSON.stringify((await source.read(id)) ?? ""), new RegExp(CANARY), id);
      }
      if (query === "told") assert.ok(offered.some(({ kind }) => kind === "symbol"));
    }
    const { symbolCandidates } = await import("../../src/extension/features/chat/mentions/symbolCandidates.ts");
    const candidates = await symbolCandidates("told");
    const read = await Promise.all(candidates.map((candidate) => candidate.read()));
    assertFree(read, "a symbol");
    assert.doesNotMatch(JSON.stringify(read), new RegExp(CANARY));
  });

  it("holds for names in the list of what can be mentioned, as far as they tell", async () => {
    const { offerable } = await import("../../src/extension/features/outgoing/sendGate.ts");
    const offered = (await offerable(everyFile(editor.project).map(uriOf))).map(({ path }) =>
      relative(editor.project, path),
    );
    const byName = kept.filter(({ path }) => !path.startsWith("links/"));
    assert.deepEqual(
      byName.filter(({ path }) => offered.includes(path)),
      [],
    );
    for (const path of free()) assert.ok(offered.includes(path), path);
  });

  it("holds for what is defined nearby, and for what stands around the cursor", async () => {
    const { nearbyBase, nearbyItem } = await import("../../src/extension/features/chat/mentions/nearbySymbols.ts");
    const range = { isSingleLine: false, start: { line: 0 }, end: { line: 2 }, contains: () => true };
    editor.answers.set("vscode.executeDocumentSymbolProvider", [{ name: "told", kind: 11, range, children: [] }]);
    const base = { document: documentOf("src/free.ts"), range: { ...range, isEmpty: false } };
    const nearby = async (path: string) => {
      editor.answers.set("vscode.executeDefinitionProvider", [{ uri: at(path), range }]);
      return (await nearbyItem(base as never)) ?? "";
    };
    for (const { path } of kept) {
      assert.equal(await nearby(path), "", path);
      for (const isEmpty of [true, false]) {
        const held = { document: documentOf(path), selection: { ...range, isEmpty, active: {} } };
        assert.equal(await nearbyBase(held as never), undefined, path);
        assert.equal(await nearbyItem({ document: documentOf(path), range } as never), undefined, path);
      }
    }
    assertFree(await nearby("rules/0/free.ts"), "a definition");
  });

  it("holds for the selection in the editor: it is shown as left out, with the reason, and without its text", async () => {
    const { EditorSelection } = await import("../../src/extension/features/chat/mentions/editorSelection.ts");
    const { PendingContext } = await import("../../src/extension/features/chat/pendingContext.ts");
    const selection = new EditorSelection(() => undefined);
    const pending = new PendingContext({
      selected: () => selection.code(),
      chatId: () => "c",
      leftOut: { has: () => false, add: () => undefined },
    });
    for (const file of kept) {
      select(file.path);
      assert.equal(selection.code(), undefined, "not before it is known");
      await selection.settle();
      assert.deepEqual(pending.code(), [], file.path);
      assert.equal(pending.views().length, 1);
      assertRefused(pending.views(), file);
    }
    for (const path of free()) {
      select(path);
      await selection.settle();
      assertFree(pending.code(), path);
    }
    select("src/free.ts", { languageId: "dotenv" });
    assert.deepEqual(pending.code(), [], "a text that became one of another kind");
  });

  it("holds for every action with the code in the editor, and says which rule it was", async () => {
    const { runEditorAction } = await import("../../src/extension/features/codeActions/runEditorAction.ts");
    const told: string[] = [];
    const refuse = () => assert.fail("something was asked");
    const services = { engine: { get: refuse }, proposals: refuse, settings: refuse } as never;
    const panel = { get: refuse } as never;
    editor.change("window", { showInformationMessage: async (sentence: string) => void told.push(sentence) });
    const actions = [
      "explain",
      "review",
      "fix",
      "fix-all",
      "refactor",
      "tests",
      "document",
      "simplify",
      "types",
    ] as const;
    for (const { path, reason } of kept) {
      select(path);
      for (const action of actions) {
        told.length = 0;
        await runEditorAction({ services, panel }, action);
        assert.equal(told.length, 1, `${action} in ${path}`);
        if (action !== "explain" && /makes no sense in this document/.test(told[0] ?? "")) continue;
        assert.match(told[0] ?? "", reason, `${action} in ${path}`);
        assert.match(told[0] ?? "", /Nothing was sent, and nothing was paid\.$/);
      }
    }
  });

  it("holds for texts that are saved nowhere, or not yet", async () => {
    const { whyKept } = await import("../../src/extension/features/outgoing/sendGate.ts");
    const { fileItem } = await import("../../src/extension/features/chat/mentions/fileItem.ts");
    const of = async (uri: string, languageId: string, isUntitled = true) =>
      (await whyKept({ uri: Uri.parse(uri), languageId, isUntitled }))?.kind;
    assert.equal(await of("untitled:Untitled-1", "dotenv"), "built-in");
    assert.equal(await of("untitled:Untitled-1", "properties"), "built-in");
    assert.equal(await of("untitled:Untitled-1", "typescript"), undefined);
    assert.equal(await of("untitled:.env", "plaintext"), "built-in");
    assert.equal(await of(`untitled:${editor.project}/notes/new.ts`, "typescript"), "ignore-file");
    assert.equal(await of(`untitled:${editor.project}/links/folder/new.ts`, "typescript"), "link");
    assert.equal(await of(`git:${editor.project}/notes/plan.ts`, "typescript", false), "ignore-file");
    assert.equal(await of(`git:${editor.project}/src/.env`, "plaintext", false), "built-in");
    // What the editor holds of a file that was never saved, or not in this state.
    for (const path of [".env", "notes/unsaved.ts", "rules/3/kept.ts"]) {
      editor.change("workspace", { textDocuments: [documentOf(path, { text: `A=${CANARY}` })] });
      assert.doesNotMatch(JSON.stringify(await fileItem(at(path))), new RegExp(CANARY), path);
    }
    editor.change("workspace", { textDocuments: [] });
  });

  it("holds for changes: in a question, in a commit message and under review", async () => {
    const { diffItem } = await import("../../src/extension/features/chat/mentions/gitDiff.ts");
    const { otherChanges, sortForModel, stagedChanges } =
      await import("../../src/extension/features/commitMessage/readChanges.ts");
    const changeOf = (path: string) => {
      const text = readFileSync(join(editor.project, path), "utf8").trimEnd().replaceAll("\n", "\n+");
      return `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -0,0 +1,3 @@\n+${text}\n`;
    };
    const inGit = kept.filter(({ path }) => !path.startsWith(".git/") && !path.startsWith("links/"));
    const renamed = `diff --git a/.env b/shown.ts\nrename from .env\nrename to shown.ts\n@@ -1 +1 @@\n-${CANARY}\n+1\n`;
    const diff = [...inGit.map(({ path }) => path), "src/free.ts"].map(changeOf).join("") + renamed;
    const untrackedChanges = kept.map(({ path }) => ({ uri: at(path), status: 7 }));
    const repository = {
      rootUri: Uri.file(editor.project),
      state: { workingTreeChanges: [], untrackedChanges, indexChanges: [], mergeChanges: [] },
      diff: async () => diff,
    };
    const api = { state: "initialized", repositories: [repository] };
    editor.change("extensions", { getExtension: () => ({ activate: async () => ({ getAPI: () => api }) }) });
    const item = await diffItem();
    assertFree(item, "the diff");
    assert.match(JSON.stringify(item), /"remark":"\d\d changed files are kept on this machine"/);
    assert.doesNotMatch(JSON.stringify(item), new RegExp(CANARY));
    for (const changes of [await stagedChanges(repository as never), await otherChanges(repository as never)]) {
      const { shown } = await sortForModel(repository as never, changes);
      assertFree(shown, "what is shown");
      assert.doesNotMatch(JSON.stringify(shown), new RegExp(CANARY));
    }
  });

  it("holds for the project's own instructions", async () => {
    const { readInstructions } = await import("../../src/extension/features/chat/mentions/instructions.ts");
    const before = await readInstructions();
    assert.equal(before.length, 1);
    const { rmSync, writeFileSync } = await import("node:fs");
    writeFileSync(join(editor.project, ".claudeignore"), "AGENTS.md\n");
    assert.deepEqual(await readInstructions(), [], "and the rule holds from the moment it is there");
    rmSync(join(editor.project, ".claudeignore"));
    assert.equal((await readInstructions()).length, 1);
  });

  it("holds where rules are there and cannot be read", async () => {
    const { ignoredIn } = await import("../../src/extension/features/outgoing/ignoreFiles.ts");
    const workspace = { ...(await import("vscode")).workspace.fs };
    editor.change("workspace", {
      fs: {
        ...workspace,
        ...{ stat: async () => ({ type: 1, size: 1 }), readDirectory: async () => [[".cursorignore", 1]] },
        readFile: async () => Promise.reject(new Error("no permission")),
      },
    });
    try {
      assert.deepEqual(await ignoredIn(Uri.file(editor.project), ["src/free.ts"]), [".cursorignore"]);
    } finally {
      editor.change("workspace", { fs: workspace });
    }
  });

  it("holds for all of it in Restricted Mode", async () => {
    const { fileItem } = await import("../../src/extension/features/chat/mentions/fileItem.ts");
    const { filesItem } = await import("../../src/extension/features/chat/mentions/filesItem.ts");
    const { readInstructions } = await import("../../src/extension/features/chat/mentions/instructions.ts");
    const { problemsItem } = await import("../../src/extension/features/chat/mentions/problemsItem.ts");
    const { EditorSelection } = await import("../../src/extension/features/chat/mentions/editorSelection.ts");
    editor.change("workspace", { isTrusted: false });
    try {
      const selection = new EditorSelection(() => undefined);
      select("src/free.ts");
      await selection.settle();
      const told = [
        ...(await Promise.all(free().map((path) => fileItem(at(path))))),
        await filesItem({ id: "editors:", kind: "editors", label: "Open editors" }, free().map(at)),
        await problemsItem(at("src/free.ts")),
        await problemsItem(undefined),
        await readInstructions(),
        selection.code() ?? "",
      ];
      assert.doesNotMatch(JSON.stringify(told), new RegExp(`${CANARY}|${OPEN}`));
    } finally {
      editor.change("workspace", { isTrusted: true });
    }
  });

  function documentOf(path: string, { text, languageId = "typescript" }: { text?: string; languageId?: string } = {}) {
    const whole = () => text ?? readFileSync(join(editor.project, path), "utf8");
    return {
      ...{ uri: at(path), version: 1, languageId, isUntitled: false, lineCount: 3 },
      ...{ getText: whole, offsetAt: () => 0, positionAt: () => ({}) },
      lineAt: (line: number) => ({ text: whole().split("\n")[line] ?? "" }),
    };
  }

  function select(path: string, { languageId = "typescript" } = {}): void {
    const selection = { isEmpty: false, start: { line: 0, character: 0 }, end: { line: 2, character: 1 } };
    editor.change("window", { activeTextEditor: { document: documentOf(path, { languageId }), selection } });
  }
});

/** Also what links lead to; a folder that a link leads to is looked into. */
function everyFile(folder: string, inside = folder): readonly string[] {
  return readdirSync(inside, { withFileTypes: true }).flatMap((entry) => {
    const path = join(inside, entry.name);
    const isLinkedFolder = entry.isSymbolicLink() && !entry.name.includes(".");
    if (relative(folder, path).split(sep).length > 8) return [];
    return entry.isDirectory() || isLinkedFolder ? everyFile(folder, path) : [path];
  });
}
