import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { outputFolder } from "../setup/repositoryFolders.ts";

/** Pictures are for somebody who looks at them: `npm run test:ui` takes them, the whole of `npm test` does not. */
export const TAKES_PICTURES = process.env["WAYBILL_PICTURES"] !== "none";

/** The window's picture as out/screenshots/NAME.png. */
export async function savePicture(page: Page, name: string): Promise<void> {
  const folder = join(outputFolder, "screenshots");
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
