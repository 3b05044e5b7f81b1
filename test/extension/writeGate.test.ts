import assert from "node:assert/strict";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlannedWrite } from "../../src/extension/features/edits/writeGate.ts";
import { type EditorStage, openEditorStage } from "./editorStage.ts";

describe("the gate before files are written", () => {
  let editor: EditorStage;
  /** Whoever is asked closes the question, so that what is asked about is not written. */
  let mayWrite: (writes: readonly PlannedWrite[]) => Promise<boolean>;
  let write: (path: string, change?: Partial<PlannedWrite>) => PlannedWrite;

  before(async () => {
    editor = openEditorStage();
    ({ mayWrite } = await import("../../src/extension/features/edits/writeGate.ts"));
    const { Uri } = await import("vscode");
    write = (path, change) => ({ uri: Uri.file(path), textBefore: "a\n", textAfter: "b\n", ...change });
    for (const name of ["package.json", "settings.txt", "long.ts"]) writeFileSync(join(editor.project, name), "a\n");
    symlinkSync(join(editor.project, "package.json"), join(editor.project, "harmless.txt"));
    symlinkSync(editor.root, join(editor.project, "out"));
  });
  after(() => editor.remove());

  const inProject = (...parts: readonly string[]) => join(editor.project, ...parts);

  it("lets plain changes of the project pass, of files that are there and that are not", async () => {
    assert.equal(await mayWrite([write(inProject("src", "a.ts"))]), true);
    assert.equal(await mayWrite([write(inProject("src", "new", "b.ts"), { textBefore: undefined })]), true);
    assert.equal(await mayWrite([]), true);
  });

  it("asks about a file that decides what is run, also where a link leads to it", async () => {
    assert.equal(await mayWrite([write(inProject("package.json"))]), false);
    assert.equal(await mayWrite([write(inProject("harmless.txt"))]), false);
    assert.equal(await mayWrite([write(inProject(".vscode", "settings.json"), { textBefore: undefined })]), false);
    assert.equal(await mayWrite([write(inProject("src", "a.ts")), write(inProject("package.json"))]), false);
  });

  it("asks about what is outside of the workspace, also through a link", async () => {
    assert.equal(await mayWrite([write(join(editor.root, "outside.txt"))]), false);
    assert.equal(await mayWrite([write(inProject("out", "outside.txt"))]), false);
    assert.equal(await mayWrite([write(inProject("out", "new", "b.ts"), { textBefore: undefined })]), false);
    assert.equal(await mayWrite([write(inProject("..", "outside.txt"))]), false);
  });

  it("asks before a file goes or shrinks, and before hidden signs come", async () => {
    assert.equal(await mayWrite([write(inProject("src", "a.ts"), { textAfter: undefined })]), false);
    assert.equal(await mayWrite([write(inProject("long.ts"), { textBefore: "x\n".repeat(20) })]), false);
    assert.equal(await mayWrite([write(inProject("src", "a.ts"), { textAfter: "b\u200B\n" })]), false);
  });

  it("refuses a file that is gone", async () => {
    writeFileSync(inProject("src", "gone.ts"), "a\n");
    const gone = write(inProject("src", "gone.ts"));
    assert.equal(await mayWrite([gone]), true);
    rmSync(inProject("src", "gone.ts"));
    assert.equal(await mayWrite([gone]), false);
  });

  it("refuses everything in Restricted Mode", async () => {
    const { workspace } = await import("vscode");
    const plain = write(inProject("src", "a.ts"));
    assert.equal(await mayWrite([plain]), true);
    const stage: unknown = Reflect.get(globalThis, "waybillTestEditor");
    assert.ok(typeof stage === "object" && stage !== null);
    Reflect.set(stage, "workspace", { ...workspace, isTrusted: false });
    assert.equal(await mayWrite([plain]), false);
  });
});
