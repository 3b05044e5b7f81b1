import type { Page } from "playwright-core";
import type { Workbench } from "../ui/workbench.ts";

/** Settings a window needs for it: as a dialog, Running Extensions would lie over the activity bar. */
export const RUNNING_EXTENSIONS_SETTINGS = { "workbench.editor.useModal": "off" };

/** The list comes when VS Code has looked through the extensions installed, which is late on a busy machine. */
const LIST_TIMEOUT_MS = 60_000;

/** Milliseconds of loading and activating Waybill, as VS Code itself tells them under Running Extensions. */
export async function readActivationMs(workbench: Workbench): Promise<number> {
  const { page } = workbench;
  const viewport = page.viewportSize();
  // Only rows in sight are drawn, and the fastest extension is the last.
  await page.setViewportSize({ width: 1280, height: 2400 });
  await workbench.runCommand("Developer: Show Running Extensions");
  const text = await activationText(page);
  await workbench.runCommand("View: Close All Editors");
  if (viewport !== null) await page.setViewportSize(viewport);
  const milliseconds = /(\d+)ms/.exec(text)?.[1];
  if (milliseconds === undefined) throw new Error(`Running Extensions says ${text}.`);
  return Number(milliseconds);
}

/** For instance `Activation: 12ms`. An extension in development goes by its id there. */
async function activationText(page: Page): Promise<string> {
  const row = page
    .locator(".runtime-extensions-editor .monaco-list-row")
    .filter({ has: page.locator(".name", { hasText: /^waybill\.waybill$/ }) });
  const time = row.locator(".activation-time").filter({ hasText: /\d+ms/ });
  await time.waitFor({ timeout: LIST_TIMEOUT_MS });
  return await time.innerText();
}
