import assert from "node:assert/strict";
import {
  ConfigurationTarget,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  Selection,
  type TextDocument,
  type TextEditor,
  Uri,
  commands,
  extensions,
  window,
  workspace,
} from "vscode";
import { openFile } from "./openFile.ts";

const CODE = [
  "export function total(lines) {",
  "\tlet sum = 0;",
  "\tfor (const line of lines) {",
  "\t\tsum += line;",
  "\t}",
  "\treturn sum;",
  "}",
];
const ANSWER = [
  "export function total(lines) {",
  "\tlet all = 0;",
  "\tfor (const line of lines) {",
  "\t\tall += line;",
  "\t}",
  "\treturn all;",
  "}",
];
const PATIENCE_MS = 8_000;

function controlPanel(path: string): string {
  return `${new URL(process.env["WAYBILL_SIMULATOR_BASE_URL"] ?? "").origin}/__simulator/${path}`;
}

async function questionsSent(): Promise<number> {
  const requests: unknown = await (await fetch(controlPanel("requests"))).json();
  return JSON.stringify(requests).split("/chat/completions").length - 1;
}

/** Scripts the next answers of the gateway simulator. */
async function answerNext(fault: object): Promise<void> {
  const { ok } = await fetch(controlPanel("faults"), { method: "POST", body: JSON.stringify(fault) });
  assert.ok(ok, "the simulator takes the script");
}

function answer(lines: readonly string[]): object {
  return { kind: "answer", content: `\`\`\`\n${lines.join("\n")}\n\`\`\`` };
}

async function eventually(check: () => void): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Asks for all of the document to be changed; the cursor is at its beginning after. */
async function edit(editor: TextEditor): Promise<void> {
  const last = editor.document.lineCount - 1;
  editor.selection = new Selection(last, editor.document.lineAt(last).text.length, 0, 0);
  await commands.executeCommand("waybill.inlineEdit", { instruction: "rename sum to all" });
}

/** The document with all changes shown: removed and added lines. */
const shown = (document: TextDocument) => document.getText().split(/\r?\n/u).length;

