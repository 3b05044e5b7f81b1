import type { Browser, CDPSession, Page } from "playwright-core";
import type { ChatViewState, MessageView } from "../../src/protocol/chatMessages.ts";
import { JOIN_MS } from "../../src/extension/features/chat/deltaJoiner.ts";
import { PAGE_LENGTH } from "../../src/protocol/pagingMessages.ts";
import { launchBrowser } from "../setup/browser.ts";
import type { BenchReport } from "./benchReport.ts";
import { type Way, serveBenchPages } from "./chat/benchPages.ts";
import { longAnswer } from "./chat/longAnswer.ts";
import { installProbe } from "./chat/pageProbe.ts";
import type { PageServer } from "./pageServer.ts";
import type { Figure } from "./figure.ts";
import { median, percentile } from "./percentile.ts";

const TOKENS = 30_000;
/** With every piece the whole text: 30,000 would take many minutes. */
const NAIVE_TOKENS = 4_000;
const PER_SECOND = 1_000;
const VIEWPORT = { width: 420, height: 900 };
const KEYS = 60;
const MESSAGES = 2_000;
const OPENINGS = 5;
const LONG_ANSWERS = 200;
const IDLE_MS = 60_000;
/** What colouring the last code block and the receipt's place need. */
const SETTLE_MS = 1_000;

const EMPTY_CHAT: ChatViewState = {
  chatId: "bench",
  keyState: "present",
  messages: [],
  history: [],
  draft: "",
  pendingAttachments: [],
};

/** The chat's page in a browser of its own, without VS Code around it, beside what other chats do. */
export async function measureChat(): Promise<BenchReport> {
  const server = await serveBenchPages();
  const browser = await launchBrowser();
  try {
    const bench = { browser, server };
    const ours = await streamIn(bench, "waybill");
    const react = await streamIn(bench, "react");
    const naive = await streamIn(bench, "markdown-it", NAIVE_TOKENS);
    return {
      figures: [
        {
          what: "Chat, 30,000 tokens at 1,000/s, busy",
          value: ours.busyMs,
          unit: "ms",
          ratio: ours.busyMs / react.busyMs,
          ratioAtMost: 0.4,
        },
        { what: "… longest task", value: ours.longestTaskMs, unit: "ms", below: 50 },
        { what: "… frames, p95", value: ours.frameP95Ms, unit: "ms", below: 20 },
        { what: "… behind at the end", value: ours.behindMs, unit: "ms" },
        { what: "… differs from rendering once", value: ours.isEqual ? 0 : 1, unit: "count", below: 1 },
        { what: "memoised react-markdown, busy", value: react.busyMs, unit: "ms" },
        { what: "… longest task", value: react.longestTaskMs, unit: "ms" },
        { what: "… frames, p95", value: react.frameP95Ms, unit: "ms" },
        {
          what: "markdown-it, whole text with every piece, only 4,000 tokens, busy",
          value: naive.busyMs,
          unit: "ms",
        },
        { what: "… longest task", value: naive.longestTaskMs, unit: "ms" },
        ...(await typingFigures(bench)),
        ...(await openingFigures(bench)),
        ...(await heapFigures(bench)),
        await idleFigure(bench),
      ],
      notes: [
        `Chat: one page of ${VIEWPORT.width} × ${VIEWPORT.height} pixels in a headless Chromium, the pieces joined as the extension host joins them. Busy is the time of all tasks of the main thread (DevTools' TaskDuration). The peers have the same pieces, without a chat around them, and stay at the newest line as well: react-markdown with remark-gfm and one memoised element a block (split by marked), and markdown-it with DOMPurify.`,
        "Typing: keys pressed ten times a second while an answer arrives at 1,000 tokens a second, by the browser's own event timing; keys under 16 ms are not reported by it and count as 16.",
        `Heap: after a forced collection, with ${LONG_ANSWERS} answers of 2,000 tokens each in one chat.`,
      ],
    };
  } finally {
    await browser.close();
    server.close();
  }
}

interface Bench {
  readonly browser: Browser;
  readonly server: PageServer;
}

interface OpenedPage {
  readonly page: Page;
  readonly devtools: CDPSession;
  readonly close: () => Promise<void>;
}

async function openPage({ browser, server }: Bench, way: Way): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  await page.addInitScript(installProbe, {
    state: EMPTY_CHAT,
    pageLength: PAGE_LENGTH,
    joinMs: JOIN_MS,
  });
  await page.goto(`${server.origin}/${way === "waybill" ? "waybill" : `peer?way=${way}`}`);
  if (way === "waybill") await page.getByRole("textbox", { name: "Question" }).waitFor();
  else await page.waitForFunction(() => window.showPiece !== undefined);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Performance.enable");
  return { page, devtools, close: async () => await context.close() };
}

