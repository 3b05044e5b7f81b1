import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { openNewChat, selectLines, statusText } from "./chatPage.ts";
import { fadedScreenshot, inEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const COMMAND = "Waybill: Set Budget for This Workspace";

describe("the form of the budgets", function () {
  this.timeout(240_000);
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant", generationLagMs: 0 } }, (opened) => ({ workbench } = opened));

  it("shows what holds, where from and what is spent, in every theme", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("What is a closure?");
    await chat.lastWaybill();
    await inEveryTheme(
      workbench,
      async (theme) => {
        const list = await openForm(workbench);
        await rowOf(list, "This workspace, a day", /\$5\.00 · default/).waitFor();
        await rowOf(list, "One chat", /\$0\.\d+ spent/).waitFor();
        await list
          .getByText(/\$0\.\d+ spent today; starts afresh at/)
          .first()
          .waitFor();
        await fadedScreenshot(workbench, `budget-form-${theme}`);
      },
      async () => workbench.page.keyboard.press("Escape"),
    );
    await workbench.page.keyboard.press("Escape");
  });

  it("says in one sentence what is no amount, writes a lower one into the workspace, and takes it back", async () => {
    const { page } = workbench;
    await choose(await openForm(workbench), "This workspace, a day");
    await typeAmount(page, "five");
    await page.getByText("Type an amount in US dollars like 0.50, or none for no limit").waitFor();
    await fadedScreenshot(workbench, "budget-no-amount");
    await typeAmount(page, "3");
    await choose(quickList(page), "This workspace's settings");
    const notice = page.locator(".notification-toast", { hasText: "$3.00, written into this workspace's settings" });
    await notice.waitFor();
    assert.match(await workspaceSettings(), /"waybill\.budget\.workspacePerDay": 3/);
    await fadedScreenshot(workbench, "budget-written");
    await notice.getByRole("button", { name: "Undo" }).click();
    await eventually(async () => !(await workspaceSettings()).includes("workspacePerDay"));
  });

  it("says that a workspace can only lower, and writes a higher one into one's own settings", async () => {
    const { page } = workbench;
    await choose(await openForm(workbench), "This workspace, a day");
    await typeAmount(page, "8");
    await page.getByPlaceholder(/A workspace can only lower your limit/).waitFor();
    await fadedScreenshot(workbench, "budget-too-high");
    await choose(quickList(page), "Your settings");
    await page.locator(".notification-toast", { hasText: "$8.00, written into your settings" }).waitFor();
    await workbench.runCommand("Notifications: Clear All Notifications");
    const list = await openForm(workbench);
    await rowOf(list, "This workspace, a day", /\$8\.00 · your settings/).waitFor();
    await page.keyboard.press("Escape");
  });

  const workspaceSettings = () =>
    readFile(join(workbench.workspaceFolder, ".vscode", "settings.json"), "utf8").catch(() => "");
});

