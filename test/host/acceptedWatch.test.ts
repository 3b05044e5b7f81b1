import assert from "node:assert/strict";
import {
  ConfigurationTarget,
  Position,
  Range,
  type TextDocument,
  TextEdit,
  Uri,
  WorkspaceEdit,
  commands,
  extensions,
  languages,
  window,
  workspace,
} from "vscode";
import { acceptNewFile } from "../../src/extension/features/codeActions/acceptNewFile.ts";
import { AcceptedWatch } from "../../src/extension/features/edits/acceptedWatch.ts";
import { writeText } from "../../src/extension/features/edits/writeText.ts";

const BEFORE = "const one = 1;\nconst two = 2;\nconst five = 5;\n";
const AFTER = "const one = 1;\nconst zwei = 2;\nconst drei = 3;\nconst vier = 4;\nconst five = 5;\n";
const OPEN_EDITS = "waybill.inlineEdit.open";
const PATIENCE_MS = 8_000;

function at(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, "the host opens a workspace");
  return Uri.joinPath(folder, "watched", name);
}

async function write(name: string, text: string): Promise<TextDocument> {
  await workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
  return workspace.openTextDocument(at(name));
}

async function eventually(check: () => void | Promise<void>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("an edit that was accepted in the editor", () => {
  let told: string[];
  let open: Record<string, string> | undefined;
  let watch: AcceptedWatch;

  before(async () => {
    await extensions.getExtension("waybill.waybill")?.activate();
    await workspace.getConfiguration("files").update("autoSave", "off", ConfigurationTarget.Global);
  });
  beforeEach(() => {
    told = [];
    open = undefined;
    watch = new AcceptedWatch({
      verdict: ({ turnId, kind, lines }) => told.push(`${turnId} ${kind} ${lines?.accepted}/${lines?.proposed}`),
      edited: (turnId, lines) => told.push(`${turnId} edited ${lines}`),
      state: { get: (key: string) => (key === OPEN_EDITS ? open : undefined) },
    });
  });
  afterEach(async () => {
    watch.dispose();
    await commands.executeCommand("workbench.action.files.revert");
    await commands.executeCommand("workbench.action.closeAllEditors");
  });
  after(async () => {
    await workspace.fs.delete(at(""), { recursive: true });
    await workspace.getConfiguration("files").update("autoSave", undefined, ConfigurationTarget.Global);
  });

  /** A line of a file is changed, as a diff does it. */
  async function accept(name: string): Promise<TextDocument> {
    const document = await write(name, BEFORE);
    await window.showTextDocument(document);
    assert.ok(await writeText(document, AFTER));
    const files = [{ document: document.uri.toString(), textBefore: BEFORE, textAfter: document.getText() }];
    watch.watch({ turnId: "fix", kind: "accepted", lines: { accepted: 4, proposed: 4 }, files });
    return document;
  }

  /** As one change of the document. */
  async function type(document: TextDocument, ...places: readonly (readonly [Position, string])[]): Promise<void> {
    const editor = await window.showTextDocument(document);
    const typed = editor.edit((edit) => {
      for (const [place, text] of places) edit.insert(place, text);
    });
    assert.ok(await typed);
  }

  it("is edited afterwards when the person changes its lines, and not by what they write beside them", async () => {
    const document = await accept("edited.ts");
    await type(document, [new Position(0, 0), "// head\n"]);
    await type(document, [new Position(5, 5), "!"]);
    await type(document, [new Position(2, 0), "  "]);
    await type(document, [new Position(3, 8), "x"], [new Position(4, 8), "y"]);
    await type(document, [new Position(3, 9), "z"]);
    await eventually(() => assert.deepEqual(told, ["fix edited 2"]));
  });

  it("is undone by Undo, and accepted again by Redo", async () => {
    const document = await accept("undone.ts");
    await commands.executeCommand("undo");
    assert.equal(document.getText(), BEFORE);
    await eventually(() => assert.deepEqual(told, ["fix undone 0/4"]));
    await commands.executeCommand("redo");
    await eventually(() => assert.deepEqual(told, ["fix undone 0/4", "fix accepted 4/4"]));
  });

  it("is not edited by what a save formats, or while an inline edit waits in the document", async () => {
    const formatter = languages.registerDocumentFormattingEditProvider(
      { language: "plaintext" },
      { provideDocumentFormattingEdits: () => [TextEdit.replace(new Range(1, 0, 1, 5), "let")] },
    );
    const editing = workspace.getConfiguration("editor", { languageId: "plaintext" });
    await editing.update("formatOnSave", true, ConfigurationTarget.Global, true);
    try {
      const document = await accept("formatted.txt");
      await document.save();
      assert.equal(document.lineAt(1).text, "let zwei = 2;", "the formatter has run");
      open = { [document.uri.toString()]: BEFORE };
      await type(document, [new Position(1, 0), "// "]);
      open = undefined;
      await type(document, [new Position(2, 0), "// "], [new Position(3, 0), "// "]);
      await eventually(() => assert.deepEqual(told, ["fix edited 2"]));
    } finally {
      formatter.dispose();
      await editing.update("formatOnSave", undefined, ConfigurationTarget.Global, true);
    }
  });

  it("that made a file is undone when the file is emptied, deleted, or its making undone", async () => {
    for (const way of ["empty", "delete", "undo"] as const) {
      told.length = 0;
      const uri = at(`${way}.test.ts`);
      assert.ok(await acceptNewFile(uri, "one();\ntwo();\n"));
      const document = await workspace.openTextDocument(uri);
      const editor = await window.showTextDocument(document);
      const files = [{ document: uri.toString(), textBefore: undefined, textAfter: document.getText() }];
      watch.watch({ turnId: way, kind: "accepted", lines: { accepted: 2, proposed: 2 }, files });
      if (way === "empty") await editor.edit((edit) => edit.delete(new Range(0, 0, 2, 0)));
      else if (way === "undo") await commands.executeCommand("undo");
      else {
        const edit = new WorkspaceEdit();
        edit.deleteFile(uri);
        assert.ok(await workspace.applyEdit(edit));
      }
      await eventually(() => assert.deepEqual(told, [`${way} undone 0/2`]));
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
  });

  it("of several files is undone with all of them", async () => {
    const before = { a: "a\nrest\n", b: "b\nrest\n" };
    const [one, other] = [await write("a.txt", before.a), await write("b.txt", before.b)];
    const edit = new WorkspaceEdit();
    for (const { uri } of [one, other]) edit.replace(uri, new Range(0, 0, 0, 1), "new");
    edit.createFile(at("c.txt"), { contents: new TextEncoder().encode("c\n") });
    assert.ok(await workspace.applyEdit(edit));
    const files = [
      { document: one.uri.toString(), textBefore: before.a, textAfter: one.getText() },
      { document: other.uri.toString(), textBefore: before.b, textAfter: other.getText() },
      { document: at("c.txt").toString(), textBefore: undefined, textAfter: "c\n" },
    ];
    watch.watch({ turnId: "set", kind: "accepted", lines: { accepted: 5, proposed: 5 }, files });
    await window.showTextDocument(one);
    await commands.executeCommand("undo");
    assert.deepEqual([one.getText(), other.getText()], [before.a, before.b]);
    await eventually(() => assert.equal(told.at(-1), "set undone 0/5"));
  });
});
