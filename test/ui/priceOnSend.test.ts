import assert from "node:assert/strict";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Simulator } from "../simulator/startSimulator.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { type ChatPage, openNewChat, selectLines } from "./chatPage.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { narrowSideBar } from "./narrowSideBar.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const PRICE = /^\$([\d.]+)–\$([\d.]+) with /;
const LONG_TEXT = "Explain this log line by line, and say what is odd about it. ".repeat(120);

describe("the price of sending", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: { tokensPerSecond: 400, firstTokenMs: 100 } } },
    (opened) => ({ simulator, workbench } = opened),
  );

  const askedModels = () => simulator.requests.filter(({ path }) => path.includes("chat")).length;
  const priceOf = (chat: ChatPage) => chat.frame.locator("waybill-composer .price");
  const askOf = (chat: ChatPage) => chat.frame.locator("waybill-ask");

  /** A workspace may lower what its window spends. */
  async function lowerBudget(settings: Readonly<Record<string, unknown>>): Promise<void> {
    const folder = join(workbench.workspaceFolder, ".vscode");
    await mkdir(folder, { recursive: true });
    // In one step: what the editor reads while it is written would count as no settings.
    await writeFile(join(folder, "settings.next"), JSON.stringify(settings));
    await rename(join(folder, "settings.next"), join(folder, "settings.json"));
  }

  /** A chat after its first answer, which brought the model list. */
  async function openUsedChat(): Promise<ChatPage> {
    await lowerBudget({});
    const chat = await openNewChat(workbench);
    await chat.ask("What is a mutex?");
    await chat.lastWaybill();
    return chat;
  }

  /** The most that the draft may cost, once it costs something else than before. */
  async function atMost(chat: ChatPage, before = 0): Promise<number> {
    for (;;) {
      const [, , most] = PRICE.exec(await priceOf(chat).innerText()) ?? [];
      if (most !== undefined && Number(most) !== before) return Number(most);
      await workbench.page.waitForTimeout(100);
    }
  }

  it("stands in the composer while it is typed, and grows with the text", async () => {
    const chat = await openUsedChat();
    assert.equal(await priceOf(chat).count(), 0);
    await chat.question.fill("Explain closures");
    const short = await atMost(chat);
    await chat.question.fill(LONG_TEXT);
    assert.ok((await atMost(chat, short)) > short);
    await chat.question.fill("Why does the loop in this function never end?");
    await picturedInEveryTheme(workbench, async (theme) => {
      await fadedScreenshot(workbench, `price-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", theme);
    });
    await chat.question.fill("");
    await priceOf(chat).waitFor({ state: "detached" });
  });

  it("above the person's limit is asked about first, and Enter pressed again sends nothing", async () => {
    const chat = await openUsedChat();
    const asked = askedModels();
    await chat.question.fill("Explain closures");
    await lowerBudget({ "waybill.budget.askAbove": (await atMost(chat)) * 0.7 });
    await askUntilAsked(chat);
    await chat.question.press("Enter");
    await chat.question.press("Enter");
    await picturedInEveryTheme(workbench, async (theme) => {
      await fadedScreenshot(workbench, `price-ask-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", theme);
    });
    await narrowSideBar(workbench);
    await fadedScreenshot(workbench, "price-ask-narrow");
    await askOf(chat).getByRole("button", { name: "Cancel" }).click();
    await askOf(chat).waitFor({ state: "detached" });
    await fadedScreenshot(workbench, "price-narrow");
    assert.equal(await chat.question.inputValue(), "Explain closures");
    await chat.question.press("Enter");
    await askOf(chat)
      .getByText(/This may cost up to \$.* \(your limit to ask is \$.*\)/)
      .waitFor();
    assert.equal(askedModels(), asked, "nothing was sent");
    await askOf(chat)
      .getByRole("button", { name: /^Cheaper: .* for about \$/ })
      .click();
    await chat.answers.nth(1).locator("waybill-receipt").waitFor({ timeout: 30_000 });
    await chat.ask("Explain promises");
    await askOf(chat).getByRole("button", { name: "Send", exact: true }).click();
    await chat.answers.nth(2).locator("waybill-receipt").waitFor({ timeout: 30_000 });
    assert.equal(askedModels(), asked + 2);
  });

  it("says in a few words that the budget does not hold it", async () => {
    const chat = await openUsedChat();
    await lowerBudget({ "waybill.budget.perRequest": 0.000001 });
    await chat.question.fill("Explain closures");
    await priceOf(chat)
      .filter({ hasText: /Over budget: up to \$/ })
      .waitFor();
    await fadedScreenshot(workbench, "price-over-budget");
    await assertAccessible(workbench.page, "waybill-chat", "over budget");
  });

  it("of a fix is asked about in a notification with the same choices", async () => {
    await lowerBudget({ "waybill.budget.askAbove": 0.000001 });
    await workbench.openFile("src/invoice.ts");
    await selectLines(workbench.page, 16, 22);
    const asked = askedModels();
    await workbench.runCommand("Waybill: Fix");
    const { page } = workbench;
    await page
      .locator(".notification-list-item-message")
      .getByText(/This may cost up to \$/)
      .waitFor();
    await fadedScreenshot(workbench, "price-ask-fix");
    assert.equal(askedModels(), asked);
    await page.getByRole("button", { name: "Send", exact: true }).last().click();
    await page
      .locator(".notification-list-item-message")
      .getByText(/The fix is ready/)
      .waitFor({ timeout: 60_000 });
    assert.equal(askedModels(), asked + 1);
  });

  /** The editor takes a moment to read a changed file of settings. */
  async function askUntilAsked(chat: ChatPage): Promise<void> {
    await workbench.page.waitForTimeout(1_500);
    await chat.question.press("Enter");
    await askOf(chat).waitFor();
  }
});
