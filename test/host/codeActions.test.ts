import assert from "node:assert/strict";
import {
  type CodeAction,
  CodeActionTriggerKind,
  CancellationTokenSource,
  Diagnostic,
  DiagnosticSeverity,
  DocumentSymbol,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  Range,
  Selection,
  SymbolKind,
  type TextDocument,
  Uri,
  commands,
  extensions,
  languages,
  window,
  workspace,
} from "vscode";
import { acceptNewFile } from "../../src/extension/features/codeActions/acceptNewFile.ts";
import { codeActionProvider } from "../../src/extension/features/codeActions/codeActionProvider.ts";
import { selectionOrSymbol } from "../../src/extension/features/codeActions/symbolTarget.ts";

const EXPLAIN = "Explain with Waybill";
const FIX = "Fix with Waybill";
const REFACTOR = "Refactor with Waybill…";
const TESTS = "Write Tests with Waybill";
const DOCUMENT = "Document with Waybill";
const SIMPLIFY = "Simplify with Waybill";
const TYPES = "Add Types with Waybill";
const REVIEW = "Review Selection with Waybill";
const FIX_ALL = "Fix All Problems of the File with Waybill";

const PROSE = [EXPLAIN, FIX, REFACTOR, REVIEW, SIMPLIFY];
const CODE = [...PROSE, DOCUMENT, TESTS, TYPES];

/** Of the extension for notebooks that VS Code brings along. */
const CELLS = "jupyter-notebook";

function inFolder(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, "the host opens a workspace");
  return Uri.joinPath(folder, name);
}

async function openFile(name: string, content: string): Promise<TextDocument> {
  const uri = inFolder(name);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return workspace.openTextDocument(uri);
}

async function offered(document: TextDocument, range: Range): Promise<readonly CodeAction[]> {
  const actions = await commands.executeCommand<CodeAction[]>("vscode.executeCodeActionProvider", document.uri, range);
  return actions.filter(({ title }) => title.includes("Waybill"));
}

async function titles(document: TextDocument, range: Range): Promise<readonly string[]> {
  return (await offered(document, range)).map(({ title }) => title).toSorted();
}

/** What is computed while the cursor moves. */
function automatic(document: TextDocument, range: Range, diagnostics: Diagnostic[]): readonly unknown[] {
  const context = { diagnostics, triggerKind: CodeActionTriggerKind.Automatic, only: undefined };
  const { token } = new CancellationTokenSource();
  const actions = codeActionProvider.provideCodeActions(document, range, context, token);
  assert.ok(Array.isArray(actions), "they are there at once");
  return actions;
}

