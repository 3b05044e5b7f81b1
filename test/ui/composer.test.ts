import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { ChatViewState, ToChatView } from "../../src/protocol/chatMessages.ts";
import { ATTACHMENT_KINDS, type MentionItemView } from "../../src/protocol/composerMessages.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { type ChatPage, openChat, openNewChat, selectLines } from "./chatPage.ts";
import { fadedScreenshot, inEveryTheme, picturedInEveryTheme } from "./everyTheme.ts";
import { narrowSideBar } from "./narrowSideBar.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

/** Above all that the host counts to, so that what it says meanwhile is dropped. */
const SEQUENCE = 1_000_000;

const MENTIONS: readonly MentionItemView[] = [
  { id: "f1", kind: "file", label: "invoice.ts", detail: "src" },
  { id: "s1", kind: "symbol", label: "invoiceTotal", detail: "src/invoice.ts" },
  { id: "d1", kind: "diff", label: "Changes", detail: "what is not committed yet" },
];

/** All that the composer can show at once. */
const FULL: ChatViewState = {
  chatId: "full",
  keyState: "present",
  messages: [],
  draft: "",
  history: ["What is a mutex?"],
  pendingAttachments: ATTACHMENT_KINDS.map((kind, index) => ({
    id: kind,
    kind,
    label: index === 1 ? "src/a/rather/long/path/to/some/file/that/has/a/name.ts" : `${kind} of invoice`,
    languageId: "",
    text: "",
    ...(index < 3 ? { tokens: "1.2k tokens · ≤ $0.0004" } : {}),
    ...(index === 2 ? { note: "Only its beginning fits" } : {}),
  })),
  queued: "And what is a semaphore, in a sentence or two? ".repeat(8).trim(),
  choice: { label: "balanced", title: "Choose a profile or a model for this chat" },
  meter: { text: "3.1k of 128k tokens of the window", share: 0.3 },
  notice: "photo.bin is not text, so it was not attached; nothing was sent.",
  spend: { text: "$0.03 of $2.00 today", share: 0.02, lines: ["Workspace: $0.03 of $2.00, resets at 01:00"] },
};

/** Says something to the page as the host does. */
async function tell(chat: ChatPage, message: ToChatView): Promise<void> {
  await chat.frame
    .locator("waybill-chat")
    .evaluate((_, data) => void window.dispatchEvent(new MessageEvent("message", { data })), message);
}

