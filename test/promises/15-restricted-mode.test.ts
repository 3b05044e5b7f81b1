import assert from "node:assert/strict";
import { join } from "node:path";
import type { WebviewView } from "vscode";
import type { ToChatView } from "../../src/protocol/chatMessages.ts";
import { COMMANDS, type CommandId } from "../../src/extension/platform/contributions.ts";
import type { InlineCommand } from "../../src/extension/features/inlineEdit/inlineCommands.ts";
import { openChatStore } from "../../src/store/chatStore.ts";
import { servicesWith } from "../extension/chatServices.ts";
import { type EditorStage, openEditorStage } from "../extension/editorStage.ts";
import { eventually } from "../setup/eventually.ts";
import { CANARY, FREE_FILES, OPEN, writeKeptFiles } from "../setup/keptFiles.ts";

/** What each command has to do with the texts of a workspace. `tried` below; the others with the reason why they need no trust. */
const TRUST: Readonly<Record<CommandId, string>> = {
  [COMMANDS.explain]: "tried",
  [COMMANDS.fix]: "tried",
  [COMMANDS.fixAll]: "tried",
  [COMMANDS.refactor]: "tried",
  [COMMANDS.writeTests]: "tried",
  [COMMANDS.document]: "tried",
  [COMMANDS.simplify]: "tried",
  [COMMANDS.addTypes]: "tried",
  [COMMANDS.reviewSelection]: "tried",
  [COMMANDS.inlineEdit]: "tried",
  [COMMANDS.writeCommitMessage]: "tried",
  [COMMANDS.reviewStaged]: "tried",
  [COMMANDS.explainTerminalError]: "tried",
  [COMMANDS.suggestCommand]: "tried",
  [COMMANDS.compareModels]: "asks in the chat, whose history is tried",
  [COMMANDS.whatWouldYouPick]: "sends nothing, and is told nothing by selectionContext",
  [COMMANDS.acceptProposal]: "writes behind writeGate, of what was asked with trust",
  [COMMANDS.applyFinding]: "writes behind writeGate, of what was asked with trust",
  [COMMANDS.acceptChange]: "only of an edit that was asked for with trust",
  [COMMANDS.rejectChange]: "only of an edit that was asked for with trust",
  [COMMANDS.acceptAllChanges]: "only of an edit that was asked for with trust",
  [COMMANDS.rejectAllChanges]: "only of an edit that was asked for with trust",
  [COMMANDS.nextChange]: "only of an edit that was asked for with trust",
  [COMMANDS.previousChange]: "only of an edit that was asked for with trust",
  [COMMANDS.cancelInlineEdit]: "only of an edit that was asked for with trust",
  [COMMANDS.refineInlineEdit]: "only of an edit that was asked for with trust",
  [COMMANDS.strongerInlineEdit]: "only of an edit that was asked for with trust",
  [COMMANDS.otherModelInlineEdit]: "only of an edit that was asked for with trust",
  [COMMANDS.showWaitingChanges]: "only of an edit that was asked for with trust",
  [COMMANDS.dropProposal]: "throws away what was asked for",
  [COMMANDS.dismissFinding]: "throws away what was asked for",
  [COMMANDS.dismissAllFindings]: "throws away what was asked for",
  [COMMANDS.stopCommitMessage]: "stops what was asked for",
  [COMMANDS.stopAnswer]: "stops what was asked for",
  [COMMANDS.openChat]: "shows",
  [COMMANDS.newChat]: "shows",
  [COMMANDS.openChatInEditor]: "shows",
  [COMMANDS.showChatInSideBar]: "shows",
  [COMMANDS.showChats]: "shows chats that are kept here",
  [COMMANDS.exportChat]: "writes a kept chat where the person says",
  [COMMANDS.importChat]: "reads a chat that the person picks in a dialogue",
  [COMMANDS.enterKey]: "of the key",
  [COMMANDS.manageKeys]: "of the key",
  [COMMANDS.showKeyLimits]: "of the key",
  [COMMANDS.signIn]: "of the key",
  [COMMANDS.reviewGateway]: "of the gateway",
  [COMMANDS.findLocalServers]: "asks servers of this machine without a text",
  [COMMANDS.testConnection]: "asks the gateway without a text",
  [COMMANDS.browseModels]: "asks the gateway without a text",
  [COMMANDS.reconcile]: "asks the gateway without a text",
  [COMMANDS.setWorkspacePrivacy]: "of the person's own settings",
  [COMMANDS.showOutbox]: "of what was sent",
  [COMMANDS.showFolderChanges]: "shows what the folder brings and sends nothing, which is what it is for before trust",
  [COMMANDS.showRecords]: "of what was paid",
  [COMMANDS.showSpend]: "of what was paid",
  [COMMANDS.startNewLedger]: "of what was paid",
  [COMMANDS.setWorkspaceBudget]: "of what may be paid",
  [COMMANDS.correctTask]: "of a question that was asked",
  [COMMANDS.showRouting]: "of the person's rules",
  [COMMANDS.showMenu]: "shows",
  [COMMANDS.showLog]: "shows",
  [COMMANDS.copyDiagnostics]: "of this window, without a text",
};

