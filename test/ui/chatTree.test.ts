import assert from "node:assert/strict";
import type { Simulator } from "../simulator/startSimulator.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { type ChatPage, openChat, openNewChat, untilWriting } from "./chatPage.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { sentToModels } from "./sentToModels.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

describe("a chat as a tree", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: { tokensPerSecond: 400, firstTokenMs: 50 } } },
    (opened) => ({ simulator, workbench } = opened),
  );

  const asked = () => sentToModels(simulator);
  const questions = (chat: ChatPage) => chat.frame.locator("waybill-user-message .text");

  it("keeps both wordings of an edited question, to walk between by keyboard", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("What is a closure?");
    await chat.lastWaybill();
    await chat.ask("And a promise?");
    await chat.untilAnswered(2);
    await chat.button("Edit and ask again").first().click();
    const field = chat.frame.getByRole("textbox", { name: "New wording" });
    await field.fill("What is a mutex?");
    await field.press("Enter");
    await chat.version("Question 2 of 2").waitFor();
    await chat.lastWaybill();
    assert.deepEqual(await questions(chat).allInnerTexts(), ["What is a mutex?"]);
    assert.ok(!asked().at(-1)?.includes("closure"), "only the shown branch is sent");
    await picturedInEveryTheme(workbench, async (theme) => {
      await chat.answers.last().hover();
      await fadedScreenshot(workbench, `chat-tree-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", theme);
    });
    await chat.button("Previous question").focus();
    await workbench.page.keyboard.press("Enter");
    await chat.version("Question 1 of 2").waitFor();
    assert.deepEqual(await questions(chat).allInnerTexts(), ["What is a closure?", "And a promise?"]);
    const focused = chat.version("Question 1 of 2").locator("button:focus");
    assert.equal(await focused.getAttribute("aria-label"), "Previous question", "the focus stays on the walker");
  });

  it("deletes a message with what follows it, and brings it back", async () => {
    const chat = await openChat(workbench);
    await chat.button("Delete this question").last().click();
    await questions(chat).nth(1).waitFor({ state: "detached" });
    assert.equal(await chat.answers.count(), 1);
    // The button that had the keyboard went with its message.
    await chat.frame.locator("waybill-question textarea:focus").waitFor();
    await workbench.page.getByRole("button", { name: "Undo", exact: true }).click();
    await questions(chat).nth(1).waitFor();
    assert.equal(await chat.answers.count(), 2);
  });

  it("answers again, also by a model that is chosen for once", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("What is a generator?");
    await chat.lastWaybill();
    await chat.button("Answer again").click();
    await chat.version("Answer 2 of 2").waitFor();
    await chat.lastWaybill();
    await chat.button("Answer again with another model…").click();
    const input = workbench.page.locator(".quick-input-widget:visible .quick-input-box input");
    await input.fill("Claude");
    await workbench.page.locator(".quick-input-list .monaco-list-row.focused").filter({ hasText: "Claude" }).waitFor();
    await workbench.page.waitForTimeout(500);
    await workbench.screenshot("chat-choose-model");
    await input.press("Enter");
    await chat.version("Answer 3 of 3").waitFor();
    assert.match(await chat.lastWaybill(), /Claude/);
    assert.match(asked().at(-1) ?? "", /"model":"anthropic\//);
  });

  it("goes on in a chat that is left, and shows it complete when it is opened again", async () => {
    const chat = await openNewChat(workbench);
    simulator.faultNext({ kind: "pace", tokensPerSecond: 60 });
    await chat.ask("Tell me about event loops");
    await untilWriting(chat.answers.last());
    await chat.button("New chat").click();
    await chat.frame.getByText("Ask about your code").waitFor();
    simulator.faultNext({ kind: "pace", tokensPerSecond: 400 });
    await chat.ask("What is a monad?");
    await chat.lastWaybill();
    await simulator.settled();
    await chat.button("Show all chats").click();
    const row = workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "Tell me about event loops" });
    await row.click();
    await questions(chat).filter({ hasText: "Tell me about event loops" }).waitFor();
    await chat.lastWaybill();
    assert.equal(await chat.answers.last().getByText("Stopped.").count(), 0);
    assert.ok((await chat.lastText()).length > 100);
  });

  it("asks a question that waits once the answer has ended, and gives it back when that is stopped", async () => {
    const chat = await openNewChat(workbench);
    simulator.faultNext({ kind: "pace", tokensPerSecond: 60 });
    await chat.ask("What is a fiber?");
    await untilWriting(chat.answers.last());
    await chat.ask("And a coroutine?");
    await chat.frame.locator("waybill-composer-line").getByText("And a coroutine?").waitFor();
    await workbench.screenshot("chat-queued");
    await chat.untilAnswered(2);
    assert.deepEqual(await questions(chat).allInnerTexts(), ["What is a fiber?", "And a coroutine?"]);
    simulator.faultNext({ kind: "pace", tokensPerSecond: 20 });
    await chat.ask("What is a thread?");
    await untilWriting(chat.answers.nth(2));
    await chat.ask("And a process?");
    await chat.frame.locator("waybill-composer-line").getByText("And a process?").waitFor();
    await chat.button("Stop").click();
    await chat.answers.last().getByText("Stopped.").waitFor();
    await chat.frame.locator("waybill-composer-line").getByText("And a process?").waitFor({ state: "detached" });
    assert.equal(await chat.question.inputValue(), "And a process?");
    assert.equal(await chat.answers.count(), 3);
    await chat.question.fill("");
  });

  it("uses the profile that was chosen for it, also after a reload, and no other chat does", async () => {
    let chat = await openNewChat(workbench);
    await chat.ask("What is a lock?");
    await chat.lastWaybill();
    await chat.button("Model: Auto").click();
    await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "quality" }).click();
    await chat.button("Model: quality").waitFor();
    await workbench.page.waitForTimeout(600);
    await workbench.reloadWindow();
    chat = await openChat(workbench);
    await chat.button("Model: quality").waitFor();
    await chat.ask("And a spin lock?");
    await chat.untilAnswered(2);
    assert.match(await chat.unfoldLastWaybill(), /quality/);
    await chat.button("New chat").click();
    await chat.button("Model: Auto").waitFor();
  });
});
