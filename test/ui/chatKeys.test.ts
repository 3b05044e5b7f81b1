import assert from "node:assert/strict";
import type { Simulator } from "../simulator/startSimulator.ts";
import { type ChatPage, openNewChat, untilWriting } from "./chatPage.ts";
import { eventually } from "../setup/eventually.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const MOST_TABS = 60;

describe("the chat by keyboard", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: { tokensPerSecond: 400, firstTokenMs: 50 } } },
    (opened) => ({ simulator, workbench } = opened),
  );

  const press = (key: string) => workbench.page.keyboard.press(key);
  const toast = () => workbench.page.locator(".notification-toast");

  async function pressOn(chat: ChatPage, name: string): Promise<void> {
    await chat.button(name).last().focus();
    await press("Enter");
  }

  /** Waits until the keyboard is there. */
  async function assertFocus(chat: ChatPage, name: string | RegExp, when: string): Promise<void> {
    const check = async () => {
      const focused = await focusedName(chat);
      assert.ok(typeof name === "string" ? focused === name : name.test(focused), `${when}: ${focused}`);
    };
    await eventually(check, 5_000);
    // What goes with the next frames would take the keyboard along.
    await workbench.page.waitForTimeout(200);
    await check();
  }

  it("goes through two answers in the order in which they are seen", async () => {
    const chat = await openNewChat(workbench);
    for (const [index, text] of ["What is a closure?", "And a promise?"].entries()) {
      await chat.ask(text);
      await chat.answers.nth(index).locator("waybill-receipt").waitFor({ timeout: 30_000 });
    }
    await chat.frame.locator("waybill-message-list .scroller").hover();
    await chat.button("Rename this chat").focus();
    const names = ["Rename this chat"];
    while (names.at(-1) !== "Question" && names.length < MOST_TABS) {
      await press("Tab");
      names.push(await focusedName(chat));
    }
    const question = ["Edit and ask again", "Delete this question"];
    const answer = ["Reasoning", "Copy", "More Actions", "Code", "Table", "Waybill", "Try Stronger", "Copy Answer"];
    const actions = ["Answer again", "Answer again with another model…", "Delete this answer"];
    const exchange = [...question, ...answer, ...actions];
    const title = ["Rename this chat", "New chat", "Show all chats"];
    const expected = [...title, "Conversation", ...exchange, ...exchange, "Question"];
    assert.deepEqual(names.map(shortName), expected);
    await press("Tab");
    assert.match(await focusedName(chat), /^Model: /);
  });

  it("never loses its place", async () => {
    const chat = await openNewChat(workbench);
    await chat.question.fill("What is a closure?");
    await pressOn(chat, "Send");
    await assertFocus(chat, "Question", "after Send");
    await chat.lastWaybill();
    await assertFocus(chat, "Question", "after the answer");

    simulator.faultNext({ kind: "pace", tokensPerSecond: 10 });
    await chat.ask("What is a fiber?");
    await untilWriting(chat.answers.last());
    await pressOn(chat, "Stop");
    await chat.answers.last().getByText("Stopped.").waitFor();
    await assertFocus(chat, "Question", "after Stop");

    simulator.faultNext({ kind: "pace", tokensPerSecond: 10 });
    await chat.ask("What is a thread?");
    await untilWriting(chat.answers.last());
    await press("Escape");
    await chat.answers.last().getByText("Stopped.").waitFor();
    await assertFocus(chat, "Question", "after Escape");

    await pressOn(chat, "Delete this question");
    await chat.answers.nth(2).waitFor({ state: "detached" });
    await assertFocus(chat, "Question", "after a question was deleted");
    await pressOn(chat, "Delete this answer");
    await chat.answers.nth(1).waitFor({ state: "detached" });
    await assertFocus(chat, "Question", "after an answer was deleted");
    await pressOn(chat, "Delete this question");
    await chat.frame.locator("waybill-user-message").nth(1).waitFor({ state: "detached" });
    await toast().first().waitFor();
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("stays on what folds, walks and is worded anew", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("What is a closure?");
    await chat.lastWaybill();
    await chat.waybills.last().focus();
    for (const isOpen of [true, false]) {
      await press("Enter");
      assert.equal(await chat.answers.last().locator("waybill-receipt .unfolded").isVisible(), isOpen);
      await assertFocus(chat, /^Waybill/, "after the waybill was folded");
    }
    await pressOn(chat, "Edit and ask again");
    await assertFocus(chat, "New wording", "in the editor");
    await press("Escape");
    await assertFocus(chat, "Edit and ask again", "after Escape");
    await press("Enter");
    await chat.frame.getByRole("textbox", { name: "New wording" }).fill("What is a mutex?");
    await press("Enter");
    await chat.version("Question 2 of 2").waitFor();
    await assertFocus(chat, /./, "after the new wording");
    await chat.lastWaybill();
    await pressOn(chat, "Previous question");
    await chat.version("Question 1 of 2").waitFor();
    await assertFocus(chat, "Previous question", "after a walk");
    await pressOn(chat, "Answer again");
    await chat.version("Answer 2 of 2").waitFor();
    await assertFocus(chat, /./, "after another answer was asked for");
    await chat.lastWaybill();
    await pressOn(chat, "Previous answer");
    await chat.version("Answer 1 of 2").waitFor();
    await assertFocus(chat, "Previous answer", "after a walk between answers");
  });

  it("comes back from the help, from lists and from boxes", async () => {
    const chat = await openNewChat(workbench);
    await pressOn(chat, "Help");
    await chat.frame.getByRole("dialog", { name: "Keys and commands" }).waitFor();
    await assertFocus(chat, "Close", "in the help");
    await press("Escape");
    await assertFocus(chat, "Help", "after the help");
    const box = (title: string) => workbench.page.locator(".quick-input-widget:visible").getByText(title);
    const boxes = [
      ["Rename this chat", "Waybill: Rename Chat"],
      ["Show all chats", "Waybill: Chats of This Workspace"],
      [/^Model: /u, "Waybill: Model of This Chat"],
    ] as const;
    for (const [button, title] of boxes) {
      await chat.frame.getByRole("button", { name: button }).focus();
      await press("Enter");
      await box(title).waitFor();
      await press("Escape");
      await assertFocus(chat, button, `after ${title}`);
    }
    await pressOn(chat, "Rename this chat");
    await box("Waybill: Rename Chat").waitFor();
    await workbench.page.keyboard.type("Closures");
    await press("Enter");
    await chat.frame.locator("waybill-title").getByText("Closures").waitFor();
    await assertFocus(chat, "Rename this chat", "after the new title");
  });

  it("is told of whole by the help", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("/help");
    const sheet = chat.frame.getByRole("dialog", { name: "Keys and commands" });
    await sheet.waitFor();
    const keys = await sheet.locator("dt kbd").allInnerTexts();
    assert.deepEqual(keys, ["Enter", "Shift+Enter", "Escape", "↑ ↓", "/", "@", "Backspace", "Home End", "Tab"]);
    await press("Escape");
  });
});

/** What a screen reader would call what has the keyboard; empty where nothing has it. */
async function focusedName(chat: ChatPage): Promise<string> {
  return chat.frame.locator("body").evaluate((body) => {
    let active = body.ownerDocument.activeElement;
    if (active === null || active === body) return "";
    while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const text = active instanceof HTMLElement ? active.innerText : "";
    return (active.getAttribute("aria-label") ?? text).replaceAll(/\s+/g, " ").trim() || active.localName;
  });
}

/** Without what differs from answer to answer. */
function shortName(name: string): string {
  return ["Waybill", "Try Stronger"].find((beginning) => name.startsWith(beginning)) ?? name;
}
