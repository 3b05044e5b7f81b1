import assert from "node:assert/strict";
import type { Simulator } from "../simulator/startSimulator.ts";
import { storedMessage } from "../store/chatFolder.ts";
import { assertAccessible } from "./assertAccessible.ts";
import { type ChatPage, openChat, openNewChat, untilWriting } from "./chatPage.ts";
import { fadedScreenshot, inEveryTheme, picturedInEveryTheme } from "./everyTheme.ts";
import { sideBarTo } from "./narrowSideBar.ts";
import { openStoredChat } from "./storedChats.ts";
import { withWindow } from "./suiteWindow.ts";
import type { Workbench } from "./workbench.ts";

const NARROW_PX = 320;
const USUAL = { width: 1280, height: 800 };
const WIDE = { width: 1560, height: 900 };

/** What is hard to lay out: code that does not wrap, a table, words without a break, lists, and paths that are links. */
const RICH_ANSWER = [
  "`src/invoice.ts:16` adds up what `src/dates.ts` writes; see also `src/nowhere.ts`.",
  "```ts\nexport const total = lines.map(({ quantity, unitPrice }) => quantity * unitPrice).reduce((sum, each) => sum + each, 0);\n```",
  "| part | purpose | where it is |\n| --- | --- | --- |\n| `invoiceTotal` | adds up the lines | src/invoice.ts |\n| `formatDate` | writes an amount | src/dates.ts |",
  "- [x] read the lines\n- [ ] AVeryLongNameWithoutAnyBreakThatSomebodyGaveToAClassInAHurryFactoryProviderBean",
].join("\n\n");

const RIGHT_TO_LEFT = [
  "السطر `src/invoice.ts:16` يجمع المبالغ، ثم يكتبها `formatDate`.",
  "1. اقرأ الأسطر\n2. اجمعها\n\n- [x] تم\n- [ ] لم يتم",
  "> اقتباس من الوثائق",
  "```ts\nconst total = 1;\n```",
  "| جزء | غرض |\n| --- | --- |\n| invoiceTotal | يجمع |",
].join("\n\n");

