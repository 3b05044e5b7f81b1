import assert from "node:assert/strict";
import {
  ConfigurationTarget,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  Selection,
  type TextDocument,
  commands,
  window,
  workspace,
} from "vscode";
import { applyCode } from "../../src/extension/features/chat/codeBlocks/applyCode.ts";
import { COMMANDS } from "../../src/extension/platform/contributions.ts";
import { eventually } from "../setup/eventually.ts";
import { type InlineDesk, withInlineDesk } from "./inlineDesk.ts";
import { openFile } from "./openFile.ts";

const CODE = ["export function total(lines) {", "\tlet sum = 0;", "\tfor (const line of lines) sum += line;", "}", ""];
const NEWS = ["export function total(lines) {", "\tlet all = 0;", "\tfor (const line of lines) all += line;", "}", ""];
const WITHIN_MS = 8_000;

describe("code of an answer, applied in the document", () => {
  let desk: InlineDesk;
  withInlineDesk((opened) => (desk = opened));

  /** Applies the only block of an answer, as the chat does. */
  const apply = (fence: string, code: readonly string[]) => {
    const answer = `\`\`\`${fence}\n${code.join("\n")}\n\`\`\``;
    const inlineEdits = async () => desk.edits;
    return applyCode({ code: code.join("\n"), languageId: "ts" }, { answer, turnId: "turn-1", inlineEdits });
  };
  const run = (command: Parameters<InlineDesk["edits"]["run"]>[0]) => desk.edits.run(command, []);
  const isClean = (document: TextDocument) => eventually(async () => assert.equal(document.isDirty, false), WITHIN_MS);

  for (const [name, eol] of [
    ["applied.ts", "\n"],
    ["applied-crlf.ts", "\r\n"],
  ] as const) {
    it(`shows what it removes and adds, takes a part, and one Undo brings back what was there (${name})`, async () => {
      const original = `\uFEFF${[...CODE, "// below", ""].join(eol)}`;
      const document = await openFile(`in-document/${name}`, original);
      const text = document.getText();
      await apply(`ts in-document/${name}`, [...NEWS, "// below"]);
      assert.equal(window.activeTextEditor?.document, document);
      assert.equal(document.lineCount, CODE.length + 4);
      assert.equal(window.activeTextEditor?.selection.active.line, 1);
      await run(COMMANDS.acceptAllChanges);
      assert.equal(document.getText(), [...NEWS, "// below", ""].join(eol));
      assert.deepEqual(desk.verdicts, ["turn-1 accepted"]);
      await commands.executeCommand("undo");
      assert.equal(document.getText(), text);
      await isClean(document);
      await eventually(async () => assert.deepEqual(desk.verdicts, ["turn-1 accepted", "turn-1 undone"]), WITHIN_MS);
    });
  }

  it("takes one change and leaves another, and counts that as partly accepted", async () => {
    const lines = [...CODE, ...CODE.map((line) => line.replace("total", "sum2"))];
    const document = await openFile("in-document/two.ts", lines.join("\n"));
    const news = lines.map((line, at) => (at === 1 || at === 8 ? `${line} // here` : line));
    await apply("ts in-document/two.ts", news);
    await run(COMMANDS.acceptChange);
    await run(COMMANDS.nextChange);
    await run(COMMANDS.rejectChange);
    assert.equal(document.getText(), lines.with(1, news[1] ?? "").join("\n"));
    assert.deepEqual(desk.verdicts, ["turn-1 partly-accepted"]);
  });

  it("goes to the last active file where it names none; rejected it leaves a clean file and says nothing of the answer", async () => {
    const document = await openFile("in-document/active.ts", CODE.join("\n"));
    const editor = await window.showTextDocument(document);
    const cursor = new Selection(2, 3, 2, 3);
    editor.selection = cursor;
    await apply("ts", NEWS.slice(0, 4));
    assert.notEqual(document.getText(), CODE.join("\n"));
    await run(COMMANDS.rejectAllChanges);
    assert.equal(document.getText(), CODE.join("\n"));
    assert.deepEqual(window.activeTextEditor?.selection, cursor);
    await isClean(document);
    assert.deepEqual(desk.verdicts, []);
  });

  it("is not saved before it is accepted", async () => {
    const document = await openFile("in-document/saved.ts", CODE.join("\n"));
    await apply("ts in-document/saved.ts", NEWS);
    await document.save();
    const onDisk = await workspace.fs.readFile(document.uri);
    assert.equal(new TextDecoder().decode(onDisk), CODE.join("\n"));
    await run(COMMANDS.showWaitingChanges);
    await run(COMMANDS.acceptAllChanges);
    assert.equal(document.getText(), NEWS.join("\n"));
  });

  it("is one step of Undo also after something was typed elsewhere", async () => {
    const document = await openFile("in-document/typed.ts", ["// first", ...CODE].join("\n"));
    await apply("ts in-document/typed.ts", ["// first", ...NEWS]);
    const editor = window.activeTextEditor;
    assert.ok(editor);
    await editor.edit((builder) => builder.insert(document.positionAt(0), "// typed\n"));
    await run(COMMANDS.acceptAllChanges);
    assert.equal(document.getText(), ["// typed", "// first", ...NEWS].join("\n"));
    await commands.executeCommand("undo");
    assert.equal(document.getText(), ["// typed", "// first", ...CODE].join("\n"));
    await eventually(async () => assert.deepEqual(desk.verdicts, ["turn-1 accepted", "turn-1 undone"]), WITHIN_MS);
    await commands.executeCommand("redo");
    assert.equal(document.getText(), ["// typed", "// first", ...NEWS].join("\n"));
  });

  it("asks by name before it is taken where a file decides what runs, or loses a third of its lines", async () => {
    const manifest = await openFile("in-document/package.json", '{\n  "name": "a",\n  "version": "1.0.0"\n}\n');
    const before = manifest.getText();
    const diff =
      '--- a/in-document/package.json\n+++ b/in-document/package.json\n@@\n-  "version": "1.0.0"\n+  "version": "1.0.1"';
    await apply("diff", diff.split("\n"));
    await run(COMMANDS.acceptAllChanges);
    assert.match(desk.told.at(-1) ?? "", /package\.json decides what is installed, built or run/u);
    assert.notEqual(manifest.getText(), before);
    desk.replies.push("Change");
    await run(COMMANDS.acceptAllChanges);
    assert.equal(manifest.getText(), before.replace("1.0.0", "1.0.1"));
    desk.replies.pop();

    const long = Array.from({ length: 40 }, (_, line) => `const value${line} = ${line};`);
    const document = await openFile("in-document/long.ts", long.join("\n"));
    await apply("ts in-document/long.ts", [...long.slice(0, 3), ...long.slice(-3)]);
    await run(COMMANDS.acceptAllChanges);
    assert.match(desk.told.at(-1) ?? "", /would go from 40 to \d+ lines/u);
    await run(COMMANDS.rejectAllChanges);
    assert.equal(document.getText(), long.join("\n"));
  });

  it("points out new addresses", async () => {
    const document = await openFile("in-document/address.ts", CODE.join("\n"));
    await apply("ts in-document/address.ts", CODE.with(1, '\tlet sum = "https://elsewhere.example/x";'));
    assert.match(desk.told.join("\n"), /new addresses: https:\/\/elsewhere\.example/u);
    assert.match(document.getText(), /elsewhere/u);
  });

  it("waits for the changes that wait already, and says so when a file holds the code", async () => {
    const document = await openFile("in-document/busy.ts", CODE.join("\n"));
    await apply("ts in-document/busy.ts", CODE);
    assert.match(desk.told.at(-1) ?? "", /holds this code already/u);
    await apply("ts in-document/busy.ts", NEWS);
    const shown = document.getText();
    await apply("ts in-document/busy.ts", NEWS.with(0, "export function all(lines) {"));
    assert.match(desk.told.at(-1) ?? "", /wait in .*busy\.ts already/u);
    assert.equal(document.getText(), shown);
    await run(COMMANDS.refineInlineEdit);
    assert.match(desk.told.at(-1) ?? "", /Nothing was sent/u);
  });

  it("is shown beside a cell of a notebook and a file that saves by itself", async () => {
    const cell = new NotebookCellData(NotebookCellKind.Code, CODE.join("\n"), "javascript");
    const notebook = await workspace.openNotebookDocument("jupyter-notebook", new NotebookData([cell]));
    await window.showNotebookDocument(notebook);
    await commands.executeCommand("notebook.cell.edit");
    const scheme = () => window.activeTextEditor?.document.uri.scheme;
    await eventually(async () => assert.equal(scheme(), "vscode-notebook-cell"), WITHIN_MS);
    await apply("js", NEWS.slice(0, 4));
    assert.equal(desk.beside.length, 1);
    assert.equal(notebook.cellAt(0).document.getText(), CODE.join("\n"));
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");

    await workspace.getConfiguration("files").update("autoSave", "afterDelay", ConfigurationTarget.Global);
    const document = await openFile("in-document/delayed.ts", CODE.join("\n"));
    await apply("ts in-document/delayed.ts", NEWS);
    await workspace.getConfiguration("files").update("autoSave", "off", ConfigurationTarget.Global);
    assert.deepEqual(desk.beside.slice(1), [document.fileName]);
    assert.equal(document.getText(), CODE.join("\n"));
  });

  it("edits nothing in Restricted Mode, and says why", async () => {
    const document = await openFile("in-document/restricted.ts", CODE.join("\n"));
    await window.showTextDocument(document);
    const real = Object.getOwnPropertyDescriptor(workspace, "isTrusted");
    assert.ok(real);
    Object.defineProperty(workspace, "isTrusted", { configurable: true, get: () => false });
    try {
      await apply("ts in-document/restricted.ts", NEWS);
      await desk.edits.run(COMMANDS.inlineEdit, [{ instruction: "rename sum to all" }]);
    } finally {
      Object.defineProperty(workspace, "isTrusted", real);
    }
    assert.equal(document.getText(), CODE.join("\n"));
    assert.equal(desk.told.filter((sentence) => /in Restricted Mode\. Nothing was/u.test(sentence)).length, 2);
  });

  it("tells after a start what came back with changes that nobody decided on, and takes them back", async () => {
    const document = await openFile("in-document/died.ts", CODE.join("\n"));
    await apply("ts in-document/died.ts", NEWS);
    const shown = document.getText();
    const kept = new Map(desk.state);
    assert.equal(kept.size, 1);
    // The window that died told nobody; the next one finds its text and its notes.
    await run(COMMANDS.cancelInlineEdit);
    assert.equal(desk.state.size, 0);
    const editor = await window.showTextDocument(document);
    await editor.edit((builder) => {
      builder.delete(document.validateRange(new Selection(0, 0, document.lineCount, 0)));
      builder.insert(document.positionAt(0), shown);
    });
    for (const [key, value] of kept) desk.state.set(key, value);
    desk.replies.push("Take the Edit Back");
    await desk.edits.mend();
    assert.match(desk.told.at(-1) ?? "", /closed while changes of .*died\.ts waited/u);
    assert.equal(document.getText(), CODE.join("\n"));
    assert.equal(desk.state.size, 0);
  });
});
