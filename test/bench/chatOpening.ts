import type { FrameLocator } from "playwright-core";
import type { Workbench } from "../ui/workbench.ts";

/** Milliseconds from pressing Waybill's icon. */
export interface ChatOpening {
  /** VS Code has made the frame around the page. */
  readonly frameMs: number;
  /** That frame has its service worker and has made the page. */
  readonly pageMs: number;
  /** The page's script has arrived. */
  readonly scriptMs: number;
  /** The question is visible and enabled and has taken typed text. */
  readonly readyMs: number;
}

/** Opens the chat by its icon and leaves it open with an empty question. Needs the question probe. */
export async function openChatTimed(workbench: Workbench): Promise<ChatOpening> {
  const { page } = workbench;
  await page.getByRole("tab", { name: "Waybill" }).locator("a").click();
  const pressedAtMs = Number(await page.locator("html").getAttribute("data-pointer-down-at"));
  const frame = await workbench.webviewFrame("Waybill Chat");
  await frame.locator("html[data-question-ready-at]").waitFor();
  const timeOf = async (name: string) => Number(await frame.locator("html").getAttribute(name)) - pressedAtMs;
  const opening = {
    frameMs: await timeOf("data-frame-made-at"),
    pageMs: await timeOf("data-page-made-at"),
    scriptMs: await timeOf("data-script-loaded-at"),
    readyMs: await timeOf("data-question-ready-at"),
  };
  await takeTextBack(frame);
  return opening;
}

/** Shows the files instead; VS Code drops the page. */
export async function hideChat({ page }: Workbench): Promise<void> {
  await page.getByRole("tab", { name: "Explorer" }).locator("a").click();
  await page.locator("iframe.webview").waitFor({ state: "detached" });
}

/** Text that is gone by now was not accepted, only shown. */
async function takeTextBack(frame: FrameLocator): Promise<void> {
  const question = frame.getByRole("textbox", { name: "Question" });
  await question.page().waitForTimeout(500);
  const text = await question.inputValue();
  if (text !== "typed") throw new Error(`The question lost what was typed: it holds ${JSON.stringify(text)}.`);
  await question.fill("");
  await question.page().waitForTimeout(500);
}
