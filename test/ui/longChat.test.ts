import assert from "node:assert/strict";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { openChatStore } from "../../src/store/chatStore.ts";
import type { Simulator } from "../simulator/startSimulator.ts";
import { storedChat, storedMessage } from "../store/chatFolder.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { type ChatPage, openChat, openNewChat } from "./chatPage.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const MESSAGES = 2_000;
/** Far fewer than a page that held every message, with room for what is kept beside those near what is seen. */
const MOST_ROWS = 80;

describe("a chat of 2,000 messages", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: { tokensPerSecond: 200, firstTokenMs: 50 } } },
    (opened) => ({ simulator, workbench } = opened),
  );

  const rows = ({ frame }: ChatPage) => frame.locator("waybill-message-list [data-key]");
  const row = ({ frame }: ChatPage, number: number) =>
    frame.locator(`waybill-message-list [aria-posinset="${number}"]`);
  const scroller = ({ frame }: ChatPage) => frame.getByRole("group", { name: "Conversation", exact: true });

  async function assertBounded(chat: ChatPage): Promise<void> {
    const count = await rows(chat).count();
    assert.ok(count > 1 && count < MOST_ROWS, `${count} messages are in the page`);
  }

  /** Numbers of the messages that are in the page, in its order. */
  async function numbers(chat: ChatPage): Promise<readonly number[]> {
    return await rows(chat).evaluateAll((all) => all.map((each) => Number(each.getAttribute("aria-posinset"))));
  }

  async function topOf(message: Locator): Promise<number> {
    return (await message.boundingBox())?.y ?? Number.NaN;
  }

  before(async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("What is a monad?");
    await chat.lastWaybill();
    await simulator.settled();
    const store = await openChatStore(join(workbench.storageFolder, "chats.sqlite"));
    const [asked] = await store.listChats({ limit: 1 });
    assert.ok(asked);
    const { workspace } = asked;
    const messages = Array.from({ length: MESSAGES }, (_, index) =>
      storedMessage(`m${index + 1}`, {
        role: index % 2 === 0 ? "user" : "assistant",
        ...(index === 0 ? {} : { parentId: `m${index}` }),
        text: textOf(index + 1),
      }),
    );
    await store.importChat(
      storedChat("long", { workspace, title: "A long one", titleSource: "person", messages }),
      Date.now(),
    );
    store.close();
    await workbench.runCommand("Waybill: Chats");
    const widget = workbench.page.locator(".quick-input-widget:visible");
    await widget.locator(".monaco-list-row", { hasText: "A long one" }).click();
    await row(chat, MESSAGES).waitFor();
  });

  it("opens at its end and holds only what is near it", async () => {
    const chat = await openChat(workbench);
    await row(chat, MESSAGES).getByText(`Message ${MESSAGES}.`).waitFor();
    await assertBounded(chat);
    assert.equal(await row(chat, MESSAGES).getAttribute("aria-setsize"), String(MESSAGES));
    await workbench.screenshot("chat-long");
  });

  it("is scrolled by wheel through page after page, each message once and in its place", async () => {
    const chat = await openChat(workbench);
    await scroller(chat).hover();
    for (let turn = 0; turn < 60; turn += 1) {
      await workbench.page.mouse.wheel(0, -600);
      await workbench.page.waitForTimeout(30);
    }
    await workbench.page.waitForTimeout(500);
    const shown = await numbers(chat);
    assert.ok((shown[0] ?? MESSAGES) < MESSAGES - 50, "older messages have come");
    assert.deepEqual(
      shown,
      [...new Set(shown)].toSorted((one, other) => one - other),
    );
    await assertBounded(chat);
    await chat.frame.getByRole("button", { name: "Jump to latest" }).waitFor();
  });

  it("is walked by keyboard to its first message and back to its last", async () => {
    const chat = await openChat(workbench);
    await scroller(chat).focus();
    await workbench.page.keyboard.press("Home");
    await row(chat, 1).getByText("Message 1.").waitFor();
    await assertBounded(chat);
    await workbench.page.keyboard.press("PageDown");
    await workbench.page.waitForTimeout(500);
    assert.ok((await topOf(row(chat, 1))) < (await topOf(scroller(chat))), "the first message moved up");
    await workbench.page.keyboard.press("End");
    await row(chat, MESSAGES).getByText(`Message ${MESSAGES}.`).waitFor();
    await row(chat, 1).waitFor({ state: "detached" });
    await assertBounded(chat);
  });

  it("keeps what is typed and selected in messages that are scrolled away", async () => {
    const chat = await openChat(workbench);
    // Before the last ones, which are always in the page.
    const question = row(chat, MESSAGES - 11);
    const answer = row(chat, MESSAGES - 12);
    await scroller(chat).hover();
    for (let turn = 0; turn < 30 && (await answer.count()) === 0; turn += 1) {
      await workbench.page.mouse.wheel(0, -300);
      await workbench.page.waitForTimeout(100);
    }
    await question.getByRole("button", { name: "Edit and ask again" }).click();
    const field = question.getByRole("textbox", { name: "New wording" });
    await field.fill("half a thought");
    await answer.getByText(`Message ${MESSAGES - 12}.`).dblclick();
    await field.focus();
    await scrollFarUp(chat);
    assert.equal(await field.inputValue(), "half a thought");
    await workbench.page.keyboard.type(", and more");
    assert.equal(await field.inputValue(), "half a thought, and more", "the focus stayed in it");
    await chat.frame.getByRole("button", { name: "Jump to latest" }).click();
    await field.press("Escape");
    await field.waitFor({ state: "detached" });
    await row(chat, MESSAGES).getByText(`Message ${MESSAGES}.`).dblclick();
    await answer.getByText(`Message ${MESSAGES - 12}.`).dblclick();
    await scrollFarUp(chat);
    assert.equal(await answer.count(), 1, "a message with selected text stays");
    assert.equal(await row(chat, MESSAGES - 9).count(), 0, "and others go");
    await assertAccessible(workbench.page, "waybill-chat", "dark");
    await chat.frame.getByRole("button", { name: "Jump to latest" }).click();
  });

  it("keeps what is being read in its place while an answer grows below", async () => {
    const chat = await openChat(workbench);
    await chat.ask("Tell me more about closures");
    await row(chat, MESSAGES + 2).waitFor();
    await scroller(chat).hover();
    await workbench.page.mouse.wheel(0, -1500);
    await workbench.page.waitForTimeout(400);
    const read = await middleRow(chat);
    const before = await topOf(read);
    await chat.lastWaybill();
    await workbench.page.waitForTimeout(300);
    assert.equal(await topOf(read), before);
    await chat.frame.getByRole("button", { name: "Jump to latest" }).click();
    await chat.frame.getByRole("button", { name: "Jump to latest" }).waitFor({ state: "detached" });
    const end = await scroller(chat).evaluate((each) => each.scrollHeight - each.clientHeight - each.scrollTop);
    assert.ok(end <= 2, `${end} pixels above the end`);
  });

  async function scrollFarUp(chat: ChatPage): Promise<void> {
    await scroller(chat).hover();
    for (let turn = 0; turn < 12; turn += 1) {
      await workbench.page.mouse.wheel(0, -600);
      await workbench.page.waitForTimeout(30);
    }
    await workbench.page.waitForTimeout(400);
  }

  /** The message in the middle of what is seen, by its place. */
  async function middleRow(chat: ChatPage): Promise<Locator> {
    const view = await scroller(chat).boundingBox();
    assert.ok(view);
    const middle = view.y + view.height / 2;
    for (const number of await numbers(chat)) {
      const box = await row(chat, number).boundingBox();
      if (box !== null && box.y <= middle && box.y + box.height + 20 > middle) return row(chat, number);
    }
    throw new Error("No message is in the middle of the list.");
  }
});

/** Short and long ones, with blocks that take their height only when they are rendered. */
function textOf(number: number): string {
  const code = number % 6 === 0 ? `\n\n\`\`\`ts\nconst value = ${number};\n\`\`\`` : "";
  return `Message ${number}. ${"Some more words of it. ".repeat((number * 7) % 40)}${code}`;
}
