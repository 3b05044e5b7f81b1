import assert from "node:assert/strict";
import { commands, workspace } from "vscode";
import { COMMANDS, SETTINGS } from "../../../src/extension/platform/contributions.ts";
import type { Settings } from "../../../src/extension/platform/readSettings.ts";
import { currentSettings } from "../../../src/extension/platform/settings.ts";
import { askPage } from "../askPage.ts";
import { until } from "../hostSteps.ts";
import { seenByGateway, seenByStranger } from "../simulatorRequests.ts";
import { folderPage } from "./folderPage.ts";
import { WITHIN_REACH } from "./withinReach.ts";

const IDLE_MS = 10_000;
/** Longer than an answer of the simulator takes. */
const QUIET_MS = 8_000;

/** What can be compared of settings that were read twice. */
const told = (settings: Settings) => JSON.stringify({ ...settings, gatewayUrl: settings.gatewayUrl?.href }, bigAsText);
const bigAsText = (_name: string, value: unknown) => (typeof value === "bigint" ? `${value}` : value);

// The last of this window: there is no way back into Restricted Mode without a new extension host.
describe("a hostile folder that the person trusts", () => {
  let asked: number;
  let inRestrictedMode: string;

  before(async function () {
    this.timeout(90_000);
    asked = await countWhenQuiet();
    inRestrictedMode = told(currentSettings());
    await commands.executeCommand("workbench.action.closeAllEditors");
    await commands.executeCommand("workbench.trust.manage");
    await askPage("trust");
    await until(() => workspace.isTrusted);
  });

  it("promise 03: makes nothing leave by being trusted", async () => {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    assert.deepEqual((await seenByGateway()).slice(asked), []);
    assert.deepEqual([...(await seenByStranger()), ...(await askPage("outside"))], []);
  });

  it("is told of by the page as trusted, with the same settings refused", async () => {
    await commands.executeCommand(COMMANDS.showFolderChanges);
    // The editor keeps the page's document for a while, and takes a new text up a moment later.
    await until(async () => (await folderPage()).includes("This workspace is trusted."));
    const text = (await folderPage()).replaceAll("\\", "");
    assert.match(text, /They go along with your questions/u);
    assert.match(text, /^\| waybill\.gateway\.url \| \*\*Refused:\*\* only your own settings count/mu);
  });

  it("promise 02: reaches no further than before", () => {
    const reached = Object.values(SETTINGS).filter(
      (key) => workspace.getConfiguration().inspect(key)?.workspaceValue !== undefined,
    );
    assert.deepEqual(reached.toSorted(), WITHIN_REACH.toSorted());
    assert.equal(told(currentSettings()), inRestrictedMode);
  });
});

/** After the answer to a question, what it asked for is looked up beside. */
async function countWhenQuiet(): Promise<number> {
  for (;;) {
    const { length } = await seenByGateway();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    if ((await seenByGateway()).length === length) return length;
  }
}
