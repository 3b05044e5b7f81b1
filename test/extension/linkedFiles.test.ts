import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EditorStage, openEditorStage } from "./editorStage.ts";

describe("what a link in the workspace leads to", () => {
  let editor: EditorStage;
  let drop: (...paths: readonly string[]) => Promise<readonly object[]>;
  before(() => {
    editor = openEditorStage();
    const { root, project } = editor;
    mkdirSync(join(root, "elsewhere"));
    writeFileSync(join(root, "elsewhere", "private.txt"), "private words");
    writeFileSync(join(project, ".env"), "KEY=secret words");
    symlinkSync(join(root, "outside.txt"), join(project, "linked.txt"));
    symlinkSync(join(root, "elsewhere"), join(project, "linkedFolder"));
    symlinkSync(join(project, "src", "a.ts"), join(project, "inside.ts"));
    symlinkSync(join(project, ".env"), join(project, "harmless.txt"));
    mkdirSync(join(project, ".github"));
    symlinkSync(join(root, "outside.txt"), join(project, ".github", "copilot-instructions.md"));
    drop = async (...paths) => {
      const { droppedItems } = await import("../../src/extension/features/chat/mentions/dropFiles.ts");
      return droppedItems(paths.map((path) => `file://${join(project, path)}`));
    };
  });
  after(() => editor.remove());
  beforeEach(() => (editor.effects.length = 0));

  const texts = (items: readonly object[]) => items.map((item) => ("parts" in item ? String(item.parts) : ""));
  const read = () => editor.effects.filter(({ kind }) => kind === "read").map(({ what }) => what);

  it("is not dropped where its place is outside or holds secrets", async () => {
    assert.deepEqual(texts(await drop("linked.txt", "linkedFolder/private.txt", "harmless.txt")), ["", "", ""]);
    assert.deepEqual(read(), [], "and nothing of it was read");
    assert.deepEqual(texts(await drop("src/a.ts", "inside.ts")), ["text", "text"]);
  });

  it("does not go along beside a selection or a cursor, which nobody has asked for", async () => {
    const { Uri } = await import("vscode");
    const { nearbyBase, nearbyItem } = await import("../../src/extension/features/chat/mentions/nearbySymbols.ts");
    const at = (path: string) => Uri.file(join(editor.project, path));
    const range = { isSingleLine: false, start: { line: 0 }, end: { line: 1 }, contains: () => true };
    editor.answers.set("vscode.executeDocumentSymbolProvider", [{ name: "f", range, children: [] }]);
    const document = (path: string) => ({
      ...{ uri: at(path), version: 1, languageId: "ts" },
      ...{ getText: () => "callIt()", offsetAt: () => 0, positionAt: () => ({}) },
    });
    const nearby = async (path: string) => {
      editor.answers.set("vscode.executeDefinitionProvider", [{ uri: at(path), range }]);
      const base = { document: document("other.ts"), range } as never;
      return (await nearbyItem(base))?.parts.join("");
    };
    assert.match((await nearby("src/a.ts")) ?? "", /^src\/a\.ts:1-1:\n```ts\ntext/);
    assert.equal(await nearby("linked.txt"), undefined);
    assert.equal(await nearby("harmless.txt"), undefined);
    const around = (path: string) => nearbyBase({ document: document(path), selection: { isEmpty: true } } as never);
    assert.equal((await around("src/a.ts"))?.name, "f");
    assert.equal(await around("linked.txt"), undefined);
  });

  it("does not go into a commit message, where git keeps a link and not what it leads to", async () => {
    const { Uri } = await import("vscode");
    const { otherChanges } = await import("../../src/extension/features/commitMessage/readChanges.ts");
    const untracked = ["src/a.ts", "linked.txt"].map((path) => ({
      uri: Uri.file(join(editor.project, path)),
      status: 7,
    }));
    const rootUri = Uri.file(editor.project);
    const state = { untrackedChanges: untracked, workingTreeChanges: [], indexChanges: [], mergeChanges: [] };
    await otherChanges({ rootUri, state, diff: async () => "" } as never);
    assert.deepEqual(read(), [join(editor.project, "src/a.ts")]);
  });

  it("is not read as a mention, a part of a folder or the project's instructions", async () => {
    const { Uri } = await import("vscode");
    const { fileItem } = await import("../../src/extension/features/chat/mentions/fileItem.ts");
    const { filesItem } = await import("../../src/extension/features/chat/mentions/filesItem.ts");
    const { readInstructions } = await import("../../src/extension/features/chat/mentions/instructions.ts");
    const at = (path: string) => Uri.file(join(editor.project, path));
    assert.deepEqual(await fileItem(at("linked.txt")), {
      notice: "linked.txt is a link out of the workspace, so it was not attached. Nothing was sent.",
    });
    assert.deepEqual(await fileItem(at("harmless.txt")), {
      notice:
        "harmless.txt is a link to what is likely to hold secrets (built-in rule), so it was not attached. Nothing was sent.",
    });
    const all = ["linked.txt", "linkedFolder/private.txt", "harmless.txt", "inside.ts"].map(at);
    const folder = await filesItem({ id: "f", kind: "folder", label: "all/" }, all);
    assert.equal(folder.parts.length, 1);
    assert.match(folder.remark ?? "", /^3 of 4 files not taken/);
    const instructions = await readInstructions();
    assert.deepEqual(
      instructions.map(({ label }) => label),
      ["AGENTS.md"],
    );
  });
});
