import assert from "node:assert/strict";
import { ConfigurationTarget, Selection, Uri, commands, extensions, window, workspace } from "vscode";
import { COMMANDS, OUTBOX_SCHEME, SETTINGS } from "../../src/extension/platform/contributions.ts";
import { currentSettings } from "../../src/extension/platform/settings.ts";
import { lastAsked, until } from "./hostSteps.ts";

const folder = (): Uri => workspace.workspaceFolders?.[0]?.uri ?? assert.fail("the host opens a workspace");
const accept = () => commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
const profile = () => currentSettings().policies.base.privacy?.profile;

/** The editor draws lists and notices in its own time, and says nothing of it. */
const shown = () => new Promise((resolve) => setTimeout(resolve, 500));

/** Sends some code that nothing else sends, by a command of the editor. */
async function send(marker: string): Promise<void> {
  const uri = Uri.joinPath(folder(), "outbox", `${marker}.ts`);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(`export const ${marker} = 1;\n`));
  const editor = await window.showTextDocument(uri);
  editor.selection = new Selection(0, 0, 1, 0);
  void commands.executeCommand(COMMANDS.simplify);
  await until(async () => (await lastAsked()).includes(marker));
}

/** The page of the newest request, opened from the list as a person does. */
async function newestPage(): Promise<string> {
  const page = Uri.from({ scheme: OUTBOX_SCHEME, path: "/What Was Sent.md" });
  const before = (await workspace.openTextDocument(page)).getText();
  const showing = commands.executeCommand(COMMANDS.showOutbox);
  let text = before;
  await until(async () => {
    await accept();
    text = (await workspace.openTextDocument(page)).getText();
    return text !== before;
  });
  await showing;
  return text;
}

describe("what is asked of whoever gets a text, and the list of what was sent", () => {
  before(() => extensions.getExtension("waybill.waybill")?.activate());
  after(async () => {
    const configuration = workspace.getConfiguration();
    for (const key of [SETTINGS.privacyDefault, SETTINGS.privacyOfWorkspaces, SETTINGS.keepSentText]) {
      await configuration.update(key, undefined, ConfigurationTarget.Global);
    }
    await commands.executeCommand("workbench.action.closeAllEditors");
    await commands.executeCommand("notifications.clearAll");
    await workspace.fs.delete(Uri.joinPath(folder(), "outbox"), { recursive: true });
  });

  it("are not a workspace's to change", async () => {
    const hostile = workspace.getConfiguration();
    for (const [key, value] of [
      [SETTINGS.privacyDefault, "none"],
      [SETTINGS.privacyOfWorkspaces, { "*": "none" }],
      [SETTINGS.keepSentText, true],
    ] as const) {
      await assert.rejects(async () => hostile.update(key, value, ConfigurationTarget.Workspace), key);
    }
  });

  it("are set for the folder by the command, and hold in the next request", async () => {
    await until(async () => {
      void commands.executeCommand(COMMANDS.setWorkspacePrivacy);
      await shown();
      // Below none and no training; a key that comes before the list is drawn goes nowhere, and then it is done again.
      await commands.executeCommand("workbench.action.quickOpenSelectNext");
      await commands.executeCommand("workbench.action.quickOpenSelectNext");
      await accept();
      await shown();
      await commands.executeCommand("workbench.action.closeQuickOpen");
      await commands.executeCommand("notifications.clearAll");
      return profile() === "zero-retention";
    });
    const written = workspace.getConfiguration().inspect(SETTINGS.privacyOfWorkspaces)?.globalValue;
    assert.deepEqual(written, { [folder().fsPath]: "zero-retention" });
    await send("simplifiedInPrivate");
    const asked = await lastAsked();
    assert.match(asked, /"data_collection":"deny"/);
    assert.match(asked, /"zdr":true/);
  });

  it("show the request as it went out", async () => {
    const page = await newestPage();
    assert.match(page, /\| Asked of providers \| zero retention \|/);
    assert.match(page, /outbox\/simplifiedInPrivate\\\.ts/);
    assert.match(page, /The text itself is not in this list/);
    assert.ok(!page.includes("export const"));
  });

  it("show its text where the person keeps it", async () => {
    await workspace.getConfiguration().update(SETTINGS.keepSentText, true, ConfigurationTarget.Global);
    await send("simplifiedAndKept");
    assert.match(await newestPage(), /export const simplifiedAndKept = 1;/);
  });
});
