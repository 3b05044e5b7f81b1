import type { FrameLocator, Locator, Page } from "playwright-core";
import { tryTwice } from "./tryTwice.ts";
import { hasWebview } from "./webviewFrame.ts";
import { withWindowReport } from "./windowReport.ts";
import type { Workbench } from "./workbench.ts";

/** The chat view as a person meets it. */
export interface ChatPage {
  readonly frame: FrameLocator;
  readonly question: Locator;
  /** The answers, oldest first. */
  readonly answers: Locator;
  /** The line under each answer that unfolds. */
  readonly waybills: Locator;
  readonly problems: Locator;
  ask(text: string): Promise<void>;
  /** The buttons of exactly this name, in the page of the view. */
  button(name: string): Locator;
  /** Waits until so many answers are shown and the last of them has its waybill. */
  untilAnswered(count: number): Promise<void>;
  /** The walker between versions of a message, for instance `Answer 2 of 3`. */
  version(name: string): Locator;
  /** The text of the last answer. */
  lastText(): Promise<string>;
  /** Unfolds the last answer's waybill and gives all of it. */
  unfoldLastWaybill(): Promise<string>;
  /** Waits for the last answer's waybill and gives its line. */
  lastWaybill(): Promise<string>;
}

/** Opens the view by its icon. A window in which the view stays empty is reloaded once. */
export async function openChat(workbench: Workbench): Promise<ChatPage> {
  const open = async (): Promise<ChatPage> => await openByIcon(workbench);
  return await tryTwice("open the chat", open, async () => await workbench.reloadWindow());
}

/** Opens the chat and starts with an empty conversation, whatever an earlier test left. */
export async function openNewChat(workbench: Workbench): Promise<ChatPage> {
  const open = async (): Promise<ChatPage> => {
    const chat = await openChat(workbench);
    await chat.frame.getByRole("button", { name: "New chat" }).click();
    await chat.frame.getByText("Ask about your code").waitFor({ timeout: NEW_CHAT_WITHIN_MS });
    return chat;
  };
  const explain = async (error: unknown) => {
    throw await withWindowReport(workbench, error);
  };
  return await tryTwice(
    "start a new chat",
    () => open().catch(explain),
    async () => await workbench.reloadWindow(),
  );
}

/**
 * Looks again until the view is there: a switch of views under way may swallow a click. A window that was reloaded brings
 * its view back by itself a moment after its icons, and a click at that moment would close what is just opening.
 */
async function openByIcon(workbench: Workbench): Promise<ChatPage> {
  const deadline = Date.now() + OPEN_WITHIN_MS;
  const tab = workbench.page.getByRole("tab", { name: "Waybill", exact: true });
  const expanded = workbench.page.getByRole("tab", { name: "Waybill", exact: true, expanded: true });
  const isShown = async (withinMs: number): Promise<boolean> =>
    await expanded.waitFor({ timeout: withinMs }).then(
      () => true,
      () => false,
    );
  const restoreMs = (await wasReloaded(workbench.page)) ? RESTORE_MS : SWITCH_MS;
  await tab.waitFor();
  for (;;) {
    if (!(await isShown(restoreMs))) await tab.locator("a").click();
    const isThere = (await isShown(RESTORE_MS)) && (await hasWebview(workbench.page, CHAT_TITLE, SHOW_MS));
    if (isThere || Date.now() > deadline) return await chatPage(workbench);
  }
}

async function wasReloaded(page: Page): Promise<boolean> {
  return await page.evaluate(() =>
    performance.getEntriesByType("navigation").some((entry) => "type" in entry && entry.type === "reload"),
  );
}

/** The chat in the view that is open; rejects with what the window shows instead. */
export async function chatPage(workbench: Workbench): Promise<ChatPage> {
  const frame = await readyFrame(workbench).catch(async (error: unknown) => {
    throw await withWindowReport(workbench, error);
  });
  const question = questionOf(frame);
  const waybills = frame.locator("waybill-receipt summary");
  const answers = frame.locator("waybill-answer");
  return {
    frame,
    question,
    answers,
    waybills,
    problems: frame.locator("waybill-answer waybill-problem"),
    ask: async (text) => {
      await question.fill(text);
      await question.press("Enter");
    },
    button: (name) => frame.getByRole("button", { name, exact: true }),
    untilAnswered: async (count) =>
      await answers
        .nth(count - 1)
        .locator("waybill-receipt")
        .waitFor({ timeout: 30_000 }),
    version: (name) => frame.getByRole("group", { name, exact: true }),
    lastText: () => answers.last().locator("waybill-markdown .markdown:not(.plain)").innerText(),
    unfoldLastWaybill: async () => {
      await waybills.last().click();
      return answers.last().locator("waybill-receipt .unfolded").innerText();
    },
    lastWaybill: async () => {
      const summary = answers.last().locator("waybill-receipt summary");
      await summary.waitFor({ timeout: 30_000 });
      return (await summary.innerText()).replaceAll(/\s+/g, " ").trim();
    },
  };
}

/** Waits for the first word of an answer. */
export async function untilWriting(answer: Locator): Promise<void> {
  await answer
    .locator("waybill-markdown")
    .getByText(/\w{3,}/)
    .first()
    .waitFor();
}

const FRAME_ROUND_MS = 5_000;
const FRAME_ROUNDS = 6;
/** What the workbench needs to show which view is open. */
const SWITCH_MS = 400;
/** What it needs to bring a view back after a reload. */
const RESTORE_MS = 2000;
const SHOW_MS = 3000;
const CHAT_TITLE = "Waybill Chat";
const NEW_CHAT_WITHIN_MS = 15_000;
const OPEN_WITHIN_MS = 20_000;

/** VS Code may replace the frame of a view while it is shown again, so it is looked up anew until the page in it is there. */
async function readyFrame(workbench: Workbench): Promise<FrameLocator> {
  for (let round = 1; ; round += 1) {
    const frame = await workbench.webviewFrame(CHAT_TITLE);
    const isReady = await questionOf(frame)
      .waitFor({ timeout: FRAME_ROUND_MS })
      .then(
        () => true,
        () => false,
      );
    if (isReady) return frame;
    if (round === FRAME_ROUNDS) throw new Error("The chat view does not show its composer.");
  }
}

function questionOf(frame: FrameLocator): Locator {
  return frame.getByRole("textbox", { name: "Question" });
}

/** Selects whole lines of the active editor, both counted from 1. */
export async function selectLines(page: Page, first: number, last: number): Promise<void> {
  await placeCursor(page, first);
  for (let line = first; line <= last; line += 1) await page.keyboard.press("Shift+ArrowDown");
}

/** Puts the cursor at the beginning of a line of the active editor, counted from 1, and the keyboard with it. */
export async function placeCursor(page: Page, line: number): Promise<void> {
  await page.locator(".editor-instance .monaco-editor").first().click();
  await page.keyboard.press("Control+g");
  const input = page.locator(".quick-input-widget:visible .quick-input-box input");
  await input.waitFor();
  await input.fill(`:${line}:1`);
  await input.press("Enter");
  await input.waitFor({ state: "hidden" });
}

/** The text of the status bar's item, with words instead of icons. */
export async function statusText(page: Page): Promise<string> {
  const item = page.locator('.statusbar-item[id="waybill.waybill.waybill.status"]');
  await item.waitFor();
  return (await item.innerText()).trim();
}