/** Presses a key as input methods do: some browsers say that it composes, others have ended the composition already. */
async function composeWith(field: Locator, key: string): Promise<void> {
  await field.evaluate(async (element, pressed) => {
    for (const isComposing of [true, false]) {
      const how = { key: pressed, keyCode: 229, isComposing, bubbles: true, composed: true, cancelable: true };
      element.dispatchEvent(new KeyboardEvent("keydown", how));
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }, key);
}

describe("the composer", function () {
  this.timeout(240_000);
  let workbench: Workbench;
  withWindow({ simulator: { pace: { tokensPerSecond: 400, firstTokenMs: 50 } } }, (opened) => ({ workbench } = opened));

  const options = (chat: ChatPage) => chat.frame.getByRole("option");
  const active = (chat: ChatPage) => chat.frame.locator('[role="option"][aria-selected="true"] .label');
  const help = (chat: ChatPage) => chat.frame.getByRole("dialog", { name: "Keys and commands" });
  const isFocused = (chat: ChatPage) => chat.question.evaluate((field) => field.matches(":focus"));

  it("offers commands, walks through questions of before, and shows what goes along", async () => {
    await workbench.openFile("src/invoice.ts");
    const chat = await openNewChat(workbench);
    await chat.question.pressSequentially("/ref");
    assert.equal(await active(chat).innerText(), "/refactor");
    await chat.question.press("Escape");
    await options(chat).first().waitFor({ state: "detached" });
    assert.equal(await chat.question.inputValue(), "/ref");
    await chat.question.fill("");
    await chat.question.pressSequentially("/");
    const count = await options(chat).count();
    await assertAccessible(workbench.page, "waybill-chat", "commands");
    await chat.question.press("ArrowDown");
    assert.equal(await active(chat).innerText(), await options(chat).nth(1).locator(".label").innerText());
    await chat.question.press("ArrowUp");
    await chat.question.press("ArrowUp");
    assert.equal(await chat.question.getAttribute("aria-activedescendant"), `completion-${count - 1}`);
    await chat.question.pressSequentially("expl");
    await chat.question.press("Tab");
    assert.equal(await chat.question.inputValue(), "/explain ");

    await chat.ask("What is a mutex?");
    await chat.lastWaybill();
    await chat.question.press("ArrowUp");
    assert.equal(await chat.question.inputValue(), "What is a mutex?");
    await chat.question.press("ArrowDown");
    assert.equal(await chat.question.inputValue(), "");

    await selectLines(workbench.page, 16, 22);
    const chip = chat.frame.getByRole("list", { name: "Sent along with the next question" }).getByRole("listitem");
    await chip.filter({ hasText: "src/invoice.ts:16-22" }).waitFor();
    await chat.question.focus();
    await chat.question.press("Backspace");
    await chip.waitFor({ state: "detached" });
    assert.ok(await isFocused(chat));

    await chat.ask("/why");
    const routing = workbench.page.getByRole("tab", { name: "Waybill: Routing" });
    await routing.waitFor();
    await chat.ask("/clear");
    await chat.answers.first().waitFor({ state: "detached" });
    assert.equal(await chat.question.inputValue(), "");
  });

  it("leaves the keys of a composition to the input method, also in a question that is worded anew", async () => {
    const chat = await openNewChat(workbench);
    const questions = chat.frame.locator("waybill-user-message");
    await chat.question.fill("什么是闭包");
    await composeWith(chat.question, "Enter");
    assert.equal(await chat.question.inputValue(), "什么是闭包");
    assert.equal(await questions.count(), 0);
    await chat.question.press("Enter");
    await chat.lastWaybill();
    assert.equal(await questions.count(), 1);
    await chat.button("Edit and ask again").click();
    const wording = chat.frame.getByRole("textbox", { name: "New wording" });
    for (const key of ["Enter", "Escape"]) {
      await composeWith(wording, key);
      assert.equal(await wording.inputValue(), "什么是闭包", key);
    }
    await wording.press("Escape");
    await wording.waitFor({ state: "detached" });
  });

  it("opens its help by button and command, and gives the keyboard back", async () => {
    const chat = await openNewChat(workbench);
    await chat.question.focus();
    await chat.frame.getByRole("button", { name: "Help" }).click();
    await help(chat).waitFor();
    await chat.frame.getByText("Find and mend a mistake").waitFor();
    await workbench.page.keyboard.press("Escape");
    await help(chat).waitFor({ state: "hidden" });
    await chat.ask("/help");
    await help(chat).waitFor();
    assert.equal(await chat.question.inputValue(), "");
    await picturedInEveryTheme(workbench, async (theme) => {
      await fadedScreenshot(workbench, `composer-help-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", `help, ${theme}`);
    });
    await help(chat).getByRole("button", { name: "Close" }).click();
    await help(chat).waitFor({ state: "hidden" });
    assert.ok(await isFocused(chat));
  });

  it("shows mentions, chips, the next question and the window, and tells the host which mention was picked", async () => {
    // A new chat would be told to the page behind what is told here.
    const chat = await openChat(workbench);
    await tell(chat, { type: "snapshot", sequence: SEQUENCE, state: FULL });
    await chat.frame.getByText("Next:").waitFor();
    const requestIds = await watchRequests(chat);
    await inEveryTheme(workbench, async (theme) => {
      await tell(chat, { type: "snapshot", sequence: SEQUENCE, state: FULL });
      await chat.question.fill("");
      await chat.question.pressSequentially("see @in");
      const requestId = (await requestIds()).at(-1) ?? -1;
      const offered = { kind: "mentions-offered", requestId, items: MENTIONS } as const;
      await tell(chat, { type: "delta", sequence: SEQUENCE + 1, change: offered });
      await options(chat).nth(2).waitFor();
      await fadedScreenshot(workbench, `composer-full-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", `composer, ${theme}`);
    });
    await chat.question.press("ArrowDown");
    await chat.question.press("Enter");
    assert.equal(await chat.question.inputValue(), "see ");
    assert.equal(await options(chat).count(), 0);
    await narrowSideBar(workbench);
    await fadedScreenshot(workbench, "composer-narrow");
    const overflow = await chat.frame
      .locator("waybill-composer-bar .bar")
      .evaluate((bar) => bar.scrollWidth - bar.clientWidth);
    assert.ok(overflow <= 0, "the row of buttons fits");
  });

  /** What the page asks the host to complete, by the ids of its requests. */
  async function watchRequests(chat: ChatPage): Promise<() => Promise<readonly number[]>> {
    const page = chat.frame.locator("waybill-chat");
    await page.evaluate((element) => {
      element.setAttribute("data-requests", "[]");
      element.addEventListener("chat-request", (event) => {
        const message: unknown = "message" in event ? event.message : undefined;
        if (typeof message !== "object" || message === null || !("requestId" in message)) return;
        const before: unknown = JSON.parse(element.getAttribute("data-requests") ?? "[]");
        element.setAttribute(
          "data-requests",
          JSON.stringify([...(Array.isArray(before) ? before : []), message.requestId]),
        );
      });
    });
    return async () => {
      const ids: unknown = JSON.parse((await page.getAttribute("data-requests")) ?? "[]");
      return Array.isArray(ids) ? ids.map(Number) : [];
    };
  }
});
