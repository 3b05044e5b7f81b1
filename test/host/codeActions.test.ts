import assert from "node:assert/strict";
import {
  type CodeAction,
  Diagnostic,
  Range,
  Selection,
  type TextDocument,
  Uri,
  commands,
  extensions,
  languages,
  window,
  workspace,
} from "vscode";

const TITLES = ["Explain with Waybill", "Fix with Waybill"];

/** A file of the workspace: untitled documents would ask to be saved when their editor closes. */
async function openFile(name: string, content: string): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, "the host opens a workspace");
  const uri = Uri.joinPath(folder, name);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return workspace.openTextDocument(uri);
}

async function offered(document: TextDocument, range: Range): Promise<readonly CodeAction[]> {
  const actions = await commands.executeCommand<CodeAction[]>("vscode.executeCodeActionProvider", document.uri, range);
  return actions.filter(({ title }) => TITLES.includes(title));
}

describe("code actions in the editor", () => {
  before(() => extensions.getExtension("waybill.waybill")?.activate());

  for (const name of ["one.py", "two.md", "three.txt", "four.css"]) {
    it(`are offered on a selection and not where nothing is selected (${name})`, async () => {
      const document = await openFile(name, "one\ntwo\n");
      const titles = (await offered(document, new Range(0, 0, 1, 0))).map(({ title }) => title).toSorted();
      assert.deepEqual(titles, TITLES);
      assert.deepEqual(await offered(document, new Range(0, 1, 0, 1)), []);
    });
  }

  it("are offered on a problem under the cursor, by commands that carry no arguments", async () => {
    const document = await openFile("problem.txt", "something wrong here");
    const collection = languages.createDiagnosticCollection("test");
    try {
      collection.set(document.uri, [new Diagnostic(new Range(0, 10, 0, 15), "this is wrong")]);
      const actions = await offered(document, new Range(0, 12, 0, 12));
      assert.equal(actions.length, 2);
      for (const { command } of actions) assert.deepEqual(command?.arguments ?? [], []);
    } finally {
      collection.dispose();
    }
  });

  it("leave a file alone where nothing is selected", async () => {
    const document = await openFile("alone.txt", "text");
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(0, 0, 0, 0);
    void commands.executeCommand("waybill.fix");
    void commands.executeCommand("waybill.explain");
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(document.getText(), "text");
    assert.equal(document.isDirty, false);
  });
});