describe("an inline edit in the editor", () => {
  before(async () => {
    await extensions.getExtension("waybill.waybill")?.activate();
    // In a browser the editor saves by itself, and then an inline edit is shown beside the document.
    await workspace.getConfiguration("files").update("autoSave", "off", ConfigurationTarget.Global);
  });
  after(() => workspace.getConfiguration("files").update("autoSave", undefined, ConfigurationTarget.Global));
  afterEach(() => commands.executeCommand("waybill.cancelInlineEdit"));

  for (const [name, eol, end] of [
    ["edit-lf.ts", "\n", "\n"],
    ["edit-crlf.ts", "\r\n", ""],
    ["edit.md", "\n", ""],
  ] as const) {
    it(`shows its changes, takes some and leaves others, as one step of Undo (${name})`, async () => {
      const original = CODE.join(eol) + end;
      const document = await openFile(name, original);
      const editor = await window.showTextDocument(document);
      await answerNext(answer(ANSWER));
      await edit(editor);
      assert.equal(shown(document), CODE.length + 3 + (end === "" ? 0 : 1));
      assert.ok(document.isDirty);

      await commands.executeCommand("waybill.nextChange");
      await commands.executeCommand("waybill.acceptChange");
      await commands.executeCommand("waybill.nextChange");
      await commands.executeCommand("waybill.rejectChange");
      await commands.executeCommand("waybill.nextChange");
      await commands.executeCommand("waybill.acceptChange");
      const expected = [CODE[0], ANSWER[1], CODE[2], CODE[3], CODE[4], ANSWER[5], CODE[6]].join(eol) + end;
      assert.equal(document.getText(), expected);

      await commands.executeCommand("undo");
      assert.equal(document.getText(), original);
      await eventually(() => assert.equal(document.isDirty, false));
      await commands.executeCommand("redo");
      assert.equal(document.getText(), expected);
      await commands.executeCommand("workbench.action.files.revert");
    });
  }

  it("leaves the text, the cursor and a clean file behind when it is cancelled", async () => {
    const original = CODE.join("\n");
    const document = await openFile("cancelled.ts", original);
    const editor = await window.showTextDocument(document);
    await answerNext(answer(ANSWER));
    const whole = new Selection(CODE.length - 1, 1, 0, 0);
    await edit(editor);
    assert.notEqual(document.getText(), original);
    await commands.executeCommand("waybill.cancelInlineEdit");
    assert.equal(document.getText(), original);
    assert.deepEqual(window.activeTextEditor?.selection, whole);
    await eventually(() => assert.equal(document.isDirty, false));
  });

  it("takes back what arrived when the answer breaks off", async () => {
    const original = CODE.join("\n");
    const document = await openFile("broken.ts", original);
    const editor = await window.showTextDocument(document);
    await answerNext({ kind: "answer", content: "```\nexport function total(lines) {\n\tlet all = 0;\n" });
    void edit(editor);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    assert.equal(document.getText(), original);
    await eventually(() => assert.equal(document.isDirty, false));
  });

  it("saves nothing that waits for the person, and shows it again", async () => {
    const original = CODE.join("\n");
    const document = await openFile("saved.ts", original);
    const editor = await window.showTextDocument(document);
    await answerNext(answer(ANSWER));
    await edit(editor);
    const merged = document.getText();
    await commands.executeCommand("waybill.nextChange");
    await commands.executeCommand("waybill.acceptChange");
    await document.save();
    const onDisk = new TextDecoder().decode(await workspace.fs.readFile(document.uri));
    const accepted = [CODE[0], ANSWER[1], ...CODE.slice(2)].join("\n");
    assert.equal(onDisk, accepted);
    assert.equal(document.getText(), accepted);
    await commands.executeCommand("waybill.showWaitingChanges");
    assert.equal(document.getText().length, merged.length - (CODE[1] ?? "").length - 1);
    await commands.executeCommand("waybill.acceptAllChanges");
    assert.equal(document.getText(), ANSWER.join("\n"));
    await document.save();
  });

  it("moves with what is typed above it, and still ends as it should", async () => {
    const document = await openFile("typed.ts", ["// first", ...CODE].join("\n"));
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(1, 0, CODE.length, 1);
    await answerNext(answer(ANSWER));
    await commands.executeCommand("waybill.inlineEdit", { instruction: "rename sum to all" });
    await editor.edit((builder) => builder.insert(editor.document.positionAt(0), "// typed\n"));
    await commands.executeCommand("waybill.rejectAllChanges");
    assert.equal(document.getText(), ["// typed", "// first", ...CODE].join("\n"));
    await commands.executeCommand("workbench.action.files.revert");
  });

  it("writes at an empty place of an untitled document", async () => {
    const document = await workspace.openTextDocument({ language: "javascript", content: "" });
    const editor = await window.showTextDocument(document);
    await answerNext(answer(["const a = 1;", "", "const b = 2;"]));
    editor.selection = new Selection(0, 0, 0, 0);
    await commands.executeCommand("waybill.inlineEdit", { instruction: "write two constants" });
    await commands.executeCommand("waybill.acceptAllChanges");
    assert.equal(document.getText(), "const a = 1;\n\nconst b = 2;");
    await commands.executeCommand("undo");
    assert.equal(document.getText(), "");
    await commands.executeCommand("workbench.action.closeActiveEditor");
  });

  it("writes below a comment and keeps it", async () => {
    const document = await openFile("comment.ts", "  // add two numbers\n");
    const editor = await window.showTextDocument(document);
    await answerNext(answer(["const add = (a, b) => a + b;"]));
    editor.selection = new Selection(0, 8, 0, 8);
    await commands.executeCommand("waybill.inlineEdit", { instruction: "do it" });
    await commands.executeCommand("waybill.acceptAllChanges");
    assert.equal(document.getText(), "  // add two numbers\n  const add = (a, b) => a + b;\n");
    await commands.executeCommand("workbench.action.files.revert");
  });

  it("edits the cell of a notebook", async () => {
    const cell = new NotebookCellData(NotebookCellKind.Code, CODE.join("\n"), "javascript");
    const notebook = await workspace.openNotebookDocument("jupyter-notebook", new NotebookData([cell]));
    await window.showNotebookDocument(notebook);
    await commands.executeCommand("notebook.cell.edit");
    await eventually(() => assert.equal(window.activeTextEditor?.document.uri.scheme, "vscode-notebook-cell"));
    const editor = window.activeTextEditor;
    assert.ok(editor);
    await answerNext(answer(ANSWER));
    await edit(editor);
    assert.notEqual(editor.document.getText(), CODE.join("\n"));
    await commands.executeCommand("waybill.acceptAllChanges");
    assert.equal(editor.document.getText(), ANSWER.join("\n"));
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("pays for no change of what cannot be written", async () => {
    const provider = workspace.registerTextDocumentContentProvider("shown-only", {
      provideTextDocumentContent: () => `${CODE.join("\n")}\n`,
    });
    try {
      const document = await workspace.openTextDocument(Uri.parse("shown-only:/total.ts"));
      const before = await questionsSent();
      await edit(await window.showTextDocument(document));
      assert.equal(await questionsSent(), before);
      assert.equal(document.getText(), `${CODE.join("\n")}\n`);
    } finally {
      provider.dispose();
    }
  });
});