describe("the looks of the chat", function () {
  this.timeout(300_000);
  let simulator: Simulator;
  let workbench: Workbench;
  withWindow({ simulator: { pace: "instant" } }, (opened) => ({ simulator, workbench } = opened));

  const rich = (title: string, question: string, answer: string) =>
    openStoredChat(workbench, {
      title,
      messages: [
        storedMessage("q", { text: question }),
        storedMessage("a", { role: "assistant", parentId: "q", text: answer }),
      ],
    });

  async function lookAt(chat: ChatPage, name: string): Promise<void> {
    await picturedInEveryTheme(workbench, async (theme) => {
      await fadedScreenshot(workbench, `${name}-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", `${name}, ${theme}`);
    });
    await assertNothingSticksOut(chat, name);
  }

  it("have paths as links, and fit into 320 pixels", async () => {
    const chat = await rich("Rich text", "How are invoices added up?", RICH_ANSWER);
    await chat.answers.last().locator(".name-link").nth(1).waitFor();
    assert.equal(await chat.answers.last().locator(".name-link").count(), 2, "what is not there is no link");
    await lookAt(chat, "looks-usual");
    await sideBarTo(workbench, NARROW_PX);
    await chat.question.fill("And what is added to it, in which order, and where do the discounts go?");
    await lookAt(chat, "looks-320");
    await chat.frame.locator("waybill-spend summary").click();
    await chat.frame.locator("waybill-spend .limits li").first().waitFor();
    await fadedScreenshot(workbench, "looks-320-limits");
    await assertNothingSticksOut(chat, "the limits unfolded");
    await chat.question.fill("");
  });

  it("keep lines readable in a wide view", async () => {
    await workbench.page.setViewportSize(WIDE);
    const chat = await openChat(workbench);
    await sideBarTo(workbench, 1_450);
    await chat.question.fill("And the discounts?");
    await lookAt(chat, "looks-wide");
    const { width } = (await chat.answers.last().boundingBox()) ?? { width: 0 };
    assert.ok(width > 600 && width <= 900, `an answer is ${width} wide`);
    await chat.question.fill("");
    await workbench.page.setViewportSize(USUAL);
    await sideBarTo(workbench, NARROW_PX);
  });

  /** A window at 200 % has half as many pixels, each twice as large. */
  it("leave room for all of it at a zoom of 200 %", async () => {
    const { page } = workbench;
    const chat = await openChat(workbench);
    await page.setViewportSize({ width: USUAL.width / 2, height: USUAL.height / 2 });
    try {
      await chat.question.fill("And the discounts?");
      await lookAt(chat, "looks-zoom");
      const list = await chat.frame.locator("waybill-message-list").boundingBox();
      assert.ok((list?.height ?? 0) > 60, "something of the chat is seen");
    } finally {
      await page.setViewportSize(USUAL);
      await chat.question.fill("");
    }
  });

  it("follow the direction of the text", async () => {
    const chat = await rich("كيف تُجمع الفواتير؟", "كيف تُجمع الفواتير في src/invoice.ts؟", RIGHT_TO_LEFT);
    await chat.answers.last().locator(".name-link").waitFor();
    await chat.question.fill("وماذا عن الخصم؟");
    await lookAt(chat, "looks-rtl");
    const direction = await chat.answers
      .last()
      .locator("waybill-markdown p")
      .first()
      .evaluate((paragraph) => getComputedStyle(paragraph).textAlign);
    assert.equal(direction, "start");
    await chat.question.fill("");
  });

  it("show the question that waits", async () => {
    const chat = await openNewChat(workbench);
    simulator.faultNext({ kind: "pace", tokensPerSecond: 4 });
    await chat.ask("What is a fiber?");
    await untilWriting(chat.answers.last());
    await chat.ask(
      "And a coroutine? Please say in a few words how it differs, and when one of them is the better choice.",
    );
    await chat.frame.locator("waybill-composer-line").getByText("And a coroutine?").waitFor();
    await lookAt(chat, "looks-queued");
    await chat.frame.getByRole("button", { name: "Take the next question back to edit it" }).click();
    await chat.frame.locator("waybill-question textarea:focus").waitFor();
    assert.match(await chat.question.inputValue(), /^And a coroutine\?/);
    await chat.question.fill("");
    await chat.frame.getByRole("button", { name: "Stop" }).click();
    await chat.answers.last().getByText("Stopped.").waitFor();
  });

  it("move nothing where a person wants less motion", async () => {
    const chat = await openNewChat(workbench);
    const animation = async (): Promise<string> => {
      simulator.faultNext({ kind: "delay", beforeFirstByteMs: 3_000 });
      await chat.ask("What is a thread?");
      const pulse = chat.answers.last().locator(".pulse");
      await pulse.waitFor();
      const name = await pulse.evaluate((element) => getComputedStyle(element).animationName);
      await fadedScreenshot(workbench, `looks-waiting-${name}`);
      await chat.answers.last().locator("waybill-receipt").waitFor({ timeout: 30_000 });
      return name;
    };
    assert.equal(await animation(), "pulse");
    await workbench.page.emulateMedia({ reducedMotion: "reduce" });
    assert.equal(await animation(), "none");
    const moving = await chat.frame.locator("waybill-chat").evaluate(findMoving);
    assert.deepEqual(moving, []);
    await workbench.page.emulateMedia({ reducedMotion: null });
  });
});

describe("the chat without a key", function () {
  this.timeout(240_000);
  let workbench: Workbench;
  // The gateway that is set without a setting: one on this machine needs no key.
  const settings = { "waybill.gateway.url": undefined };
  withWindow({ simulator: { pace: "instant" }, settings, hasKey: false }, (opened) => ({ workbench } = opened));

  it("says what it needs and what it is, in every theme", async () => {
    const chat = await openChat(workbench);
    await chat.frame.getByText("Waybill needs your OpenRouter key before it can ask a model.").waitFor();
    await chat.frame.getByText("Ask about your code").waitFor();
    await inEveryTheme(workbench, async (theme) => {
      await fadedScreenshot(workbench, `looks-no-key-${theme}`);
      await assertAccessible(workbench.page, "waybill-chat", theme);
    });
    await chat.ask("What is a closure?");
    await chat.problems.last().getByRole("button", { name: "Enter Key" }).waitFor();
    await fadedScreenshot(workbench, "looks-no-key-asked");
    await assertNothingSticksOut(chat, "without a key");
  });
});

/** Nothing but code and tables, which scroll by themselves, is wider than the view. */
async function assertNothingSticksOut(chat: ChatPage, when: string): Promise<void> {
  const tooWide = await chat.frame.locator("waybill-chat").evaluate((root) => {
    const inside = (element: Element): Element[] =>
      [...element.children, ...(element.shadowRoot?.children ?? [])].flatMap((child) => [child, ...inside(child)]);
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (["auto", "scroll", "hidden"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return inside(root)
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
      .filter((element) => !scrolls(element.parentElement))
      .map((element) => `${element.localName}.${element.className}`);
  });
  assert.deepEqual(tooWide, [], when);
}

/** What is animated, in all components. */
function findMoving(root: Element): string[] {
  const inside = (element: Element): Element[] =>
    [...element.children, ...(element.shadowRoot?.children ?? [])].flatMap((child) => [child, ...inside(child)]);
  return inside(root)
    .filter((element) => element.getAnimations().length > 0)
    .map((element) => element.localName);
}
