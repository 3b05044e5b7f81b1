import assert from "node:assert/strict";
import { openChat, openNewChat } from "./chatPage.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const PROMISE = "Similar questions will be taken for refactor.";

describe("saying what a question was for", function () {
  this.timeout(240_000);
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ workbench } = opened));

  it("is done by keyboard on the waybill, stays after a reload, and holds for a similar question", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("Look at the parser of dates and do what is needed there");
    await chat.unfoldLastWaybill();
    const choice = chat.frame.getByRole("combobox", { name: "What this question was for" });
    await choice.focus();
    await choice.pressSequentially("ref");
    await chat.frame.getByText(PROMISE).waitFor();
    await picturedInEveryTheme(workbench, (theme) => fadedScreenshot(workbench, `task-correction-${theme}`));
    await workbench.reloadWindow();
    const reloaded = await openChat(workbench);
    await reloaded.waybills.last().click();
    await reloaded.frame.getByText(PROMISE).waitFor();
    await reloaded.ask("Look at the parser of times and do what is needed there");
    await reloaded.answers.nth(1).locator("waybill-receipt").waitFor({ timeout: 30_000 });
    assert.match(await reloaded.unfoldLastWaybill(), /you corrected a similar request/);
  });
});
