import type { Frame, FrameLocator, Page } from "playwright-core";

const WAIT_MS = 15_000;
const PAUSE_MS = 100;

/**
 * The document inside a webview, found by the title VS Code shows for the view or panel or by the `<title>` of the
 * document itself. Waits until its content is there. Rejects after 15 s with the titles that were there instead.
 */
export async function webviewFrame(page: Page, title: string): Promise<FrameLocator> {
  const found = await findWebview(page, title, WAIT_MS);
  if (typeof found !== "string") throw new Error(notFound(title, found));
  return locate(page, found);
}

/** Whether a webview of that title is there, or comes within so many milliseconds. */
export async function hasWebview(page: Page, title: string, withinMs: number): Promise<boolean> {
  return typeof (await findWebview(page, title, withinMs)) === "string";
}

/** The name of the frame, or all webviews that were there when the time was over. */
async function findWebview(page: Page, title: string, withinMs: number): Promise<string | TitledWebview[]> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const webviews = await Promise.all(outerFrames(page).map(titlesOf));
    const found = webviews.find(({ titles }) => titles.includes(title));
    if (found !== undefined) return found.name;
    if (Date.now() > deadline) return webviews;
    await page.waitForTimeout(PAUSE_MS);
  }
}

interface TitledWebview {
  /** The name of the outer frame: unique in the page. */
  readonly name: string;
  readonly titles: readonly string[];
}

/** The frames that VS Code puts around the documents of webviews. */
export function outerFrames(page: Page): Frame[] {
  return page.frames().filter((frame) => frame.url().includes("/webview/browser/pre/index.html"));
}

async function titlesOf(frame: Frame): Promise<TitledWebview> {
  const readTitles = (): string[] => {
    const active = document.querySelector<HTMLIFrameElement>("iframe#active-frame");
    return active === null ? [] : [active.title, active.contentDocument?.title ?? ""];
  };
  // A frame that is replaced at this moment is found in the next round.
  return { name: frame.name(), titles: await frame.evaluate(readTitles).catch(() => []) };
}

function locate(page: Page, name: string): FrameLocator {
  return page.frameLocator(`iframe.webview[name="${name}"]`).frameLocator("iframe#active-frame");
}

function notFound(title: string, webviews: readonly TitledWebview[]): string {
  const others = webviews.flatMap(({ titles }) => titles).filter((other) => other !== "");
  return `No webview is called ${title}. There are: ${others.join(", ") || "none"}.`;
}
