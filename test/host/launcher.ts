#!/usr/bin/env node
// Stands in for the executable of VS Code in `@vscode/test-electron`: takes VS Code's flags, runs the extension tests
// in the server of VS Code with a headless browser, and exits with their result.
import type { Page } from "playwright-core";
import { launchBrowser, openGuardedContext } from "../setup/browser.ts";
import { blameworthy, type OutsideAttempt } from "../setup/outsideAttempts.ts";
import { startVscodeServer, type VscodeServer } from "../setup/vscodeServer.ts";
import { settingsFor, type VscodeSettings } from "../setup/vscodeSettings.ts";
import { workbenchAddress } from "../setup/workbenchAddress.ts";
import { isNoise } from "./consoleNoise.ts";
import { type LauncherFlags, parseLauncherFlags } from "./launcherFlags.ts";
import { type PageDesk, startPageDesk } from "./pageDesk.ts";

const DEFAULT_TIMEOUT_SECONDS = 300;

process.exitCode = await main();

async function main(): Promise<number> {
  const flags = parseLauncherFlags(process.argv.slice(2));
  // `@vscode/test-electron` turns workspace trust off by itself.
  const trusted = flags.isWorkspaceTrustOff && process.env["WAYBILL_HOST_WINDOW"] !== "untrusted";
  const settings = settingsFor({ trusted, settings: settingsFromEnvironment() });
  const desk = await startPageDesk();
  const server = await startVscodeServer({ settings, environment: { WAYBILL_PAGE_DESK: desk.address } });
  const interrupted = interruption();
  try {
    return await runTests(flags, { server, desk }, interrupted);
  } finally {
    await server.close();
    await desk.close();
  }
}

interface Running {
  readonly server: VscodeServer;
  readonly desk: PageDesk;
}

async function runTests(
  flags: LauncherFlags,
  { server, desk }: Running,
  interrupted: Promise<number>,
): Promise<number> {
  const attempts: OutsideAttempt[] = [];
  const browser = await launchBrowser();
  try {
    const context = await openGuardedContext(browser, attempts);
    // As in an ordinary editor; without it a test could not tell whether the clipboard is as it was.
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    desk.serve(page, async () => blameworthy([...attempts, ...(await server.outsideAttempts())]));
    const exitCode = exitCodeOf(page);
    let reportStuck = (): void => {};
    const stuck = new Promise<number>((resolve) => (reportStuck = () => resolve(1)));
    page.on("console", (message) => server.noteConsole(message.text()));
    await forwardConsole(page, () => reportStuck());
    await page.goto(workbenchAddress({ ...flags, origin: server.origin }));
    const code = await Promise.race([exitCode, stuck, interrupted, timeout(), crash(page)]);
    return reportOutside([...attempts, ...(await server.outsideAttempts())]) ? 1 : code;
  } finally {
    await browser.close();
  }
}

async function exitCodeOf(page: Page): Promise<number> {
  return await new Promise((resolve, reject) => {
    page.exposeFunction("codeAutomationExit", (code: unknown) => resolve(Number(code))).catch(reject);
  });
}

/** Calls `onStuck` when VS Code itself says that its extension host does not come up: then no test will ever run. */
async function forwardConsole(page: Page, onStuck: () => void): Promise<void> {
  await page.exposeFunction("codeAutomationLog", (_level: string, parts: readonly unknown[]) => {
    const line = parts.map((part) => (typeof part === "string" ? part : JSON.stringify(part))).join(" ");
    if (!isNoise(line)) process.stdout.write(`${line}\n`);
    if (line.includes("took longer than 60s to send its ready message")) onStuck();
  });
}

async function timeout(): Promise<number> {
  const seconds = Number(process.env["WAYBILL_HOST_TIMEOUT_SECONDS"] ?? DEFAULT_TIMEOUT_SECONDS);
  return await new Promise((resolve) => {
    setTimeout(() => {
      process.stderr.write(`The tests in VS Code did not end within ${seconds} s.\n`);
      resolve(1);
    }, seconds * 1000).unref();
  });
}

async function crash(page: Page): Promise<number> {
  return await new Promise((resolve) => {
    page.once("crash", () => {
      process.stderr.write("The page with VS Code crashed.\n");
      resolve(1);
    });
  });
}

async function interruption(): Promise<number> {
  return await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve(130));
  });
}

function settingsFromEnvironment(): VscodeSettings {
  const text = process.env["WAYBILL_HOST_SETTINGS"];
  return text === undefined ? {} : JSON.parse(text);
}

function reportOutside(attempts: readonly OutsideAttempt[]): boolean {
  const lines = blameworthy(attempts);
  for (const line of lines) process.stderr.write(`Tried to leave the machine: ${line}\n`);
  return lines.length > 0;
}
