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

  it("is dropped like what it is: from outside only after a question, which nobody answers here", async () => {
    assert.deepEqual(texts(await drop("linked.txt")), []);
    assert.deepEqual(texts(await drop("linkedFolder/private.txt")), []);
    assert.deepEqual(texts(await drop("harmless.txt")), []);
    assert.deepEqual(
      read().filter((path) => !path.endsWith(".gitignore")),
      [],
      "and nothing of it was read",
    );
    assert.deepEqual(texts(await drop("src/a.ts", "inside.ts")), ["text", "text"]);
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
      notice: "harmless.txt is a link to what is likely to hold secrets, so it was not attached. Nothing was sent.",
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
