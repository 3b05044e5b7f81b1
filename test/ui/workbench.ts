import { join } from "node:path";
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from "playwright-core";
import { launchBrowser, openGuardedContext } from "../setup/browser.ts";
import { type TemporaryWorkspace, temporaryDemoWorkspace } from "../setup/demoWorkspace.ts";
import { blameworthy, type OutsideAttempt } from "../setup/outsideAttempts.ts";
import { stagedExtensionFolder } from "../setup/repositoryFolders.ts";
import { startVscodeServer, type VscodeServer } from "../setup/vscodeServer.ts";
import { settingsFor, type SettingsRequest, type WorkbenchTheme } from "../setup/vscodeSettings.ts";
import { workbenchAddress } from "../setup/workbenchAddress.ts";
import { TAKES_PICTURES, savePicture } from "./pictures.ts";
import { tryTwice } from "./tryTwice.ts";
import { webviewFrame } from "./webviewFrame.ts";

const READY_TIMEOUT_MS = 25_000;
const THEME_TIMEOUT_MS = 60_000;
const EXTENSION_TIMEOUT_MS = 15_000;
const MAX_RELOADS = 3;
const PICK_TIMEOUT_MS = 45_000;
const PICK_ROUND_MS = 6000;
const MAX_CONSOLE_ERRORS = 12;
const CONSOLE_LINE_LENGTH = 200;

/** What all windows of one server share. */
export interface WorkbenchHostOptions {
  /** Variables for the extension host. */
  readonly environment?: NodeJS.ProcessEnv;
  /** The folder with the extension's package.json; the repository when absent. */
  readonly extensionPath?: string;
}

