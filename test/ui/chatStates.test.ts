import assert from "node:assert/strict";
import type { Simulator } from "../simulator/startSimulator.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { type ChatPage, openChat, openNewChat, selectLines, untilWriting } from "./chatPage.ts";
import { inEveryTheme, picturedInEveryTheme } from "./everyTheme.ts";
import { sentToModels } from "./sentToModels.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

describe("the chat view", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: { tokensPerSecond: 400, firstTokenMs: 100 } } },
    (opened) => ({ simulator, workbench } = opened),
  );

  async function lookAtEveryTheme(name: string, inThemes = picturedInEveryTheme): Promise<void> {
    await inThemes(workbench, async (theme) => {
      await workbench.screenshot(`${name}-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", theme);
    });
  }

  it("is readable and accessible in every theme while it is empty", async () => {
    await workbench.openFile("src/invoice.ts");
    const chat = await openChat(workbench);
    await chat.frame.getByText("Ask about your code").waitFor();
    await lookAtEveryTheme("chat-empty");
  });

  it("is readable and accessible in every theme with an answer and its waybill", async () => {
    await workbench.openFile("src/invoice.ts");
    const chat = await openChat(workbench);
    await selectLines(workbench.page, 16, 22);
    await chat.ask("Explain what this function does");
    await chat.lastWaybill();
    await chat.unfoldLastWaybill();
    await lookAtEveryTheme("chat-answer", inEveryTheme);
  });

  it("shows a problem with its one action in every theme", async () => {
    const chat = await openChat(workbench);
    simulator.faultNext({ kind: "error", error: "bad-key" });
    await chat.ask("and this?");
    await chat.problems.last().getByRole("button", { name: "Enter Key" }).waitFor();
    await lookAtEveryTheme("chat-problem");
  });

  it("says that it tries again, and lists in the waybill what was tried", async () => {
    const chat = await openNewChat(workbench);
    const retryAfterSeconds = 2;
    simulator.faultNext({ kind: "error", error: "provider-overloaded", models: "all", retryAfterSeconds, times: 3 });
    await chat.ask("What is a mutex?");
    await chat.answers
      .last()
      .getByText(/was overloaded; asking/)
      .waitFor();
    await workbench.screenshot("chat-retry");
    await chat.lastWaybill();
    assert.match(await chat.unfoldLastWaybill(), /Tried before.*was overloaded; nothing was charged/s);
    await lookAtEveryTheme("chat-tried-before");
  });

  it("continues a broken answer when asked to, with the most it may cost beside the button", async () => {
    const chat = await openNewChat(workbench);
    simulator.faultNext({ kind: "cut", afterChunks: 40 });
    await chat.ask("What is a semaphore?");
    const broken = chat.problems.last();
    await broken.getByText(/Going on, or asking again, may cost up to \$0\.\d+ more/).waitFor();
    await broken.getByRole("button", { name: "Try Again" }).waitFor();
    await lookAtEveryTheme("chat-broken");
    await broken.getByRole("button", { name: "Continue from Here" }).click();
    await chat.untilAnswered(2);
    assert.equal(await chat.answers.count(), 2);
    assert.match(sentToModels(simulator).at(-1) ?? "", /Your last answer broke off/);
    await workbench.screenshot("chat-continued");
  });

  it("stops at once, keeps the text, and shows what it cost", async () => {
    const chat = await openChat(workbench);
    simulator.faultNext({ kind: "pace", tokensPerSecond: 25 });
    await chat.ask("Explain event loops at length");
    await untilWriting(chat.answers.last());
    await chat.frame.getByRole("button", { name: "Stop" }).click();
    await chat.frame.getByRole("button", { name: "Send" }).waitFor();
    await chat.lastWaybill();
    await chat.answers.last().getByText("Stopped.").waitFor();
    await workbench.screenshot("chat-stopped");
  });

  it("starts a new chat at once, also while an answer is still arriving", async () => {
    const chat = await openChat(workbench);
    simulator.faultNext({ kind: "pace", tokensPerSecond: 10 });
    await chat.ask("Tell me about generators");
    await untilWriting(chat.answers.last());
    await chat.frame.getByRole("button", { name: "New chat" }).click();
    await chat.frame.getByText("Ask about your code").waitFor();
    await workbench.page.waitForTimeout(1_500);
    assert.equal(await chat.answers.count(), 0);
  });

  it("fits into a narrow side bar", async () => {
    const chat = await openNewChat(workbench);
    await workbench.page.setViewportSize({ width: 700, height: 700 });
    try {
      await chat.ask("Write a function that adds two numbers");
      await chat.lastWaybill();
      await workbench.screenshot("chat-narrow");
    } finally {
      await workbench.page.setViewportSize({ width: 1280, height: 800 });
    }
  });

  it("keeps its conversation and its draft when hidden, shown again, and when the window is reloaded", async () => {
    let chat = await openNewChat(workbench);
    await chat.ask("What is a closure?");
    const line = await chat.lastWaybill();
    const text = await chat.lastText();
    await chat.question.fill("a question I have not sent");

    await workbench.runCommand("View: Show Explorer");
    chat = await openChat(workbench);
    await assertSame(chat, { line, text });

    await workbench.page.waitForTimeout(600);
    await workbench.reloadWindow();
    chat = await openChat(workbench);
    await assertSame(chat, { line, text });
    await chat.question.fill("");
  });

  it("keeps an answer that was cut by a reload, marks it, and goes on when asked to", async () => {
    let chat = await openNewChat(workbench);
    simulator.faultNext({ kind: "pace", tokensPerSecond: 4 });
    await chat.ask("What is a monad?");
    await chat.answers
      .last()
      .locator("waybill-markdown")
      .getByText(/\w{3,}/)
      .first()
      .waitFor({ timeout: 60_000 });
    await workbench.page.waitForTimeout(2_500);
    const before = await chat.answers.count();
    await workbench.reloadWindow();
    chat = await openChat(workbench);
    await chat.problems.getByText("The window closed before this answer ended").waitFor();
    assert.ok((await chat.lastText()).length > 2);
    await chat.problems.getByRole("button", { name: "Try Again" }).click();
    await chat.version("Answer 2 of 2").waitFor({ timeout: 30_000 });
    await chat.lastWaybill();
    assert.equal(await chat.answers.count(), before, "the answer that was cut stands beside the new one");
  });
});

async function assertSame(chat: ChatPage, expected: { line: string; text: string }): Promise<void> {
  assert.equal(await chat.lastWaybill(), expected.line);
  assert.equal(await chat.lastText(), expected.text);
  assert.equal(await chat.question.inputValue(), "a question I have not sent");
}
