import type { Locator } from "playwright-core";

const DIALOG_MS = 700;
const DIALOG_ATTEMPTS = 4;

/** The editor's own dialog puts the proposed name in late, and reads the folder of what is typed before it takes it. */
export async function enterPath(input: Locator, file: string): Promise<void> {
  await input.waitFor();
  for (let attempt = 0; attempt < DIALOG_ATTEMPTS && (await input.isVisible()); attempt += 1) {
    await input.page().waitForTimeout(DIALOG_MS);
    await input.fill(file);
    await input.page().waitForTimeout(DIALOG_MS);
    await input.press("Enter");
    await input.waitFor({ state: "hidden", timeout: DIALOG_MS * 4 }).catch(() => {});
  }
}
