import assert from "node:assert/strict";
import {
  type CodeAction,
  Diagnostic,
  Range,
  Selection,
  commands,
  extensions,
  languages,
  window,
  workspace,
} from "vscode";

const TITLES = ["Explain with Waybill", "Fix with Waybill"];

async function offered(language: string, content: string, range: Range): Promise<readonly string[]> {
  const document = await workspace.openTextDocument({ language, content });
  await window.showTextDocument(document);
  const actions = await commands.executeCommand<CodeAction[]>("vscode.executeCodeActionProvider", document.uri, range);
  return actions
    .map(({ title }) => title)
    .filter((title) => TITLES.includes(title))
    .toSorted();
}

describe("code actions in the editor", () => {
  before(() => extensions.getExtension("waybill.waybill")?.activate());
  after(() => commands.executeCommand("workbench.action.closeAllEditors"));

  it("are offered on a selection in any language, and not where nothing is selected", async () => {
    for (const language of ["typescript", "python", "markdown", "plaintext"]) {
      assert.deepEqual(await offered(language, "one\ntwo\n", new Range(0, 0, 1, 0)), TITLES, language);
      assert.deepEqual(await offered(language, "one\ntwo\n", new Range(0, 1, 0, 1)), [], language);
    }
  });

  it("are offered on a problem under the cursor", async () => {
    const document = await workspace.openTextDocument({ language: "plaintext", content: "something wrong here" });
    const collection = languages.createDiagnosticCollection("test");
    try {
      collection.set(document.uri, [new Diagnostic(new Range(0, 10, 0, 15), "this is wrong")]);
      const actions = await commands.executeCommand<CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        new Range(0, 12, 0, 12),
      );
      const ours = actions.filter(({ title }) => TITLES.includes(title));
      assert.equal(ours.length, 2);
      for (const { command } of ours) assert.deepEqual(command?.arguments ?? [], []);
    } finally {
      collection.dispose();
    }
  });

  it("do nothing, and throw nothing, without a selection or an editor", async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    void commands.executeCommand("waybill.fix");
    const document = await workspace.openTextDocument({ language: "plaintext", content: "text" });
    const editor = await window.showTextDocument(document);
    editor.selection = new Selection(0, 0, 0, 0);
    void commands.executeCommand("waybill.explain");
    assert.equal(document.getText(), "text");
  });
});
