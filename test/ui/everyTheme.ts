import type { WorkbenchTheme } from "../setup/vscodeSettings.ts";
import { TAKES_PICTURES } from "./pictures.ts";
import type { Workbench } from "./workbench.ts";

/** The editor fades its lists and notices in. */
const FADE_MS = 500;

/** The last one stays on. */
const THEMES: readonly WorkbenchTheme[] = ["light", "dark", "highContrast"];

/** Shows something in one theme after the other, each time anew; `hide` is left out after the last. */
export async function inEveryTheme(
  workbench: Workbench,
  show: (theme: WorkbenchTheme) => Promise<void>,
  hide: () => Promise<void> = async () => {},
): Promise<void> {
  for (const theme of THEMES) {
    await workbench.switchTheme(theme);
    await show(theme);
    if (theme !== THEMES.at(-1)) await hide();
  }
}

/**
 * For what VS Code itself draws, and for states of a view whose main state is judged in every theme: every theme for pictures, the
 * one that is on otherwise.
 */
export async function picturedInEveryTheme(...parameters: Parameters<typeof inEveryTheme>): Promise<void> {
  const [, show] = parameters;
  await (TAKES_PICTURES ? inEveryTheme(...parameters) : show("dark"));
}

/** A picture of what has faded in. */
export async function fadedScreenshot(workbench: Workbench, name: string): Promise<void> {
  if (!TAKES_PICTURES) return;
  await workbench.page.waitForTimeout(FADE_MS);
  await workbench.screenshot(name);
}
