import assert from "node:assert/strict";
import type { Simulator } from "../simulator/startSimulator.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { type ChatPage, openChat, openNewChat } from "./chatPage.ts";
import { eventually } from "../setup/eventually.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { queryLedger } from "./ledgerFile.ts";
import { sentToModels } from "./sentToModels.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

describe("the title of a chat", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: "instant" }, settings: { "waybill.chat.autoTitle": true } },
    (opened) => ({ simulator, workbench } = opened),
  );

  const asked = () => sentToModels(simulator).length;
  const title = (chat: ChatPage) => chat.frame.locator("waybill-title .title");
  const widget = () => workbench.page.locator(".quick-input-widget:visible");
  const row = (text: string) => widget().locator(".monaco-list-row", { hasText: text }).first();

  async function rename(chat: ChatPage, to: string): Promise<void> {
    await chat.button("Rename this chat").click();
    await widget().getByText("Waybill: Rename Chat").waitFor();
    await widget().locator("input").fill(to);
    await fadedScreenshot(workbench, "title-rename");
    await widget().locator("input").press("Enter");
    await title(chat).filter({ hasText: to }).waitFor();
  }

  it("comes from a cheap model after the first answer only, with a row in the ledger", async () => {
    const chat = await openNewChat(workbench);
    const before = asked();
    await chat.ask("How do I parse a date with a time zone in TypeScript?");
    await chat.lastWaybill();
    await title(chat)
      .filter({ hasText: /^(?!How do I).+/ })
      .waitFor();
    await simulator.settled();
    assert.equal(asked(), before + 2, "the answer and its title");
    await eventually(async () => {
      const [title] = queryLedger(workbench, "SELECT count(*) AS count FROM waybill WHERE task_type = 'title'");
      assert.equal(title?.["count"], 1);
    }, 5_000);
    await picturedInEveryTheme(workbench, async (theme) => {
      await fadedScreenshot(workbench, `title-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", theme);
    });
    await chat.ask("And without a library?");
    await chat.untilAnswered(2);
    await simulator.settled();
    assert.equal(asked(), before + 3, "the second answer brings no other title");
  });

  it("is a person's from the moment they give one, also after a reload", async () => {
    let chat = await openChat(workbench);
    await rename(chat, "Dates and their zones");
    await chat.question.focus();
    await workbench.page.waitForTimeout(600);
    await workbench.reloadWindow();
    chat = await openChat(workbench);
    await title(chat).filter({ hasText: "Dates and their zones" }).waitFor();
  });

  it("given before the first answer is not taken away by an automatic one", async () => {
    const chat = await openNewChat(workbench);
    const before = asked();
    await chat.question.fill("What is a mutex?");
    await rename(chat, "My own words");
    await chat.question.press("Enter");
    await chat.lastWaybill();
    await simulator.settled();
    assert.equal(asked(), before + 1, "no title is asked for");
    assert.equal(await title(chat).innerText(), "My own words");
  });

  it("goes with the chat that is deleted while it is shown, and comes back with it", async () => {
    const chat = await openChat(workbench);
    await chat.button("Show all chats").click();
    await row("My own words").hover();
    await row("My own words")
      .getByRole("button", { name: /^Delete/ })
      .click();
    await row("My own words").waitFor({ state: "detached" });
    await chat.frame.getByText("Ask about your code").waitFor();
    assert.equal(await title(chat).innerText(), "New chat");
    await fadedScreenshot(workbench, "title-deleted");
    await workbench.page.getByRole("button", { name: "Undo", exact: true }).click();
    await title(chat).filter({ hasText: "My own words" }).waitFor();
    assert.equal(await chat.answers.count(), 1);
  });
});

describe("commands of the composer", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ simulator, workbench } = opened));

  const toast = (text: RegExp) => workbench.page.locator(".notification-toast", { hasText: text });

  it("lead to what they say without asking a model, and leave an empty field", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("/why");
    await toast(/No answer of this chat has a route to show yet/).waitFor();
    await chat.ask("/budget");
    await workbench.page.getByPlaceholder(/Choose a limit to change/).waitFor();
    await workbench.page.keyboard.press("Escape");
    await chat.ask("/help");
    await chat.frame.getByRole("dialog", { name: "Keys and commands" }).waitFor();
    await workbench.page.keyboard.press("Escape");
    assert.equal(await chat.question.inputValue(), "");
    assert.equal(sentToModels(simulator).length, 0);
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("show why, and start afresh with the keyboard in the field", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("What is a closure?");
    await chat.lastWaybill();
    await chat.ask("/why");
    await workbench.page.getByRole("tab", { name: "Waybill: Routing" }).waitFor();
    await chat.question.focus();
    await chat.ask("/clear");
    await chat.frame.getByText("Ask about your code").waitFor();
    await chat.frame.locator("waybill-question textarea:focus").waitFor();
    assert.equal(await chat.question.inputValue(), "");
    await chat.ask("/why is the sky blue?");
    await chat.lastWaybill();
    assert.equal(await chat.frame.locator("waybill-user-message .text").innerText(), "/why is the sky blue?");
  });
});
