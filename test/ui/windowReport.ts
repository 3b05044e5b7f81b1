import type { Frame } from "playwright-core";
import { savePicture } from "./pictures.ts";
import { outerFrames } from "./webviewFrame.ts";
import type { Workbench } from "./workbench.ts";

const ANSWER_WITHIN_MS = 5_000;
const TEXT_LENGTH = 300;
const NO_ANSWER = "no answer";

/** The same error, saying as well what the window showed, with a picture in out/screenshots/failed-open.png. */
export async function withWindowReport(workbench: Workbench, error: unknown): Promise<Error> {
  const message = error instanceof Error ? error.message : String(error);
  await orNoAnswer(savePicture(workbench.page, "failed-open"));
  return new Error(`${message}\n${await windowReport(workbench)}`, { cause: error });
}

/** What the window shows, line by line. Never rejects, also not for a window that hangs. */
async function windowReport(workbench: Workbench): Promise<string> {
  const { page } = workbench;
  const tab = page.getByRole("tab", { name: "Waybill", exact: true });
  const lines = [
    `Tab expanded: ${await orNoAnswer(tab.getAttribute("aria-expanded"))}`,
    ...(await Promise.all(outerFrames(page).map(webviewReport))),
    `Notifications: ${JSON.stringify(await orNoAnswer(workbench.notifications()))}`,
    ...workbench.consoleErrors().map((text) => `Console: ${text}`),
  ];
  return lines.map((line) => `    ${line}`).join("\n");
}

async function webviewReport(outer: Frame): Promise<string> {
  const readFrames = (): string =>
    [...document.querySelectorAll("iframe")].map(({ id, title }) => `${id} "${title}"`).join(", ");
  const frames = await orNoAnswer(outer.evaluate(readFrames));
  const documents = await Promise.all(outer.childFrames().map(documentReport));
  return [`Webview ${outer.name()}: ${frames}`, ...documents].join("; ");
}

async function documentReport(inner: Frame): Promise<string> {
  const readDocument = (): string => {
    const chat = document.querySelector("waybill-chat");
    const state =
      chat === null ? "without waybill-chat" : `with waybill-chat (${chat.shadowRoot?.mode ?? "not started"})`;
    return `"${document.title}" ${state}`;
  };
  const state = await orNoAnswer(inner.evaluate(readDocument));
  const text = await orNoAnswer(inner.locator("body").ariaSnapshot());
  return `${state}, text ${JSON.stringify(text.slice(0, TEXT_LENGTH))}`;
}

async function orNoAnswer<T>(answer: Promise<T>): Promise<T | string> {
  const late = new Promise<string>((resolve) => setTimeout(() => resolve(NO_ANSWER), ANSWER_WITHIN_MS));
  return await Promise.race([answer.catch(() => NO_ANSWER), late]);
}
