import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { type Simulator, startSimulator } from "../simulator/startSimulator.ts";
import { type ChatPage, openChat, selectLines } from "./chatPage.ts";
import { type WorkbenchHost, startWorkbenchHost } from "./workbench.ts";

const THEMES = ["light", "dark", "highContrast", "highContrastLight"] as const;

describe("the chat view", function () {
  this.timeout(180_000);
  let simulator: Simulator;
  let host: WorkbenchHost;
  before(async () => {
    simulator = await startSimulator({ pace: { tokensPerSecond: 400, firstTokenMs: 100 } });
    host = await startWorkbenchHost({ environment: { WAYBILL_DEVELOPMENT_KEY: simulator.key } });
  });
  after(async () => {
    await host.close();
    await simulator.close();
  });

  for (const theme of THEMES) {
    it(`is readable and accessible in ${theme}, empty and with an answer`, async () => {
      const workbench = await host.openWorkbench({ theme, settings: { "waybill.gateway.url": simulator.baseUrl } });
      try {
        await workbench.openFile("src/invoice.ts");
        const chat = await openChat(workbench);
        await chat.frame.getByText("Ask about your code").waitFor();
        await workbench.screenshot(`chat-empty-${theme}`);
        await assertAccessible(workbench.page);
        await selectLines(workbench.page, 16, 22);
        await chat.ask("Explain what this function does");
        await chat.lastWaybill();
        await chat.unfoldLastWaybill();
        await workbench.screenshot(`chat-answer-${theme}`);
        await assertAccessible(workbench.page);
      } finally {
        await workbench.close();
      }
    });
  }

  it("keeps its conversation and its draft when hidden, shown again, and when the window is reloaded", async () => {
    const workbench = await host.openWorkbench({ settings: { "waybill.gateway.url": simulator.baseUrl } });
    try {
      let chat = await openChat(workbench);
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
    } finally {
      await workbench.close();
    }
  });

  it("keeps an answer that was cut by a reload, marks it, and goes on when asked to", async () => {
    const workbench = await host.openWorkbench({ settings: { "waybill.gateway.url": simulator.baseUrl } });
    try {
      let chat = await openChat(workbench);
      simulator.faultNext({ kind: "pace", tokensPerSecond: 12 });
      await chat.ask("What is a monad?");
      await workbench.page.waitForTimeout(5_000);
      await workbench.reloadWindow();
      chat = await openChat(workbench);
      await chat.problems.getByText("The window closed before this answer ended").waitFor();
      assert.ok((await chat.lastText()).length > 20);
      await chat.problems.getByRole("button", { name: "Try Again" }).click();
      await chat.frame.locator("waybill-answer").nth(1).locator("waybill-receipt").waitFor({ timeout: 30_000 });
      assert.equal(await chat.answers.count(), 2);
    } finally {
      await workbench.close();
    }
  });

  it("stops at once, keeps the text, and shows what it cost", async () => {
    const workbench = await host.openWorkbench({ settings: { "waybill.gateway.url": simulator.baseUrl } });
    try {
      const chat = await openChat(workbench);
      simulator.faultNext({ kind: "pace", tokensPerSecond: 25 });
      await chat.ask("Explain event loops at length");
      await chat.answers
        .last()
        .locator("waybill-markdown")
        .getByText(/\w{3,}/)
        .first()
        .waitFor();
      await chat.frame.getByRole("button", { name: "Stop" }).click();
      await chat.frame.getByRole("button", { name: "Send" }).waitFor();
      await chat.lastWaybill();
      await chat.answers
        .last()
        .getByText(/stopped/i)
        .first()
        .waitFor();
      await workbench.screenshot("chat-stopped");
    } finally {
      await workbench.close();
    }
  });

  it("starts a new chat and fits into a narrow side bar", async () => {
    const workbench = await host.openWorkbench({
      settings: { "waybill.gateway.url": simulator.baseUrl },
      viewport: { width: 700, height: 700 },
    });
    try {
      const chat = await openChat(workbench);
      await chat.ask("Write a function that adds two numbers");
      await chat.lastWaybill();
      await workbench.screenshot("chat-narrow");
      await chat.frame.getByRole("button", { name: "New chat" }).click();
      await chat.frame.getByText("Ask about your code").waitFor();
      assert.equal(await chat.answers.count(), 0);
    } finally {
      await workbench.close();
    }
  });
});

async function assertSame(chat: ChatPage, expected: { line: string; text: string }): Promise<void> {
  assert.equal(await chat.lastWaybill(), expected.line);
  assert.equal(await chat.lastText(), expected.text);
  assert.equal(await chat.question.inputValue(), "a question I have not sent");
}

/** Only our own document: the workbench around it is not ours to mend. */
async function assertAccessible(page: Page): Promise<void> {
  const results = await new AxeBuilder({ page })
    .include([["iframe.webview"], ["iframe#active-frame"], ["waybill-chat"]] as never)
    .analyze();
  const found = results.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
  );
  assert.deepEqual(found, []);
}