/** What one window looks like. Settings are shared by the windows of a server: the last one opened sets them. */
export interface WorkbenchWindowOptions extends SettingsRequest {
  /** The folder to open; a fresh copy of the demo project when absent. */
  readonly workspace?: string;
  /** In CSS pixels; 1280 × 800 when absent. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** One server and one browser, in which any number of windows open one after the other or side by side. */
export interface WorkbenchHost {
  /** Opens a window with a browser profile of its own: nothing is left of the windows before it but the server's files. */
  openWorkbench(options?: WorkbenchWindowOptions): Promise<Workbench>;
  close(): Promise<void>;
}

/** A window of VS Code with the extension loaded in development mode. */
export interface Workbench {
  readonly page: Page;
  /** The opened folder. */
  readonly workspaceFolder: string;
  /** Where the extension keeps its ledger and chats; shared by all windows of the server. */
  readonly storageFolder: string;
  /** The document inside a webview, by the title of its view or panel or by its own `<title>`, once it is shown. */
  webviewFrame(title: string): Promise<FrameLocator>;
  /** Runs the command with exactly this title (with its category: `Waybill: New Chat`) through the command palette. */
  runCommand(title: string): Promise<void>;
  /** Opens a file by its path inside the workspace. */
  openFile(path: string): Promise<void>;
  switchTheme(theme: WorkbenchTheme): Promise<void>;
  /** Saves the window's picture to out/screenshots/NAME.png where pictures are wanted. */
  screenshot(name: string): Promise<void>;
  /** The texts of the notifications that are visible now. */
  notifications(): Promise<string[]>;
  /** The first lines of the last errors on the console of the window and its webviews. */
  consoleErrors(): readonly string[];
  /** Reloads the window: a new extension host in the same profile. */
  reloadWindow(): Promise<void>;
  /** Opens one more window of the same user on a folder, this one's when absent. */
  openSecondWindow(workspaceFolder?: string): Promise<Workbench>;
  /** What was tried to reach outside this machine, by windows and server; all of it was refused. */
  outsideRequests(): Promise<string[]>;
  /** Closes the window, and what was started for it. */
  close(): Promise<void>;
}

/** Starts a server and a browser for several tests. */
export async function startWorkbenchHost(options: WorkbenchHostOptions = {}): Promise<WorkbenchHost> {
  const server = await startVscodeServer({
    settings: settingsFor({}),
    ...(options.environment === undefined ? {} : { environment: options.environment }),
  });
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  const host: HostParts = {
    server,
    browser,
    attempts: [],
    extensionFolder: options.extensionPath ?? stagedExtensionFolder,
  };
  return {
    openWorkbench: async (windowOptions = {}) => await openFreshWindow(host, windowOptions),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/** Opens a window on a server and in a browser of its own; `close` ends both. Starts anew once when that fails. */
export async function openWorkbench(options: WorkbenchHostOptions & WorkbenchWindowOptions = {}): Promise<Workbench> {
  return await tryTwice("open VS Code", async () => await openWithHost(options));
}

async function openWithHost(options: WorkbenchHostOptions & WorkbenchWindowOptions): Promise<Workbench> {
  const host = await startWorkbenchHost(options);
  try {
    const workbench = await host.openWorkbench(options);
    return {
      ...workbench,
      close: async () => {
        await workbench.close();
        await host.close();
      },
    };
  } catch (error) {
    await host.close();
    throw error;
  }
}

interface HostParts {
  readonly server: VscodeServer;
  readonly browser: Browser;
  readonly attempts: OutsideAttempt[];
  readonly extensionFolder: string;
}

async function openFreshWindow(host: HostParts, options: WorkbenchWindowOptions): Promise<Workbench> {
  await host.server.writeSettings(settingsFor(options));
  const temporary = options.workspace === undefined ? await temporaryDemoWorkspace() : undefined;
  const context = await openGuardedContext(host.browser, host.attempts, options.viewport);
  const workbench = await openWindow(host, context, options.workspace ?? folderOf(temporary));
  if (options.theme !== undefined) await workbench.switchTheme(options.theme);
  return {
    ...workbench,
    close: async () => {
      await context.close();
      await temporary?.remove();
    },
  };
}

/** Chooses the theme as a person would: a window takes up the setting of it only at some moments of its start. */
async function switchTheme(page: Page, theme: WorkbenchTheme): Promise<void> {
  const themed = page.locator(`.monaco-workbench[class*="${THEME_FILES[theme]}"]`);
  if (await themed.isVisible()) return;
  await runCommand(page, "Preferences: Color Theme");
  const input = page.locator(".quick-input-widget:visible .quick-input-box input");
  await page.getByPlaceholder(/Select Color Theme/).waitFor();
  await input.fill(THEME_LABELS[theme]);
  await page
    .locator(".quick-input-widget:visible .monaco-list-row.focused", { hasText: THEME_LABELS[theme] })
    .waitFor();
  await input.press("Enter");
  await themed.waitFor({ timeout: THEME_TIMEOUT_MS });
  await input.waitFor({ state: "hidden" });
}

/** What the list of colour themes calls them. */
const THEME_LABELS: Readonly<Record<WorkbenchTheme, string>> = {
  light: "Light Modern",
  dark: "Dark Modern",
  highContrast: "Dark High Contrast",
  highContrastLight: "Light High Contrast",
};

/** The part of the workbench's class that names the file of its theme. The kind alone is there before any theme is. */
const THEME_FILES = {
  light: "themes-light_modern-json",
  dark: "themes-dark_modern-json",
  highContrast: "themes-hc_black-json",
  highContrastLight: "themes-hc_light-json",
} as const;

function folderOf(temporary: TemporaryWorkspace | undefined): string {
  if (temporary === undefined) throw new Error("A window needs a folder.");
  return temporary.folder;
}

async function openWindow(host: HostParts, context: BrowserContext, workspaceFolder: string): Promise<Workbench> {
  const page = await context.newPage();
  const { server, extensionFolder } = host;
  const consoleErrors = collectConsoleErrors(page);
  const reloadWindow = async (): Promise<void> => {
    await page.reload();
    await untilUsable(page);
  };
  page.on("console", (message) => server.noteConsole(message.text()));
  await page.goto(workbenchAddress({ origin: server.origin, workspaceFolder, extensionFolder }));
  await untilUsable(page);
  return {
    page,
    workspaceFolder,
    storageFolder: join(server.globalStorageFolder, "waybill.waybill"),
    webviewFrame: async (title) => await webviewFrame(page, title),
    runCommand: async (title) => await runCommand(page, title),
    openFile: async (path) =>
      await tryTwice(`open the file ${path}`, async () => await openFile(page, path), reloadWindow),
    switchTheme: async (theme) => await switchTheme(page, theme),
    screenshot: async (name) => {
      if (TAKES_PICTURES) await savePicture(page, name);
    },
    notifications: async () =>
      await page.locator(".notification-toast .notification-list-item-message").allInnerTexts(),
    consoleErrors: () => consoleErrors,
    reloadWindow,
    openSecondWindow: async (folder = workspaceFolder) => await openWindow(host, context, folder),
    outsideRequests: async () => blameworthy([...host.attempts, ...(await server.outsideAttempts())]),
    close: async () => await page.close(),
  };
}

/** A list of the last errors that goes on growing and forgetting. */
function collectConsoleErrors(page: Page): readonly string[] {
  const errors: string[] = [];
  const add = (text: string): void => {
    const line = text.split("\n", 1)[0]?.slice(0, CONSOLE_LINE_LENGTH) ?? "";
    if (!errors.includes(line)) errors.push(line);
    if (errors.length > MAX_CONSOLE_ERRORS) errors.shift();
  };
  page.on("pageerror", (error) => add(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") add(`${message.text()} ${message.location().url.split("/").at(-1) ?? ""}`);
  });
  return errors;
}

/** A busy server sometimes starts a window that stays empty or has no development extension; a person would reload it, too. */
async function untilUsable(page: Page): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await untilReady(page);
      await page.getByRole("tab", { name: "Waybill", exact: true }).waitFor({ timeout: EXTENSION_TIMEOUT_MS });
      return;
    } catch (error) {
      if (attempt === MAX_RELOADS) throw error;
    }
    await page.reload();
  }
}

