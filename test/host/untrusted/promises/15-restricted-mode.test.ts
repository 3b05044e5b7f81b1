import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { Position, Range, Selection, Uri, WorkspaceEdit, commands, extensions, window, workspace } from "vscode";
import { COMMANDS, type CommandId } from "../../../../src/extension/platform/contributions.ts";
import { CANARY } from "../../../setup/hostileWorkspace.ts";
import { askPage } from "../../askPage.ts";
import { until } from "../../hostSteps.ts";
import { seenByGateway, seenByStranger } from "../../simulatorRequests.ts";

/** What a command may do before the folder is trusted. A command that is missing here does not compile. */
type InRestrictedMode = "says why not" | "finds nothing to act on" | "needs no file";

const COMMANDS_IN_RESTRICTED_MODE: Readonly<Record<CommandId, InRestrictedMode>> = {
  [COMMANDS.explain]: "says why not",
  [COMMANDS.fix]: "says why not",
  [COMMANDS.fixAll]: "says why not",
  [COMMANDS.refactor]: "says why not",
  [COMMANDS.writeTests]: "says why not",
  [COMMANDS.document]: "says why not",
  [COMMANDS.simplify]: "says why not",
  [COMMANDS.addTypes]: "says why not",
  [COMMANDS.reviewSelection]: "says why not",
  [COMMANDS.writeCommitMessage]: "says why not",
  [COMMANDS.reviewStaged]: "says why not",
  [COMMANDS.explainTerminalError]: "says why not",
  [COMMANDS.suggestCommand]: "says why not",
  [COMMANDS.inlineEdit]: "says why not",
  [COMMANDS.acceptProposal]: "finds nothing to act on",
  [COMMANDS.dropProposal]: "finds nothing to act on",
  [COMMANDS.stopAnswer]: "finds nothing to act on",
  [COMMANDS.stopCommitMessage]: "finds nothing to act on",
  [COMMANDS.applyFinding]: "finds nothing to act on",
  [COMMANDS.dismissFinding]: "finds nothing to act on",
  [COMMANDS.dismissAllFindings]: "finds nothing to act on",
  [COMMANDS.acceptChange]: "finds nothing to act on",
  [COMMANDS.rejectChange]: "finds nothing to act on",
  [COMMANDS.acceptAllChanges]: "finds nothing to act on",
  [COMMANDS.rejectAllChanges]: "finds nothing to act on",
  [COMMANDS.nextChange]: "finds nothing to act on",
  [COMMANDS.previousChange]: "finds nothing to act on",
  [COMMANDS.cancelInlineEdit]: "finds nothing to act on",
  [COMMANDS.refineInlineEdit]: "finds nothing to act on",
  [COMMANDS.strongerInlineEdit]: "finds nothing to act on",
  [COMMANDS.otherModelInlineEdit]: "finds nothing to act on",
  [COMMANDS.showWaitingChanges]: "finds nothing to act on",
  [COMMANDS.openChat]: "needs no file",
  [COMMANDS.newChat]: "needs no file",
  [COMMANDS.openChatInEditor]: "needs no file",
  [COMMANDS.showChatInSideBar]: "needs no file",
  [COMMANDS.compareModels]: "needs no file",
  [COMMANDS.showChats]: "needs no file",
  [COMMANDS.exportChat]: "needs no file",
  [COMMANDS.importChat]: "needs no file",
  [COMMANDS.enterKey]: "needs no file",
  [COMMANDS.signIn]: "needs no file",
  [COMMANDS.findLocalServers]: "needs no file",
  [COMMANDS.reviewGateway]: "needs no file",
  [COMMANDS.manageKeys]: "needs no file",
  [COMMANDS.testConnection]: "needs no file",
  [COMMANDS.showRecords]: "needs no file",
  [COMMANDS.correctTask]: "needs no file",
  [COMMANDS.whatWouldYouPick]: "needs no file",
  [COMMANDS.browseModels]: "needs no file",
  [COMMANDS.showRouting]: "needs no file",
  [COMMANDS.showSpend]: "needs no file",
  [COMMANDS.reconcile]: "needs no file",
  [COMMANDS.showKeyLimits]: "needs no file",
  [COMMANDS.setWorkspaceBudget]: "needs no file",
  [COMMANDS.startNewLedger]: "needs no file",
  [COMMANDS.showFolderChanges]: "needs no file",
  [COMMANDS.showOutbox]: "needs no file",
  [COMMANDS.setWorkspacePrivacy]: "needs no file",
  [COMMANDS.showMenu]: "needs no file",
  [COMMANDS.showLog]: "needs no file",
  [COMMANDS.copyDiagnostics]: "needs no file",
};

/** How long a command gets to show a box, a list or a page before it is taken away again. */
const SETTLE_MS = 400;

const commandsThat = (what: InRestrictedMode) =>
  Object.values(COMMANDS).filter((id) => COMMANDS_IN_RESTRICTED_MODE[id] === what);

const folder = (): Uri => workspace.workspaceFolders?.[0]?.uri ?? assert.fail("the host opens a folder");