/** Of a notebook that is shown: the editor knows no other cells. */
async function notebookCell(languageId: string, text: string): Promise<TextDocument> {
  const data = new NotebookData([new NotebookCellData(NotebookCellKind.Code, text, languageId)]);
  const notebook = await workspace.openNotebookDocument(CELLS, data);
  await window.showNotebookDocument(notebook);
  await commands.executeCommand("notebook.cell.edit");
  const { document } = notebook.cellAt(0);
  for (let tries = 0; window.activeTextEditor?.document !== document; tries += 1) {
    assert.ok(tries < 50, "the cell is edited");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return document;
}

describe("code actions in the editor", () => {
  before(async () => {
    await extensions.getExtension("waybill.waybill")?.activate();
  });

  const documents: Readonly<Record<string, readonly [open: () => Promise<TextDocument>, actions: readonly string[]]>> =
    {
      "a TypeScript file": [() => openFile("one.ts", "const one = 1;\nconst two = 2;\n"), CODE],
      "a Python file": [() => openFile("one.py", "one = 1\ntwo = 2\n"), CODE],
      "a Markdown file": [() => openFile("two.md", "one\ntwo\n"), PROSE],
      "a JSON file": [() => openFile("four.json", '{\n"a": 1}\n'), [EXPLAIN, FIX, REFACTOR, REVIEW]],
      "a test": [() => openFile("one.test.ts", "const one = 1;\n\n"), CODE.filter((title) => title !== TESTS)],
      "an untitled document": [
        async () => workspace.openTextDocument({ content: "one = 1\ntwo", language: "python" }),
        CODE,
      ],
      "a cell of a notebook": [() => notebookCell("python", "one = 1\ntwo"), CODE.filter((title) => title !== TESTS)],
    };
  for (const [name, [open, actions]] of Object.entries(documents)) {
    it(`are offered on a selection in ${name}, as far as they make sense there`, async () => {
      const document = await open();
      assert.deepEqual(await titles(document, new Range(0, 0, 1, 0)), [...actions].toSorted());
    });
  }

  it("are offered at the cursor when asked for, and make no light bulb by themselves", async () => {
    const document = await openFile("quiet.ts", "const one = 1;\n");
    const place = new Range(0, 3, 0, 3);
    assert.deepEqual(await titles(document, place), [DOCUMENT, REFACTOR, SIMPLIFY, TESTS, TYPES].toSorted());
    assert.deepEqual(automatic(document, place, []), []);
  });

  it("are offered on a problem under the cursor, by commands that carry no arguments", async () => {
    const document = await openFile("problem.txt", "something wrong here\nand there");
    const collection = languages.createDiagnosticCollection("test");
    try {
      const here = new Diagnostic(new Range(0, 10, 0, 15), "this is wrong");
      collection.set(document.uri, [here]);
      const place = new Range(0, 12, 0, 12);
      assert.deepEqual(await titles(document, place), [EXPLAIN, FIX, REFACTOR, SIMPLIFY].toSorted());
      assert.equal(automatic(document, place, [here]).length, 2);
      collection.set(document.uri, [
        here,
        new Diagnostic(new Range(1, 0, 1, 3), "so is this", DiagnosticSeverity.Warning),
      ]);
      const actions = await offered(document, place);
      assert.ok(actions.some(({ title }) => title === FIX_ALL));
      for (const { command } of actions) assert.deepEqual(command?.arguments ?? [], []);
    } finally {
      collection.dispose();
    }
  });

  it("take what is defined around the cursor, with the comment above it, where nothing is selected", async () => {
    const text =
      "import os\n\n# Adds.\n@cached\ndef add(a, b):\n    return a + b\n\nclass Cart:\n    def total(self):\n        return 1\n";
    const document = await openFile("defined.py", text);
    const symbol = (
      name: string,
      kind: SymbolKind,
      [first, last]: readonly [number, number],
      children: DocumentSymbol[] = [],
    ) => {
      const range = new Range(first, 0, last, document.lineAt(last).text.length);
      const made = new DocumentSymbol(name, "", kind, range, range);
      made.children = children;
      return made;
    };
    const symbols = [
      symbol("add", SymbolKind.Function, [4, 5], [symbol("a", SymbolKind.Variable, [4, 4])]),
      symbol("Cart", SymbolKind.Class, [7, 9], [symbol("total", SymbolKind.Method, [8, 9])]),
    ];
    const provider = languages.registerDocumentSymbolProvider(
      { language: "python" },
      { provideDocumentSymbols: () => symbols },
    );
    try {
      const editor = await window.showTextDocument(document);
      const textAt = async (line: number) => {
        editor.selection = new Selection(line, 2, line, 2);
        return (await selectionOrSymbol(editor))?.context.text;
      };
      assert.equal(await textAt(5), "# Adds.\n@cached\ndef add(a, b):\n    return a + b");
      assert.equal(await textAt(4), "# Adds.\n@cached\ndef add(a, b):\n    return a + b");
      assert.equal(await textAt(9), "    def total(self):\n        return 1");
      assert.match((await textAt(7)) ?? "", /^class Cart:\n.*\n.*return 1$/s);
      assert.equal(await textAt(0), undefined);
    } finally {
      provider.dispose();
    }
  });

  it("leave a file alone where nothing is selected", async () => {
    const document = await openFile("alone.txt", "text");
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(0, 0, 0, 0);
    for (const command of ["fix", "explain", "fixAll", "reviewSelection", "writeTests", "addTypes"]) {
      void commands.executeCommand(`waybill.${command}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(document.getText(), "text");
    assert.equal(document.isDirty, false);
  });

  it("make a file that one Undo takes away, and never one in the place of another", async () => {
    const uri = inFolder("made/new.test.ts");
    assert.equal(await acceptNewFile(uri, "one();\n"), true);
    assert.equal(new TextDecoder().decode(await workspace.fs.readFile(uri)), "one();\n");
    assert.equal(await acceptNewFile(uri, "two();\n"), false);
    assert.equal((await workspace.openTextDocument(uri)).getText(), "one();\n");
  });

  after(async () => {
    // What was never saved would ask for it.
    for (const notebook of workspace.notebookDocuments.filter(({ isUntitled }) => isUntitled)) {
      await window.showNotebookDocument(notebook);
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    for (const document of workspace.textDocuments.filter(({ uri }) => uri.scheme === "untitled")) {
      await window.showTextDocument(document);
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    await commands.executeCommand("workbench.action.closeAllEditors");
    for (const name of [
      "one.ts",
      "one.py",
      "two.md",
      "four.json",
      "one.test.ts",
      "quiet.ts",
      "problem.txt",
      "defined.py",
      "alone.txt",
      "made",
    ]) {
      await workspace.fs.delete(inFolder(name), { recursive: true });
    }
  });
});
