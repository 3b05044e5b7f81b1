import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Simulator } from "../simulator/startSimulator.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { openNewChat, selectLines } from "./chatPage.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { sentToModels } from "./sentToModels.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const KEY = `sk-or-v1-${"0123456789abcdef".repeat(4)}`;

describe("what leaves", function () {
  this.timeout(150_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ simulator, workbench } = opened));
  const toast = (text: RegExp) => workbench.page.locator(".notification-toast", { hasText: text });
  const clearToasts = () => workbench.runCommand("Notifications: Clear All Notifications");

  it("is a placeholder instead of a key, which is said, and the answer has the key again", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask(`Why does ${KEY} not work?`);
    await chat.untilAnswered(1);
    await chat.frame.getByText("1 secret masked").waitFor();
    const sent = sentToModels(simulator).join("\n");
    assert.ok(!sent.includes(KEY.slice(10)));
    const [placeholder = ""] = /\[\[secret-\w+-1\]\]/.exec(sent) ?? [];
    assert.notEqual(placeholder, "");
    simulator.faultNext({
      kind: "answer",
      content: `Make ${placeholder} anew [on this page](https://page.example/?key=${placeholder}), not ab\u202Ecd.`,
    });
    await chat.ask("And now?");
    await chat.untilAnswered(2);
    assert.ok((await chat.lastText()).includes(`Make ${KEY} anew`));
    assert.equal(await chat.answers.last().locator(".hidden-sign").getAttribute("data-sign"), "U+202E");
    await picturedInEveryTheme(workbench, async (theme) => {
      await fadedScreenshot(workbench, `masked-secret-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", theme);
    });
    await chat.answers.last().getByRole("link", { name: "on this page" }).click();
    await toast(/This address gives a key or a password of yours to page\.example\. Nothing was opened\./).waitFor();
    assert.equal(await workbench.page.locator(".monaco-dialog-box").count(), 0);
    await clearToasts();
  });

  it("is nothing of a file that is likely to hold secrets, and the notice names the rule", async () => {
    await writeFile(join(workbench.workspaceFolder, ".env"), "SHOP_TITLE=canary-of-env\n");
    await workbench.openFile(".env");
    await selectLines(workbench.page, 1, 1);
    const before = sentToModels(simulator).length;
    await workbench.runCommand("Waybill: Review Selection");
    await toast(/\.env is likely to hold secrets \(built-in rule\)/).waitFor();
    await fadedScreenshot(workbench, "kept-file");
    const chat = await openNewChat(workbench);
    await chat.ask("What is selected?");
    await chat.untilAnswered(1);
    await fadedScreenshot(workbench, "kept-selection");
    assert.equal(sentToModels(simulator).length, before + 1);
    assert.ok(!sentToModels(simulator).join("\n").includes("canary-of-env"));
    await clearToasts();
  });

  it("goes to another gateway only after a yes that names it", async () => {
    const settingsFile = join(dirname(dirname(workbench.storageFolder)), "settings.json");
    const settings = await readFile(settingsFile, "utf8");
    await writeFile(settingsFile, settings.replace(simulator.baseUrl, "https://gateway.example/v1"));
    try {
      // A window may not see that a file of settings was written.
      await workbench.reloadWindow();
      const chat = await openNewChat(workbench);
      await chat.frame.locator("waybill-key-banner .banner").waitFor({ timeout: 30_000 });
      const dialog = workbench.page.locator(".monaco-dialog-box");
      await picturedInEveryTheme(workbench, async (theme) => {
        await chat.question.fill("Does this go there?");
        await chat.question.press("Enter");
        await dialog.getByText("Send questions and code to https://gateway.example?").waitFor();
        await fadedScreenshot(workbench, `gateway-consent-${theme}`);
        await dialog.getByRole("button", { name: "Cancel" }).click();
        await dialog.waitFor({ state: "detached" });
        await chat.problems.last().waitFor();
      });
      await fadedScreenshot(workbench, "gateway-refused");
      assert.deepEqual(await workbench.outsideRequests(), []);
    } finally {
      await writeFile(settingsFile, settings);
    }
  });
});