/** The workbench is drawn, and the folder and the extension are known: VS Code then names both in the window's title. */
async function untilReady(page: Page): Promise<void> {
  const statusItem = page.locator(".monaco-workbench .part.statusbar .statusbar-item").first();
  await statusItem.waitFor({ timeout: READY_TIMEOUT_MS });
  await page.waitForFunction(() => document.title.includes("[Extension Development Host]"), undefined, {
    timeout: READY_TIMEOUT_MS,
  });
}

async function runCommand(page: Page, title: string): Promise<void> {
  await pickFromQuickInput(page, { keys: "F1", text: `>${title}`, label: title });
}

async function openFile(page: Page, path: string): Promise<void> {
  const name = path.split("/").at(-1) ?? path;
  await pickFromQuickInput(page, { keys: "ControlOrMeta+P", text: path, label: name });
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator(".editor-instance .monaco-editor .view-line").first().waitFor();
}

interface QuickPick {
  readonly keys: string;
  readonly text: string;
  readonly label: string;
}

/** Asks again until the entry is picked: commands are known late, and an editor that takes the focus closes the input. */
async function pickFromQuickInput(page: Page, { keys, text, label }: QuickPick): Promise<void> {
  const deadline = Date.now() + PICK_TIMEOUT_MS;
  const input = page.locator(".quick-input-widget:visible .quick-input-box input");
  const row = quickInputRow(page, label);
  for (;;) {
    await page.keyboard.press(keys);
    const isPicked = await input
      .fill(text, { timeout: PICK_ROUND_MS })
      .then(async () => await row.click({ timeout: PICK_ROUND_MS }))
      .then(() => true)
      .catch(() => false);
    if (isPicked) return;
    if (Date.now() > deadline) throw new Error(`VS Code did not offer ${label}.`);
    await page.keyboard.press("Escape");
  }
}

function quickInputRow(page: Page, label: string): Locator {
  return page
    .locator(".quick-input-widget:visible .quick-input-list .monaco-list-row")
    .filter({ has: page.locator(".label-name", { hasText: exactly(label) }) })
    .first();
}

/** VS Code splits a label into highlighted parts, so only the text of the whole label can be compared. */
function exactly(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}