describe("promise 15: in Restricted Mode no text of the workspace is read or sent", function () {
  this.timeout(20_000);
  let editor: EditorStage;
  before(() => {
    editor = openEditorStage();
    writeKeptFiles(editor.project, join(editor.root, "elsewhere"));
    editor.change("workspace", { isTrusted: false });
    const selection = { isEmpty: false, start: { line: 0, character: 0 }, end: { line: 2, character: 1 } };
    const refuse = () => assert.fail("the text was read");
    const uri = { scheme: "file", path: join(editor.project, "src/free.ts"), fsPath: "" };
    const document = { uri, languageId: "typescript", version: 1, getText: refuse, lineAt: refuse };
    editor.change("window", { activeTextEditor: { document, selection } });
    editor.change("extensions", { getExtension: () => assert.fail("Git was asked") });
  });
  after(() => editor.remove());
  beforeEach(() => (editor.effects.length = 0));

  const readBack = () => editor.effects.filter(({ kind }) => kind === "read");

  it("has a word on every command", () => {
    assert.deepEqual(Object.keys(TRUST).toSorted(), Object.values(COMMANDS).toSorted());
  });

  it("holds for every command that would ask about a text", async () => {
    const told: string[] = [];
    const tell = async (sentence: string) => void told.push(sentence);
    editor.change("window", { showInformationMessage: tell });
    const { runEditorAction } = await import("../../src/extension/features/codeActions/runEditorAction.ts");
    const { CommitMessages } = await import("../../src/extension/features/commitMessage/commitMessages.ts");
    const { StagedReview } = await import("../../src/extension/features/stagedReview/stagedReview.ts");
    const { InlineEdits } = await import("../../src/extension/features/inlineEdit/inlineEdits.ts");
    const { explainTerminalError } = await import("../../src/extension/features/terminal/explainTerminalError.ts");
    const { suggestCommand } = await import("../../src/extension/features/terminal/suggestCommand.ts");
    const refuse = () => assert.fail("something was asked");
    const listen = () => ({ dispose: () => undefined });
    const services = {
      ...{ engine: { get: refuse }, proposals: refuse, settings: refuse, keys: refuse },
      ...{ disposables: { add: (each: unknown) => each }, context: { workspaceState: { get: () => undefined } } },
    } as never;
    const panel = { get: refuse } as never;
    editor.change("workspace", {
      ...{ onDidChangeTextDocument: listen, onWillSaveTextDocument: listen },
      ...{ onWillRenameFiles: listen, onDidOpenTextDocument: listen },
    });
    editor.change("languages", { onDidChangeDiagnostics: listen, registerCodeLensProvider: listen });
    editor.change("window", { createTextEditorDecorationType: listen, onDidChangeVisibleTextEditors: listen });
    const action = (name: Parameters<typeof runEditorAction>[1]) => () => runEditorAction({ services, panel }, name);
    const inline = (command: InlineCommand) => async () =>
      new InlineEdits(services).run(command, [{ instruction: "say it" }]);
    const tried: Readonly<Partial<Record<CommandId, () => Promise<void>>>> = {
      [COMMANDS.explain]: action("explain"),
      [COMMANDS.fix]: action("fix"),
      [COMMANDS.fixAll]: action("fix-all"),
      [COMMANDS.refactor]: action("refactor"),
      [COMMANDS.writeTests]: action("tests"),
      [COMMANDS.document]: action("document"),
      [COMMANDS.simplify]: action("simplify"),
      [COMMANDS.addTypes]: action("types"),
      [COMMANDS.reviewSelection]: action("review"),
      [COMMANDS.inlineEdit]: inline(COMMANDS.inlineEdit),
      [COMMANDS.writeCommitMessage]: () => new CommitMessages(services).write({ rootUri: editor.project }),
      [COMMANDS.reviewStaged]: () => new StagedReview(services, {} as never).review({ rootUri: editor.project }),
      [COMMANDS.explainTerminalError]: () => explainTerminalError({ last: refuse } as never, panel),
      [COMMANDS.suggestCommand]: () => suggestCommand(services),
    };
    const wanted = Object.entries(TRUST).flatMap(([id, what]) => (what === "tried" ? [id] : []));
    assert.deepEqual(Object.keys(tried).toSorted(), wanted.toSorted());
    for (const [id, run] of Object.entries(tried)) {
      told.length = 0;
      await run();
      assert.equal(told.length, 1, `${id} says so once`);
      assert.match(told[0] ?? "", /Restricted Mode/, id);
    }
    assert.deepEqual(readBack(), []);
  });

  it("holds for everything that a question could take along", async () => {
    const { fileItem } = await import("../../src/extension/features/chat/mentions/fileItem.ts");
    const { filesItem } = await import("../../src/extension/features/chat/mentions/filesItem.ts");
    const { folderItem, MentionSource } = await import("../../src/extension/features/chat/mentions/mentionSource.ts");
    const { readInstructions } = await import("../../src/extension/features/chat/mentions/instructions.ts");
    const { problemsItem } = await import("../../src/extension/features/chat/mentions/problemsItem.ts");
    const { nearbyBase } = await import("../../src/extension/features/chat/mentions/nearbySymbols.ts");
    const { EditorSelection } = await import("../../src/extension/features/chat/mentions/editorSelection.ts");
    const { Uri, window } = await import("vscode");
    const uris = FREE_FILES.map((path) => Uri.file(join(editor.project, path)));
    const selection = new EditorSelection(() => undefined);
    await selection.settle();
    const told = [
      ...(await Promise.all(uris.map((uri) => fileItem(uri)))),
      await filesItem({ id: "editors:", kind: "editors", label: "Open editors" }, uris),
      await folderItem(Uri.file(editor.project)),
      ...(await Promise.all([...uris, undefined].map(problemsItem))),
      await readInstructions(),
      await new MentionSource().complete("free"),
      (await nearbyBase(window.activeTextEditor as never)) ?? "",
      selection.code() ?? "",
    ];
    assert.doesNotMatch(JSON.stringify(told), new RegExp(`${CANARY}|${OPEN}`));
    assert.deepEqual(
      readBack().filter(({ what }) => !what.endsWith(".gitignore")),
      [],
    );
  });

  it("holds for a chat of a time when the workspace was trusted: its code does not go out again as history", async () => {
    const { ChatPanel } = await import("../../src/extension/features/chat/chatPanel.ts");
    const { toStoredMessage } = await import("../../src/extension/features/chat/chatRecords.ts");
    const store = await openChatStore(join(editor.root, "chats.sqlite"));
    await store.createChat("old", "w", 1);
    const attachment = { id: "a", kind: "file", label: "a.ts", languageId: "ts", text: OPEN } as const;
    const question = { id: "q", role: "user", text: "why?", attachments: [attachment] } as const;
    await store.saveMessage("old", toStoredMessage(question), 2);
    const asked: unknown[] = [];
    const services = servicesWith(store, {
      ...{ done: [], logged: [], state: new Map([["waybill.chat.shown", "old"]]) },
      runTurn: async function* (...given: readonly unknown[]) {
        asked.push(given[0]);
        yield* [];
      },
    });
    const panel = new ChatPanel({
      ...services,
      keys: { onDidChange: () => ({ dispose: () => undefined }), state: async () => "present" },
      settings: () => ({
        ...services.settings(),
        ...{ gatewayUrl: new URL("https://gateway.example"), keyChoice: { kind: "named", name: "work" } },
      }),
    } as never);
    const messages: ToChatView[] = [];
    const postMessage = async (message: ToChatView) => void messages.push(message);
    panel.attach({ visible: true, webview: { postMessage } } as unknown as WebviewView);
    panel.receive({ type: "ready" });
    await eventually(async () => assert.ok(messages.some(({ type }) => type === "snapshot")), 5_000);
    panel.receive({ type: "send", text: "and now?" });
    await eventually(async () => assert.match(JSON.stringify(messages), /in Restricted Mode none of it leaves/), 5_000);
    assert.deepEqual(asked, []);
    services.disposables.dispose();
    store.close();
  });
});
