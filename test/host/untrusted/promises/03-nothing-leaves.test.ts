import assert from "node:assert/strict";
import { Uri, commands, extensions, window, workspace } from "vscode";
import { askPage } from "../../askPage.ts";
import { seenByGateway, seenByStranger } from "../../simulatorRequests.ts";

/** Two of them are the idle minute. */
const IDLE_MS = 30_000;

const idle = async () => await new Promise((resolve) => setTimeout(resolve, IDLE_MS));

async function assertNothingLeft(): Promise<void> {
  assert.deepEqual(await seenByGateway(), []);
  assert.deepEqual(await seenByStranger(), []);
  assert.deepEqual(await askPage("outside"), []);
}

describe("promise 03: nothing leaves before the person asks for it", () => {
  before(() => extensions.getExtension("waybill.waybill")?.activate());

  it("when a hostile folder is opened and left alone, with a key at hand", async function () {
    this.timeout(60_000);
    await idle();
    await assertNothingLeft();
  });

  it("when its files are opened and the chat is looked at", async function () {
    this.timeout(90_000);
    const folder = workspace.workspaceFolders?.[0]?.uri ?? assert.fail("the host opens a folder");
    for (const name of ["AGENTS.md", "src/sum.ts"]) await window.showTextDocument(Uri.joinPath(folder, name));
    await commands.executeCommand("waybill.chat.focus");
    await askPage("chat");
    await idle();
    await assertNothingLeft();
  });
});
