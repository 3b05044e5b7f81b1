import type { Browser } from "playwright-core";
import type { ToSpendView } from "../../src/protocol/spendMessages.ts";
import { launchBrowser } from "../setup/browser.ts";
import { type PageServer, servePages } from "./pageServer.ts";

/** Milliseconds from the first message until the browser has painted. */
export interface SpendPaint {
  readonly figuresMs: number;
  readonly chartMs: number;
}

const VIEWPORT = { width: 1280, height: 800 };

/** The built page in a browser of its own, without VS Code around it: a new profile each round, so nothing is warm. */
export async function paintSpendPage(messages: readonly ToSpendView[], rounds: number): Promise<readonly SpendPaint[]> {
  const server = await servePages({ "/": PAGE });
  const browser = await launchBrowser();
  try {
    const paints: SpendPaint[] = [];
    for (let round = 0; round < rounds; round += 1) paints.push(await paintOnce(browser, server, messages));
    return paints;
  } finally {
    await browser.close();
    server.close();
  }
}

async function paintOnce(browser: Browser, server: PageServer, messages: readonly ToSpendView[]): Promise<SpendPaint> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    await page.addInitScript(answerAndWatch, messages);
    await page.goto(`${server.origin}/`);
    const handle = await page.waitForFunction(() => document.documentElement.dataset["paint"]);
    const [figuresMs = Number.NaN, chartMs = Number.NaN] = String(await handle.jsonValue())
      .split(" ")
      .map(Number);
    return { figuresMs, chartMs };
  } finally {
    await context.close();
  }
}

/** Runs in the page before its script: stands for VS Code, and looks at every frame what is there to be painted. */
function answerAndWatch(messages: readonly ToSpendView[]): void {
  const inside = (root: ParentNode | null | undefined, tag: string) => root?.querySelector(tag)?.shadowRoot;
  let askedAtMs = Number.NaN;
  let figuresMs = Number.NaN;
  const afterPaint = (note: () => void): void => {
    // A task that is queued in an animation frame runs when that frame is painted.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", note, { once: true });
    port1.start();
    port2.postMessage(undefined);
  };
  const look = (): void => {
    const view = inside(document, "waybill-spending");
    const hasFigures = inside(view, "waybill-figures")?.querySelector(".value") !== null;
    const canvas = inside(view, "waybill-spend-chart")?.querySelector("canvas");
    if (view !== undefined && view !== null && hasFigures && Number.isNaN(figuresMs)) {
      afterPaint(() => (figuresMs = performance.now() - askedAtMs));
    }
    // Chart.js gives it a display when it takes it over, and draws in the same task.
    if (canvas?.style.display !== "block") return void requestAnimationFrame(look);
    afterPaint(() => {
      document.documentElement.dataset["paint"] = `${figuresMs} ${performance.now() - askedAtMs}`;
    });
  };
  const postMessage = (message: { readonly type: string }): void => {
    if (message.type !== "ready") return;
    setTimeout(() => {
      askedAtMs = performance.now();
      for (const each of messages) window.postMessage(each, "*");
      requestAnimationFrame(look);
    }, 50);
  };
  Object.assign(window, { acquireVsCodeApi: () => ({ postMessage }) });
}

const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<link rel="stylesheet" href="media/icons.css">
<link rel="stylesheet" href="media/tab.css">
<title>Waybill: Spend</title>
</head>
<body>
<waybill-spending></waybill-spending>
<script type="module" src="dist/webview/spending.js"></script>
</body>
</html>`;
