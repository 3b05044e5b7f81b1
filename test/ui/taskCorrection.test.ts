import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { openChat, openNewChat } from "./chatPage.ts";
import { type Workbench, openWorkbench } from "./workbench.ts";

/** The editor fades its lists and notices in. */
const FADE_MS = 500;
const THEMES = ["light", "dark", "highContrast"] as const;
const PROMISE = "Similar questions will be taken for refactor.";

describe("saying what a question was for", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  before(async () => {
    simulator = await startSimulator({ pace: "instant" });
    workbench = await openWorkbench({
      settings: { "waybill.gateway.url": simulator.baseUrl },
      environment: { WAYBILL_DEVELOPMENT_KEY: simulator.key },
    });
  });
  after(async () => {
    assert.deepEqual(await workbench.outsideRequests(), []);
    await workbench.close();
    await simulator.close();
  });

  it("is done by keyboard on the waybill, stays after a reload, and holds for a similar question", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("Look at the parser of dates and do what is needed there");
    await chat.unfoldLastWaybill();
    const choice = chat.frame.getByRole("combobox", { name: "What this question was for" });
    await choice.focus();
    await choice.pressSequentially("ref");
    await chat.frame.getByText(PROMISE).waitFor();
    for (const theme of THEMES) {
      await workbench.switchTheme(theme);
      await workbench.page.waitForTimeout(FADE_MS);
      await workbench.screenshot(`task-correction-${theme}`);
    }
    await workbench.reloadWindow();
    const reloaded = await openChat(workbench);
    await reloaded.waybills.last().click();
    await reloaded.frame.getByText(PROMISE).waitFor();
    await reloaded.ask("Look at the parser of times and do what is needed there");
    await reloaded.answers.nth(1).locator("waybill-receipt").waitFor({ timeout: 30_000 });
    assert.match(await reloaded.unfoldLastWaybill(), /you corrected a similar request/);
  });
});
