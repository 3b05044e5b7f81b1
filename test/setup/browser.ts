import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { isLoopbackHost, type OutsideAttempt } from "./outsideAttempts.ts";
import { repositoryFolder } from "./repositoryFolders.ts";
import { type EndedCommand, runToEnd } from "./runToEnd.ts";
import { say } from "./say.ts";

/** Starts without questions, also as root and without a graphics card, and speaks to nobody by itself. */
const QUIET_FLAGS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

/** What the browser says of a name that those rules do not let it look up. */
const REFUSED = "net::ERR_NAME_NOT_RESOLVED";

/** What the search for a browser depends on. */
export interface BrowserSearch {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  /** Where playwright-core would keep a Chromium of its own. */
  readonly playwrightFile: string;
}

/** Starts a headless browser; finds one first, or installs it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await ensureBrowser();
  return await chromium.launch({ executablePath, args: [...QUIET_FLAGS] });
}

/**
 * A fresh profile in which every request that leaves the machine is refused (by `QUIET_FLAGS`) and added to `attempts`.
 * Requests are watched, not routed: routing turns the cache off, and a routed web socket has been seen to deliver VS
 * Code's messages out of order, after which the window hangs.
 */
export async function openGuardedContext(
  browser: Browser,
  attempts: OutsideAttempt[],
  viewport = { width: 1280, height: 800 },
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, serviceWorkers: "allow" });
  const note = (address: string): void => {
    const { protocol, hostname, host } = new URL(address);
    if (/^(https?|wss?):$/.test(protocol) && !isLoopbackHost(hostname))
      attempts.push({ target: host, madeBy: "browser" });
  };
  // What VS Code's service worker answers has outside names as well, and never leaves: only the refused ones count.
  context.on("requestfailed", (request) => {
    if (request.failure()?.errorText === REFUSED) note(request.url());
  });
  context.on("response", (response) => {
    if (!response.fromServiceWorker()) note(response.url());
  });
  context.on("page", (page) => page.on("websocket", (socket) => note(socket.url())));
  return context;
}

/** The places to look for a browser, the best first. WAYBILL_BROWSER alone counts when it is set. */
export function browserCandidates({ platform, environment, playwrightFile }: BrowserSearch): string[] {
  const asked = environment["WAYBILL_BROWSER"];
  if (asked !== undefined && asked !== "") return [asked];
  return [...systemBrowsers(platform, environment), playwrightFile];
}

async function ensureBrowser(): Promise<string> {
  const search = { platform: process.platform, environment: process.env, playwrightFile: chromium.executablePath() };
  const found = browserCandidates(search).find((file) => existsSync(file));
  if (found !== undefined) return found;
  if (process.env["WAYBILL_BROWSER"]) throw new Error("WAYBILL_BROWSER names a file that does not exist.");
  await installBrowser();
  const installed = browserCandidates(search).find((file) => existsSync(file));
  if (installed !== undefined) return installed;
  throw new Error(
    "No Chromium was found and none could be installed. Install Chrome, Edge or Chromium, or set WAYBILL_BROWSER to one, and run the same command again.",
  );
}

async function installBrowser(): Promise<void> {
  say("Installing Chromium with playwright-core …");
  const installer = join(repositoryFolder, "node_modules", "playwright-core", "cli.js");
  const { exitCode } = await run(process.execPath, [installer, "install", "chromium"]);
  if (exitCode === 0 || !existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return;
  say("Installing Chromium with apt-get …");
  await run("apt-get", ["update"]);
  await run("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"]);
}

async function run(command: string, parameters: readonly string[]): Promise<EndedCommand> {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return await runToEnd(command, parameters, { workingFolder: repositoryFolder, environment, timeoutMs: 300_000 });
}

function systemBrowsers(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string[] {
  if (platform === "darwin") return ["Google Chrome", "Chromium", "Microsoft Edge"].map(macBrowser);
  if (platform === "win32") return windowsBrowsers(environment);
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
  return ["/usr/bin", "/usr/local/bin", "/snap/bin"].flatMap((folder) => names.map((name) => `${folder}/${name}`));
}

function macBrowser(name: string): string {
  return `/Applications/${name}.app/Contents/MacOS/${name}`;
}

function windowsBrowsers(environment: NodeJS.ProcessEnv): string[] {
  const folders = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"].flatMap((name) => environment[name] ?? []);
  const programs = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];
  return folders.flatMap((folder) => programs.map((program) => `${folder}\\${program}`));
}