async function streamIn(bench: Bench, way: Way, tokens = TOKENS) {
  const { page, devtools, close } = await openPage(bench, way);
  const pieces = longAnswer(tokens);
  const before = await metric(devtools, "TaskDuration");
  const seen = await page.evaluate(([all, rate]) => window.probe.stream(all, rate), [pieces, PER_SECOND] as const);
  const busyMs = ((await metric(devtools, "TaskDuration")) - before) * 1000;
  await page.waitForTimeout(SETTLE_MS);
  const streamed = await page.evaluate(() => window.probe.html());
  await close();
  return {
    busyMs,
    longestTaskMs: Math.max(0, ...seen.longTaskMs),
    frameP95Ms: percentile(seen.frameMs, 0.95),
    behindMs: seen.behindMs,
    isEqual: way === "waybill" && streamed !== "" && streamed === (await htmlOfWhole(bench, pieces.join(""))),
  };
}

async function htmlOfWhole(bench: Bench, text: string): Promise<string> {
  const { page, close } = await openPage(bench, "waybill");
  await page.evaluate((whole) => window.probe.addAnswer("whole", whole), text);
  await page.waitForTimeout(2 * SETTLE_MS);
  const html = await page.evaluate(() => window.probe.html());
  await close();
  return html;
}

async function typingFigures(bench: Bench): Promise<readonly Figure[]> {
  const { page, close } = await openPage(bench, "waybill");
  await page.getByRole("textbox", { name: "Question" }).focus();
  const streaming = page.evaluate(([all, rate]) => window.probe.stream(all, rate), [
    longAnswer(8_000),
    PER_SECOND,
  ] as const);
  for (let key = 0; key < KEYS; key += 1) await page.keyboard.press("a", { delay: 100 });
  await streaming;
  const keys = await page.evaluate(() => window.probe.keys);
  await close();
  const handled = Array.from({ length: KEYS }, (_, index) => keys[index]?.handledMs ?? 0);
  const painted = Array.from({ length: KEYS }, (_, index) => keys[index]?.paintedMs ?? 16);
  return [
    { what: "Typing while an answer arrives, handled, p95", value: percentile(handled, 0.95), unit: "ms", below: 16 },
    { what: "… painted, p95", value: percentile(painted, 0.95), unit: "ms" },
  ];
}

async function openingFigures(bench: Bench): Promise<readonly Figure[]> {
  const messages = manyMessages();
  const timesMs: number[] = [];
  for (let round = 0; round < OPENINGS; round += 1) {
    const { page, close } = await openPage(bench, "waybill");
    timesMs.push(await page.evaluate((all) => window.probe.openChat(all), messages));
    await close();
  }
  return [{ what: `Opening a chat of ${MESSAGES} messages, painted`, value: median(timesMs), unit: "ms", below: 300 }];
}

function manyMessages(): readonly MessageView[] {
  const text = longAnswer(400).join("");
  return Array.from({ length: MESSAGES }, (_, index) =>
    index % 2 === 0
      ? { role: "user", id: `m${index}`, text: `Question ${index}`, attachments: [] }
      : { role: "assistant", id: `m${index}`, text, reasoning: "", state: "done" },
  );
}

async function heapFigures(bench: Bench): Promise<readonly Figure[]> {
  const { page, devtools, close } = await openPage(bench, "waybill");
  const text = longAnswer(2_000).join("");
  const heaps: number[] = [];
  for (let index = 1; index <= LONG_ANSWERS; index += 1) {
    await page.evaluate(([id, whole]) => window.probe.addAnswer(id, whole), [`a${index}`, text] as const);
    if (index !== LONG_ANSWERS / 4 && index !== LONG_ANSWERS) continue;
    await page.waitForTimeout(SETTLE_MS);
    await devtools.send("HeapProfiler.collectGarbage");
    heaps.push(await metric(devtools, "JSHeapUsedSize"));
  }
  const nodes = await metric(devtools, "Nodes");
  await close();
  const [early = 0, late = 0] = heaps;
  return [
    {
      what: `Heap with ${LONG_ANSWERS} long answers, against ${LONG_ANSWERS / 4}`,
      value: late,
      unit: "bytes",
      ratio: late / early,
      ratioAtMost: 1.5,
    },
    { what: "… nodes of the document", value: nodes, unit: "count" },
  ];
}

async function idleFigure(bench: Bench): Promise<Figure> {
  const { page, devtools, close } = await openPage(bench, "waybill");
  await page.evaluate((text) => window.probe.addAnswer("a", text), longAnswer(2_000).join(""));
  await page.waitForTimeout(2 * SETTLE_MS);
  const before = await metric(devtools, "ScriptDuration");
  await page.waitForTimeout(IDLE_MS);
  const value = ((await metric(devtools, "ScriptDuration")) - before) * 1000;
  await close();
  return { what: "Script in a minute in which nothing happens", value, unit: "ms", below: 1 };
}

async function metric(devtools: CDPSession, name: string): Promise<number> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find((each) => each.name === name)?.value ?? Number.NaN;
}
