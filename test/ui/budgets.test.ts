import assert from "node:assert/strict";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { assertAccessible } from "./assertAccessible.ts";
import { openNewChat, selectLines, statusText } from "./chatPage.ts";
import { eventually } from "../setup/eventually.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import { tryTwice } from "./tryTwice.ts";
import type { Workbench } from "./workbench.ts";

/** What the editor reads and shows again comes about within this time. */
const WITHIN_MS = 15_000;
const COMMAND = "Waybill: Set Budget for This Workspace";
/** The most that a draft may cost, and with which model. */
const PRICE = /–\$([\d.]+) with ([^\n·]*[^\s·])/;

describe("the form of the budgets", function () {
  this.timeout(240_000);
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: "instant", generationLagMs: 0 }, settings: { "waybill.budget.onExceed": "ask" } },
    (opened) => ({ workbench } = opened),
  );

  it("shows what holds, where from and what is spent, in every theme", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("What is a closure?");
    await chat.lastWaybill();
    await picturedInEveryTheme(
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
    await eventually(async () => assert.ok(!(await workspaceSettings()).includes("workspacePerDay")), WITHIN_MS);
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

  it("asks above an amount that a workspace may lower, and tells at percentages that are one's own", async () => {
    const { page } = workbench;
    await searchForm(workbench, "Ask me above");
    await choose(quickList(page), "Ask me above");
    await typeAmount(page, "always");
    await page.getByText("or never to send without asking; nothing is written yet").waitFor();
    await typeAmount(page, "0,5");
    await choose(quickList(page), "This workspace's settings");
    const asked = page.locator(".notification-toast", {
      hasText: "Ask me above: $0.50, written into this workspace's",
    });
    await asked.waitFor();
    assert.match(await workspaceSettings(), /"waybill\.budget\.askAbove": 0\.5/);
    await asked.getByRole("button", { name: "Set Another" }).click();
    await filterForm(page, "Alerts");
    await choose(quickList(page), "Alerts");
    await typeAmount(page, "50, 120");
    await page.getByText("Type percentages from 1 to 100 like 50, 80, 100, or none").waitFor();
    await fadedScreenshot(workbench, "budget-no-percentage");
    await typeAmount(page, "90 50 %");
    const told = page.locator(".notification-toast", { hasText: "Alerts: at 50 %, 90 %, written into your settings" });
    await told.waitFor();
    await searchForm(workbench, "Ask me above");
    await rowOf(quickList(page), "Ask me above", /\$0\.50 · this workspace; default: never/).waitFor();
    await filterForm(page, "Alerts");
    await rowOf(quickList(page), "Alerts", /at 50 %, 90 % · your settings/).waitFor();
    await page.keyboard.press("Escape");
    await told.getByRole("button", { name: "Undo" }).click();
    await eventually(async () => {
      await searchForm(workbench, "Alerts");
      const isBack = await rowOf(quickList(page), "Alerts", /at 50 %, 80 %, 100 % · default/).isVisible();
      await page.keyboard.press("Escape");
      assert.ok(isBack);
    }, WITHIN_MS);
  });

  it("raises a budget for today, and asks a cheaper model, at a click", async () => {
    const { page } = workbench;
    await workbench.runCommand("Notifications: Clear All Notifications");
    await writeWorkspaceSettings(workbench, {});
    const chat = await openNewChat(workbench);
    const price = chat.frame.locator("waybill-composer .price");
    await chat.question.fill("What is a mutex?");
    const [, most = "", model = ""] = PRICE.exec(await price.filter({ hasText: PRICE }).innerText()) ?? [];
    await writeWorkspaceSettings(workbench, { "waybill.budget.workspacePerWeek": Number(most) * 0.7 });
    await price.filter({ hasText: /Over budget: up to \$/ }).waitFor();
    await chat.question.press("Enter");
    const problem = chat.frame.locator("waybill-problem").last();
    await problem.getByRole("button", { name: "Raise for Today" }).waitFor({ timeout: 30_000 });
    await fadedScreenshot(workbench, "budget-answers");
    await assertAccessible(page, "waybill-chat", "the answers to a budget");
    await problem.getByRole("button", { name: "Raise for Today" }).click();
    assert.ok((await chat.lastWaybill()).includes(`Waybill: ${model} `), model);
    await openForm(workbench);
    await rowOf(quickList(page), "This workspace, a week", /\(\$0\.\d+ today, raised\) · this workspace/).waitFor();
    await fadedScreenshot(workbench, "budget-raised");
    await page.keyboard.press("Escape");

    await writeWorkspaceSettings(workbench, { "waybill.budget.perRequest": Number(most) * 0.7 });
    await chat.question.fill("And what is a semaphore?");
    await price.filter({ hasText: /Over budget: up to \$/ }).waitFor();
    await chat.question.press("Enter");
    await problem.getByRole("button", { name: "Ask a Cheaper Model" }).click();
    await chat.answers.nth(1).locator("waybill-receipt").waitFor({ timeout: 30_000 });
    assert.ok(!(await chat.lastWaybill()).includes(`Waybill: ${model} `), model);
    await fadedScreenshot(workbench, "budget-cheaper");
  });

  it("names the file of a workspace of several folders, writes into it and reads from it", async () => {
    const { page } = workbench;
    const file = join(dirname(workbench.workspaceFolder), "acme.code-workspace");
    await mkdir(join(dirname(file), "beta"), { recursive: true });
    await writeFile(
      file,
      JSON.stringify({ folders: [{ path: basename(workbench.workspaceFolder) }, { path: "beta" }] }),
    );
    await writeWorkspaceSettings(workbench, { "waybill.budget.perChat": 0.25 });
    await page.goto(page.url().replace(/folder=[^&]*/, `workspace=${encodeURIComponent(file)}`));
    await page.getByRole("tab", { name: "Waybill", exact: true }).waitFor({ timeout: 60_000 });
    const open = async (): Promise<Locator> => await openForm(workbench);
    const list = await tryTwice("open the form", open, async () => await workbench.reloadWindow());
    await page.getByText("Waybill: Budgets of acme.code-workspace").waitFor();
    await page.getByPlaceholder(/those in the workspace's file count, those in its folders do not/).waitFor();
    await rowOf(list, "One chat", /no limit · default/).waitFor();
    await fadedScreenshot(workbench, "budget-several-folders");
    await choose(list, "One chat");
    await typeAmount(page, "0.125");
    await choose(quickList(page), "This workspace's settings");
    await page
      .locator(".notification-toast", {
        hasText: "$0.125, written into this workspace's settings (acme.code-workspace)",
      })
      .waitFor();
    assert.match(await readFile(file, "utf8"), /"waybill\.budget\.perChat": 0\.125/);
    assert.match(await workspaceSettings(), /"waybill\.budget\.perChat":0\.25/);
    await rowOf(await openForm(workbench), "One chat", /\$0\.125 · this workspace; default: no limit/).waitFor();
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
    await eventually(async () => assert.ok(!(await statusText(page)).includes("~")), WITHIN_MS);
    await page
      .locator(".notification-toast", { hasText: /has used 100 %/ })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Set Budget" }).first().waitFor();
    await picturedInEveryTheme(workbench, async (theme) => {
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
    await workbench.runCommand("Waybill: Fix");
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
    await writeWorkspaceSettings(workbench, { "waybill.budget.perRequest": 0.0001 });
    const chat = await openNewChat(workbench);
    await chat.ask("What is a closure?");
    const problem = chat.frame.locator("waybill-problem").last();
    await problem.getByText(/your limit for one request|budget of/).waitFor({ timeout: 30_000 });
    await fadedScreenshot(workbench, "budget-asks-request");
    assert.equal(await problem.getByRole("button", { name: "Raise for Today" }).count(), 0);
    await problem.getByRole("button", { name: "Set Budget" }).click();
    await rowOf(quickList(page), "One request", /\$0\.0001 · this workspace; default: no limit/).waitFor();
    await page.keyboard.press("Escape");
  });

  const statusItem = (page: Page) => page.locator('.statusbar-item[id="waybill.waybill.waybill.status"]');
});

/** In one step: what the editor reads while it is written would count as no settings. */
async function writeWorkspaceSettings(
  { workspaceFolder }: Workbench,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const folder = join(workspaceFolder, ".vscode");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "settings.next"), JSON.stringify(values));
  await rename(join(folder, "settings.next"), join(folder, "settings.json"));
}

async function openForm(workbench: Workbench): Promise<Locator> {
  await workbench.runCommand(COMMAND);
  await workbench.page.getByPlaceholder(/Choose a limit to change/).waitFor({ timeout: 30_000 });
  return quickList(workbench.page);
}

/** Opens the form on the rows that match; the list draws only those that are in sight. */
async function searchForm(workbench: Workbench, label: string): Promise<void> {
  await openForm(workbench);
  await filterForm(workbench.page, label);
}

async function filterForm(page: Page, label: string): Promise<void> {
  await page.getByPlaceholder(/Choose a limit to change/).fill(label);
  await rowOf(quickList(page), label, /·/).first().waitFor();
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
  await page.locator(".quick-input-widget:visible", { hasText: /, in (US dollars|percent)/ }).waitFor();
  const input = page.locator(".quick-input-widget:visible .quick-input-box input");
  await input.fill(text);
  await input.press("Enter");
}
