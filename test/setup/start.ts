// `npm start`: a VS Code with Waybill in it, on a demo project, speaking to the gateway simulator. Ctrl+C ends it all.
import { join } from "node:path";
import { startSimulator } from "../simulator/startSimulator.ts";
import { askForKey } from "./askForKey.ts";
import { buildEverything } from "./buildEverything.ts";
import { copyDemoWorkspace } from "./demoWorkspace.ts";
import { findOnPath } from "./findOnPath.ts";
import { keptSettings } from "./keptSettings.ts";
import { openInBrowser } from "./openInBrowser.ts";
import { keptFolder, stagedExtensionFolder } from "./repositoryFolders.ts";
import { say } from "./say.ts";
import { startDesktop } from "./startDesktop.ts";
import { parseStartOptions } from "./startOptions.ts";
import { startVscodeServer } from "./vscodeServer.ts";
import { settingsFor, type VscodeSettings } from "./vscodeSettings.ts";
import { workbenchAddress } from "./workbenchAddress.ts";

const PREFERRED_PORT = 8931;
const startFolder = join(keptFolder, "start");
const workspaceFolder = join(startFolder, "invoice-demo");

/** The gateway Waybill speaks to, and how to let go of it. */
interface Gateway {
  readonly key: string;
  readonly settings: VscodeSettings;
  close(): Promise<void>;
}

/** A VS Code that was opened. */
interface OpenedVscode {
  /** Settles when the person closed it; never for a browser. */
  readonly closed: Promise<unknown>;
  close(): Promise<void>;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const { isRealGateway } = parseStartOptions(process.argv.slice(2));
  const interrupted = interruption();
  const gateway = isRealGateway ? await realGateway() : await simulatedGateway();
  try {
    await buildEverything();
    await copyDemoWorkspace(workspaceFolder);
    const vscode = await openVscode(gateway, isRealGateway);
    await Promise.race([interrupted, vscode.closed]);
    say("Ending …");
    await vscode.close();
  } finally {
    await gateway.close();
  }
  process.exit(0);
}

async function realGateway(): Promise<Gateway> {
  return { key: await askForKey(), settings: {}, close: async () => {} };
}

async function simulatedGateway(): Promise<Gateway> {
  const simulator = await startSimulator({});
  say(`The gateway simulator runs at ${simulator.baseUrl}`);
  return {
    key: simulator.key,
    settings: { "waybill.gateway.url": simulator.baseUrl },
    close: async () => await simulator.close(),
  };
}

async function openVscode(gateway: Gateway, isRealGateway: boolean): Promise<OpenedVscode> {
  const command = process.env["WAYBILL_HOST"] === "server" ? undefined : findOnPath("code");
  const settings = settingsFor({ settings: gateway.settings });
  const environment = { WAYBILL_DEVELOPMENT_KEY: gateway.key };
  return command === undefined
    ? await openInServer(settings, environment, isRealGateway)
    : await openOnDesktop(command, settings, environment);
}

async function openOnDesktop(
  command: string,
  settings: VscodeSettings,
  environment: NodeJS.ProcessEnv,
): Promise<OpenedVscode> {
  say("Opening VS Code with a profile of its own. Close its window or press Ctrl+C to end.");
  const profileFolder = join(startFolder, "desktop");
  const extensionFolder = stagedExtensionFolder;
  const kept = await keptSettings(join(profileFolder, "user-data", "User", "settings.json"), settings);
  const desktop = await startDesktop({
    ...{ command, profileFolder, workspaceFolder, extensionFolder, environment },
    settings: kept,
  });
  return { closed: new Promise((resolve) => desktop.child.once("exit", resolve)), close: () => desktop.end() };
}

async function openInServer(
  settings: VscodeSettings,
  environment: NodeJS.ProcessEnv,
  isOutsideAllowed: boolean,
): Promise<OpenedVscode> {
  const dataFolder = join(startFolder, "server");
  const server = await startVscodeServer({
    ...{ environment, dataFolder, isOutsideAllowed, preferredPort: PREFERRED_PORT },
    settings: await keptSettings(join(dataFolder, "data", "User", "settings.json"), settings),
  });
  const address = workbenchAddress({ origin: server.origin, workspaceFolder, extensionFolder: stagedExtensionFolder });
  const isOpened = openInBrowser(address);
  say(`VS Code with Waybill ${isOpened ? "opens in your browser" : "waits for a browser"} at:\n\n${address}\n`);
  say("Press Ctrl+C to end it.");
  return { closed: new Promise(() => {}), close: () => server.close() };
}

async function interruption(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}
