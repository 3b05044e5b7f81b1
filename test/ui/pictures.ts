import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { outputFolder } from "../setup/repositoryFolders.ts";

/** Pictures are for somebody who looks at them: `npm run test:ui` takes them, the whole of `npm test` does not. */
export const TAKES_PICTURES = process.env["WAYBILL_PICTURES"] !== "none";

const MAX_NAME = 120;

/** The window's picture as out/screenshots/NAME.png. */
export async function savePicture(page: Page, name: string): Promise<void> {
  await writePicture(page, join(outputFolder, "screenshots"), name);
}

/** What a window showed when a test failed, in out/failures; a window that shows nothing any more is left alone. */
export async function pictureFailure(page: Page, title: string): Promise<void> {
  const name = title.replaceAll(/\W+/g, "-").slice(0, MAX_NAME);
  await writePicture(page, join(outputFolder, "failures"), `${name}-${Date.now()}`).catch(() => {});
}

async function writePicture(page: Page, folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