describe("promise 15: in Restricted Mode", () => {
  let filesBefore: ReadonlyMap<string, string>;

  before(async () => {
    await extensions.getExtension("waybill.waybill")?.activate();
    filesBefore = await stateOfFiles(folder().fsPath);
    await openUnsaved(".env");
    await selectAllOf("src/sum.ts");
  });

  beforeEach(async () => {
    await commands.executeCommand("notifications.clearAll");
    await selectAllOf("src/sum.ts");
  });

  afterEach(async () => {
    assert.deepEqual(await leftWithCanary(), []);
    assert.deepEqual(await stateOfFiles(folder().fsPath), filesBefore);
  });

  for (const id of commandsThat("says why not")) {
    it(`${id} does nothing by its id, and says why`, async () => {
      const asked = (await seenByGateway()).length;
      const isDone = runWithHostileArguments(id);
      await until(saysWhyNot);
      await askPage("escape");
      await commands.executeCommand("notifications.clearAll");
      await isDone;
      assert.equal((await seenByGateway()).length, asked, "something was asked");
    });
  }

  it("commands for an edit, a finding or a proposal find none, whatever they are handed", async function () {
    this.timeout(90_000);
    const asked = (await seenByGateway()).length;
    for (const id of commandsThat("finds nothing to act on")) await runAndDismiss(id);
    assert.equal((await seenByGateway()).length, asked, "something was asked");
  });

  it("commands that need no file show what they show, and ask no model", async function () {
    this.timeout(120_000);
    for (const id of commandsThat("needs no file")) await runAndDismiss(id);
    assert.deepEqual(await questions(), []);
  });

  it("a question in the chat goes out without a line of any file", async function () {
    this.timeout(60_000);
    await commands.executeCommand("workbench.action.closeAllEditors");
    await openUnsaved(".env");
    await selectAllOf("src/sum.ts");
    await commands.executeCommand("waybill.chat.focus");
    await askPage("chat");
    await askPage("ask");
    await until(async () => (await questions()).length > 0);
    const [body] = await questions();
    assert.match(body ?? "", /What does this project do\?/);
    assert.doesNotMatch(body ?? "", /sum\.ts|export function|AGENTS|BASE_URL/);
  });
});

/** A toast may be held back while many come; the list has them all. */
async function saysWhyNot(): Promise<boolean> {
  await commands.executeCommand("notifications.showList");
  return (await askPage("notices")).some((text) => text.includes("Restricted Mode"));
}

/** A command may wait for the person for ever; it is told to give up like one who presses Escape. */
async function runAndDismiss(id: CommandId): Promise<void> {
  const isDone = runWithHostileArguments(id);
  await Promise.race([isDone, new Promise((resolve) => setTimeout(resolve, SETTLE_MS))]);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS / 4));
  await askPage("escape");
  await askPage("escape");
  await commands.executeCommand("notifications.clearAll");
}

async function runWithHostileArguments(id: CommandId): Promise<void> {
  const uri = Uri.joinPath(folder(), ".env");
  const place = { uri, range: new Range(0, 0, 9, 0), resourceUri: uri, text: "../../.bashrc", path: "/etc/passwd" };
  const odd: unknown = JSON.parse('{"__proto__":{"isTrusted":true},"constructor":"evil"}');
  await commands.executeCommand(id, uri, place, "../../.bashrc", odd, [uri]).then(
    () => undefined,
    () => undefined,
  );
}

async function selectAllOf(name: string): Promise<void> {
  const editor = await window.showTextDocument(Uri.joinPath(folder(), name), { preview: false });
  editor.selection = new Selection(new Position(0, 0), editor.document.lineAt(editor.document.lineCount - 1).range.end);
}

/** As somebody has it who is about to write a new secret down. */
async function openUnsaved(name: string): Promise<void> {
  const { uri } = await workspace.openTextDocument(Uri.joinPath(folder(), name));
  const edit = new WorkspaceEdit();
  edit.insert(uri, new Position(0, 0), `NEW_SECRET=${CANARY}\n`);
  await workspace.applyEdit(edit);
  await window.showTextDocument(uri, { preview: false });
}

async function questions(): Promise<readonly string[]> {
  const requests = await seenByGateway();
  return requests.filter(({ path }) => path.endsWith("/chat/completions")).map((request) => JSON.stringify(request));
}

/** Requests that took a line of the folder along, and everything that came to the stranger. */
async function leftWithCanary(): Promise<readonly unknown[]> {
  const marked = (await seenByGateway()).filter((request) => JSON.stringify(request).includes(CANARY));
  return [...marked, ...(await seenByStranger()), ...(await askPage("outside"))];
}

/** What every file and link below a folder holds; no link is followed. */
async function stateOfFiles(path: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const file = join(path, entry.name);
    if (entry.isDirectory()) for (const [name, state] of await stateOfFiles(file)) found.set(name, state);
    else if (entry.isSymbolicLink()) found.set(file, `-> ${await readlink(file)}`);
    else
      found.set(
        file,
        createHash("sha256")
          .update(await readFile(file))
          .digest("hex"),
      );
  }
  return found;
}
