import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Disposable,
  Location,
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
import { EditorSelection } from "../../../src/extension/features/chat/mentions/editorSelection.ts";
import { MentionSource, folderItem } from "../../../src/extension/features/chat/mentions/mentionSource.ts";
import { nearbyBase } from "../../../src/extension/features/chat/mentions/nearbySymbols.ts";
import { COMMANDS } from "../../../src/extension/platform/contributions.ts";
import { CANARY, type KeptFile, OPEN, writeKeptFiles } from "../../setup/keptFiles.ts";
import { lastAsked, until } from "../hostSteps.ts";
import { openInlineDesk } from "../inlineDesk.ts";

const FOLDER = "promise17";

/** Everything that asks about the code in the editor. */
const ASKING = [
  COMMANDS.explain,
  COMMANDS.fix,
  COMMANDS.fixAll,
  COMMANDS.refactor,
  COMMANDS.writeTests,
  COMMANDS.document,
  COMMANDS.simplify,
  COMMANDS.addTypes,
  COMMANDS.reviewSelection,
  COMMANDS.inlineEdit,
] as const;

/** One of each kind; the unit test takes them all. */
const TRIED = [".env", "rules/1/kept.ts", "notes/plan.ts", "links/out.ts"];

function inFolder(path: string): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, "the host opens a workspace");
  return Uri.joinPath(folder, FOLDER, path);
}

/** Everything that the gateway has ever been asked. */
async function allAsked(): Promise<string> {
  const origin = new URL(process.env["WAYBILL_SIMULATOR_BASE_URL"] ?? "").origin;
  return (await fetch(`${origin}/__simulator/requests`)).text();
}

/** A command waits until what it says is dismissed. */
async function runAll(ids: readonly string[]): Promise<void> {
  let isDone = false;
  const running = Promise.all(ids.map((id) => commands.executeCommand(id, { instruction: "say it" })));
  const ended = running.finally(() => (isDone = true));
  await until(async () => {
    await commands.executeCommand("notifications.clearAll");
    return isDone;
  });
  await ended;
}

async function selectAll(document: TextDocument): Promise<void> {
  const editor = await window.showTextDocument(document);
  const last = document.lineCount - 1;
  editor.selection = new Selection(0, 0, last, document.lineAt(last).text.length);
}

describe("promise 17, in the editor: ignored and secret files never leave", () => {
  let kept: readonly KeptFile[];
  let outside: string;
  const disposables: Disposable[] = [];
  before(async () => {
    await extensions.getExtension("waybill.waybill")?.activate();
    outside = mkdtempSync(join(tmpdir(), "waybill-promise17-"));
    kept = writeKeptFiles(inFolder("").fsPath, outside);
    // The editor would take it for a repository.
    rmSync(inFolder(".git").fsPath, { recursive: true });
  });
  afterEach(() => disposables.splice(0).forEach((each) => each.dispose()));
  after(async () => {
    await commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(inFolder("").fsPath, { recursive: true });
    rmSync(outside, { recursive: true });
  });

  it("holds for every command about the code in the editor, called by its id", async function () {
    this.timeout(60_000);
    const before = (await allAsked()).split("/chat/completions").length;
    for (const path of TRIED) {
      await selectAll(await workspace.openTextDocument(inFolder(path)));
      await runAll(ASKING);
    }
    const unsaved = [
      await workspace.openTextDocument({ content: `KEY=${CANARY}`, language: "properties" }),
      await workspace.openTextDocument(inFolder("notes/unsaved.ts").with({ scheme: "untitled" })),
    ];
    for (const document of unsaved) {
      const editor = await window.showTextDocument(document);
      await editor.edit((edit) => edit.insert(document.positionAt(0), `KEY=${CANARY}\n`));
      await selectAll(document);
      await runAll(ASKING);
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
    const all = await allAsked();
    assert.equal(all.split("/chat/completions").length, before, "nothing was asked");
    assert.doesNotMatch(all, new RegExp(CANARY));
  });

  it("lets what nothing keeps go, with what it uses, and without what it uses that is kept", async () => {
    const document = await workspace.openTextDocument(inFolder("src/free.ts"));
    disposables.push(
      languages.registerDefinitionProvider(
        { pattern: `**/${FOLDER}/**` },
        {
          provideDefinition: () =>
            ["rules/0/free.ts", "notes/plan.ts", ".env", "links/out.ts"].map(
              (path) => new Location(inFolder(path), new Range(0, 0, 2, 1)),
            ),
        },
      ),
    );
    await selectAll(document);
    void commands.executeCommand(COMMANDS.explain);
    await until(async () => (await lastAsked()).includes(OPEN));
    assert.doesNotMatch(await allAsked(), new RegExp(CANARY));
    await commands.executeCommand(COMMANDS.stopAnswer);
  });

  it("says which rule it was, and that nothing was sent or paid, and opens a file of rules", async () => {
    const desk = openInlineDesk();
    try {
      for (const path of TRIED) {
        const { reason } = kept.find((each) => each.path === path) ?? assert.fail(path);
        await selectAll(await workspace.openTextDocument(inFolder(path)));
        await desk.edits.run(COMMANDS.inlineEdit, [{ instruction: "say it" }]);
        const told = desk.told.at(-1) ?? "";
        assert.match(told, reason);
        assert.match(told, /^promise17\/.*Nothing was sent, and nothing was paid\.$/);
        assert.ok(told.includes(path));
      }
      desk.replies.push(`Open ${FOLDER}/.cursorignore`);
      await selectAll(await workspace.openTextDocument(inFolder("notes/plan.ts")));
      await desk.edits.run(COMMANDS.inlineEdit, [{ instruction: "say it" }]);
      await until(() => window.activeTextEditor?.document.uri.path.endsWith(".cursorignore") === true);
      assert.equal(desk.turns.asked, 0);
    } finally {
      desk.dispose();
    }
  });

  it("holds for the selection beside a question, for mentions and for what is nearby", async () => {
    const selection = new EditorSelection(() => undefined);
    for (const path of TRIED) {
      const document = await workspace.openTextDocument(inFolder(path));
      await selectAll(document);
      await selection.settle();
      assert.equal(selection.code()?.text, "", path);
      assert.match(selection.code()?.note ?? "", kept.find((each) => each.path === path)?.reason ?? /^$/);
      const editor = window.activeTextEditor ?? assert.fail("an editor is open");
      assert.equal(await nearbyBase(editor), undefined, path);
      const source = new MentionSource();
      for (const { id, label } of await source.complete(path.slice(path.lastIndexOf("/") + 1))) {
        if (id === "diff:") continue;
        assert.doesNotMatch(JSON.stringify((await source.read(id)) ?? ""), new RegExp(CANARY), label);
      }
    }
    const folder = JSON.stringify(await folderItem(inFolder("")));
    assert.match(folder, new RegExp(OPEN));
    assert.doesNotMatch(folder, new RegExp(CANARY));
  });
});
