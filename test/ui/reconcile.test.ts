import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { formatExactUsd } from "../../src/core/money/formatUsd.ts";
import { toNanoUsd } from "../../src/core/money/nanoUsd.ts";
import { postChat } from "../simulator/simulatorClient.ts";
import type { Simulator } from "../simulator/startSimulator.ts";
import { openChat } from "./chatPage.ts";
import { picturedInEveryTheme } from "./everyTheme.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const COMMAND = "Waybill: Reconcile with Gateway";

describe("the reconciliation with the gateway", function () {
  this.timeout(150_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant", generationLagMs: 0 } }, (opened) => ({ simulator, workbench } = opened));

  async function reconcile(period: string): Promise<Locator> {
    await workbench.runCommand(COMMAND);
    return choosePeriod(workbench.page, period);
  }

  it("sees both sides agree to the nano-dollar after a turn, in every theme", async () => {
    const chat = await openChat(workbench);
    await chat.ask("What is a closure?");
    await chat.lastWaybill();
    await simulator.settled();
    const bill = formatExactUsd(toNanoUsd(simulator.billNanoUsd()));
    await picturedInEveryTheme(workbench, async (theme) => {
      const list = await reconcile("Today");
      await list.getByText("Agrees to the nano-dollar").waitFor();
      await list.getByText("Charged to this key").waitFor();
      assert.ok((await list.innerText()).includes(bill), bill);
      await workbench.screenshot(`reconcile-agrees-${theme}`);
      await workbench.page.keyboard.press("Escape");
    });
  });

  it("settles a cost that was estimated, names what it cannot settle, and why the gateway says more", async () => {
    const chat = await openChat(workbench);
    for (const [index, question] of ["What is a promise?", "What is a generator?"].entries()) {
      simulator.faultNext({ kind: "usage-missing" });
      await chat.ask(question);
      await chat.waybills.nth(index + 1).waitFor({ timeout: 30_000 });
      await simulator.settled();
    }
    await (await postChat(simulator)).text();
    simulator.faultNext({ kind: "http", on: "generation", status: 404, body: { error: { code: 404, message: "x" } } });
    const list = await reconcile("This week");
    await list.getByText("The gateway says more").waitFor();
    await list.getByText("One cost is not certain").waitFor();
    await list.getByText(/used elsewhere too/).waitFor();
    await workbench.screenshot("reconcile-differs-highContrast");
    await workbench.page.keyboard.press("Escape");
    for (const theme of ["light", "dark"] as const) {
      await workbench.switchTheme(theme);
      const again = await reconcile("This month");
      await again.getByText("The gateway says more").waitFor();
      await workbench.screenshot(`reconcile-differs-${theme}`);
      await workbench.page.keyboard.press("Escape");
    }
  });

  it("corrects receipts that are still shown", async () => {
    const chat = await openChat(workbench);
    await chat.waybills.nth(2).waitFor();
    await chat.waybills.filter({ hasText: "about $" }).first().waitFor({ state: "hidden" });
  });

  it("has a list beside it of what the gateway says of the key, in every theme", async () => {
    const { page } = workbench;
    simulator.spendElsewhere(0.5);
    await picturedInEveryTheme(workbench, async (theme) => {
      await workbench.runCommand("Waybill: Show Key Limits");
      const list = quickInput(page);
      await list.getByText("Limit of the key").waitFor({ timeout: 30_000 });
      await list
        .getByText(/more there: from other machines or tools/)
        .first()
        .waitFor();
      await list.getByText(/requests left today/).waitFor();
      await page.locator(".notification-toast", { hasText: "about the key" }).waitFor({ state: "hidden" });
      await workbench.screenshot(`key-limits-${theme}`);
      await page.keyboard.press("Escape");
    });
  });

  it("is offered by the menu of the status bar, and copies its list", async () => {
    const { page } = workbench;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await workbench.runCommand("Waybill: Show Menu");
    await quickInput(page).getByText("Reconcile with Gateway").click();
    const list = await choosePeriod(page, "Today");
    await list.getByText("Charged to this key").waitFor();
    // From the first line upwards is the last one.
    await page.keyboard.press("ArrowUp");
    await list.locator(".monaco-list-row.focused", { hasText: "Copy" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("Waybill: copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^Waybill and 127\.0\.0\.1:\d+, today, [\d-]+ \(UTC\)\n/);
    assert.ok(!copied.includes(simulator.key.slice(0, 12)), "nothing of the key is copied");
  });

  it("says in one sentence with one action why it cannot be done", async () => {
    const { page } = workbench;
    const message = page.locator(".notification-toast");
    simulator.faultNext({ kind: "http", on: "key", status: 404, body: "404 page not found" });
    await startReconciling("Today");
    await message.getByText(/does not tell what a key has spent/).waitFor();
    await message.getByRole("button", { name: "Open Settings" }).waitFor();
    await message.filter({ hasText: "Reconciling with" }).waitFor({ state: "hidden" });
    await workbench.screenshot("reconcile-no-bill");
    await workbench.runCommand("Notifications: Clear All Notifications");
    simulator.faultNext({ kind: "http", on: "key", status: 401, body: { error: { code: 401, message: "x" } } });
    await startReconciling("Today");
    await message.getByText(/does not accept this key/).waitFor();
    await message.getByRole("button", { name: "Enter Key" }).waitFor();
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  async function startReconciling(period: string): Promise<void> {
    await workbench.runCommand(COMMAND);
    await quickInput(workbench.page).getByText(period, { exact: true }).click();
  }
});

function quickInput(page: Page): Locator {
  return page.locator(".quick-input-widget:visible .quick-input-list");
}

async function choosePeriod(page: Page, period: string): Promise<Locator> {
  await quickInput(page).getByText(period, { exact: true }).click();
  await page.getByPlaceholder("Choose Copy to take the list along.").waitFor({ timeout: 30_000 });
  await page.locator(".notification-toast", { hasText: "Reconciling with" }).waitFor({ state: "hidden" });
  return quickInput(page);
}