describe("budgets in the status bar and at the end of them", function () {
  this.timeout(240_000);
  let workbench: Workbench;
  withWindow(
    {
      simulator: { pace: { tokensPerSecond: 40, firstTokenMs: 50 }, generationLagMs: 0 },
      settings: {
        "waybill.budget.workspacePerDay": 0.000_01,
        "waybill.budget.onExceed": "ask",
        "waybill.budget.alertAt": [1, 100],
        "editor.minimap.enabled": false,
      },
    },
    (opened) => ({ workbench } = opened),
  );

  it("let a question pass once, with the cost counted live, and mark the item in every theme", async () => {
    const { page } = workbench;
    const chat = await openNewChat(workbench);
    await chat.ask("What is a closure?");
    await chat.frame.getByRole("button", { name: "Allow Once" }).waitFor({ timeout: 30_000 });
    await fadedScreenshot(workbench, "budget-asks-chat");
    await chat.frame.getByRole("button", { name: "Allow Once" }).click();
    await statusItem(page).getByText(/~\$0/).waitFor({ timeout: 30_000 });
    await workbench.screenshot("budget-live");
    await chat.lastWaybill();
    await eventually(async () => !(await statusText(page)).includes("~"));
    await page
      .locator(".notification-toast", { hasText: /has used 100 %/ })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Set Budget" }).first().waitFor();
    await inEveryTheme(workbench, async (theme) => {
      await page.locator('.statusbar-item.error-kind[id="waybill.waybill.waybill.status"]').waitFor();
      await statusItem(page).hover();
      await page.locator(".monaco-hover:visible", { hasText: "██████████ 100 %" }).waitFor();
      await fadedScreenshot(workbench, `budget-tooltip-${theme}`);
      await page.mouse.move(400, 300);
    });
    const label = await statusItem(page).locator("[aria-label]").first().getAttribute("aria-label");
    assert.match(label ?? "", /a budget is used up/);
  });

  it("let a fix pass once", async () => {
    const { page } = workbench;
    await workbench.runCommand("Notifications: Clear All Notifications");
    await workbench.openFile("src/invoice.ts");
    await selectLines(page, 16, 22);
    await workbench.runCommand("Waybill: Fix with Waybill");
    const notice = page.locator(".notification-toast", { hasText: /Nothing was sent or charged/ });
    await notice.getByRole("button", { name: "Allow Once" }).waitFor({ timeout: 30_000 });
    await fadedScreenshot(workbench, "budget-asks-fix");
    await notice.getByRole("button", { name: "Allow Once" }).click();
    await page
      .locator(".notification-list-item-message")
      .getByText(/The fix is ready/)
      .waitFor({ timeout: 30_000 });
    await page.getByRole("button", { name: "Drop", exact: true }).last().click();
  });

  it("lead from one request's limit, which cannot be raised for a day, to the form", async () => {
    const { page } = workbench;
    await writeWorkspaceSettings({ "waybill.budget.perRequest": 0.0001 });
    const chat = await openNewChat(workbench);
    await chat.ask("What is a closure?");
    const problem = chat.frame.locator("waybill-problem").last();
    await problem.getByText(/your limit for one request|budget of/).waitFor({ timeout: 30_000 });
    await fadedScreenshot(workbench, "budget-asks-request");
    assert.equal(await problem.getByRole("button", { name: "Raise for Today" }).count(), 0);
    await problem.getByRole("button", { name: "Set Budget" }).click();
    await rowOf(quickList(page), "One request", /\$0\.00010 · this workspace; default: no limit/).waitFor();
    await page.keyboard.press("Escape");
  });

  const statusItem = (page: Page) => page.locator('.statusbar-item[id="waybill.waybill.waybill.status"]');

  async function writeWorkspaceSettings(values: Readonly<Record<string, unknown>>): Promise<void> {
    await mkdir(join(workbench.workspaceFolder, ".vscode"), { recursive: true });
    await writeFile(join(workbench.workspaceFolder, ".vscode", "settings.json"), JSON.stringify(values));
  }
});

async function openForm(workbench: Workbench): Promise<Locator> {
  await workbench.runCommand(COMMAND);
  await workbench.page.getByPlaceholder(/Choose a limit to change/).waitFor({ timeout: 30_000 });
  return quickList(workbench.page);
}

function quickList(page: Page): Locator {
  return page.locator(".quick-input-widget:visible .quick-input-list");
}

function rowOf(list: Locator, label: string, text: RegExp): Locator {
  return list.locator(".monaco-list-row", { hasText: label }).filter({ hasText: text });
}

async function choose(list: Locator, label: string): Promise<void> {
  await list.locator(".monaco-list-row", { hasText: label }).first().click();
}

async function typeAmount(page: Page, text: string): Promise<void> {
  await page.locator(".quick-input-widget:visible", { hasText: "in US dollars" }).waitFor();
  const input = page.locator(".quick-input-widget:visible .quick-input-box input");
  await input.fill(text);
  await input.press("Enter");
}

async function eventually(check: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await check())) {
    assert.ok(Date.now() < deadline, "it did not come about");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
