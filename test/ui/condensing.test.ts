import assert from "node:assert/strict";
import type { Simulator } from "../simulator/startSimulator.ts";
import { storedMessage } from "../store/chatFolder.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { type ChatPage, openNewChat } from "./chatPage.ts";
import { eventually } from "../setup/eventually.ts";
import { fadedScreenshot, picturedInEveryTheme } from "./everyTheme.ts";
import { queryLedger } from "./ledgerFile.ts";
import { openStoredChat } from "./storedChats.ts";
import { sentToModels } from "./sentToModels.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

/** Two exchanges, of which the first answer fills a part of every model's window. */
const LONG_CHAT = [
  storedMessage("q1", { text: "How does the parser keep its place?" }),
  storedMessage("a1", {
    role: "assistant",
    parentId: "q1",
    text: "It counts lines and columns as it goes. ".repeat(3_000),
  }),
  storedMessage("q2", { parentId: "a1", text: "And where do errors come from?" }),
  storedMessage("a2", { role: "assistant", parentId: "q2", text: "From `reportError`, with the place of the token." }),
];
const TITLE = "Parsing with places";

describe("condensing a chat", function () {
  this.timeout(240_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow(
    { simulator: { pace: "instant" }, settings: { "waybill.chat.condenseAt": 1 } },
    (opened) => ({ simulator, workbench } = opened),
  );

  const asked = () => sentToModels(simulator);
  const dialog = () => workbench.page.locator(".monaco-dialog-box");
  const toast = (text: RegExp) => workbench.page.locator(".notification-toast", { hasText: text });
  const offer = (chat: ChatPage) => chat.frame.getByRole("button", { name: "Condense the chat", exact: true });
  const summary = (chat: ChatPage) => chat.frame.locator("waybill-condensed");
  const share = async (chat: ChatPage) =>
    Number(
      await chat.frame.locator("waybill-composer-bar .window meter").evaluate((meter) => Reflect.get(meter, "value")),
    );

  it("says what is missing where there is too little, and what is missing costs nothing", async () => {
    const chat = await openNewChat(workbench);
    await chat.ask("/condense");
    await toast(/There is too little in this chat to condense: it takes two answered questions/).waitFor();
    assert.equal(asked().length, 0);
    await workbench.runCommand("Notifications: Clear All Notifications");
  });

  it("asks with its price, shows the summary, and is taken out again, with the meter at its heels", async () => {
    const chat = await openStoredChat(workbench, { title: TITLE, messages: LONG_CHAT });
    const before = asked().length;
    await chat.question.fill("And what does it cost?");
    await offer(chat).waitFor();
    const full = await share(chat);
    await picturedInEveryTheme(
      workbench,
      async (theme) => {
        await fadedScreenshot(workbench, `condense-offer-${theme}`);
        await offer(chat).click();
        await dialog().getByText("Condense the 4 earlier messages?").waitFor();
        await dialog()
          .getByText(
            /About \$0\.\d+ with .*, at most \$0\.\d+; your next questions then cost about \$0\.\d+ less each\./,
          )
          .waitFor();
        await fadedScreenshot(workbench, `condense-question-${theme}`);
        assert.equal(asked().length, before, "nothing is sent before the person has seen the price");
      },
      () => dialog().getByRole("button", { name: "Cancel" }).click(),
    );
    await dialog().getByRole("button", { name: "Condense" }).click();
    await summary(chat)
      .getByText(/^Condensed 4 messages · \$0\.\d+/)
      .waitFor({ timeout: 30_000 });
    assert.equal(await chat.question.inputValue(), "And what does it cost?", "what was typed stays");
    await eventually(async () => assert.ok((await share(chat)) < full / 2), 5_000);
    await offer(chat).waitFor({ state: "detached" });
    await lookAtSummary(chat);
    await assertCounted();
    await takeOut(chat, full);
  });

  async function lookAtSummary(chat: ChatPage): Promise<void> {
    await picturedInEveryTheme(workbench, async (theme) => {
      await fadedScreenshot(workbench, `condensed-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", `condensed, ${theme}`);
    });
    await summary(chat)
      .getByText(/^Condensed 4 messages/)
      .click();
    await summary(chat).locator("waybill-markdown").waitFor();
    await fadedScreenshot(workbench, "condensed-unfolded");
    await summary(chat)
      .getByText(/^Condensed 4 messages/)
      .click();
  }

  /** A turn of its own, which the person was told the price of. */
  async function assertCounted(): Promise<void> {
    await simulator.settled();
    await eventually(async () => {
      const [row] = queryLedger(workbench, "SELECT count(*) AS count FROM waybill");
      assert.equal(row?.["count"], asked().length);
    }, 5_000);
  }

  /** The same at once, not with the next letter only: it says what the next question sends. */
  async function takeOut(chat: ChatPage, full: number): Promise<void> {
    await summary(chat).getByRole("button", { name: "Delete the summary" }).click();
    await summary(chat).waitFor({ state: "detached" });
    await eventually(async () => assert.ok((await share(chat)) > full * 0.9), 5_000);
    await chat.frame.locator("waybill-question textarea:focus").waitFor();
    await fadedScreenshot(workbench, "condensed-deleted");
    await toast(/The summary was taken out of this chat/)
      .getByRole("button", { name: "Undo" })
      .click();
    await summary(chat).waitFor();
    await eventually(async () => assert.ok((await share(chat)) < full / 2), 5_000);
    await chat.question.press("Enter");
    await chat.untilAnswered(3);
    const sent = asked().at(-1) ?? "";
    assert.match(sent, /Summary of our conversation so far/);
    assert.ok(!sent.includes("It counts lines and columns"), "the summary is sent instead of the messages above it");
  }
});
