import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTests, TestRunFailedError } from "@vscode/test-electron";
import { startSimulator } from "../simulator/startSimulator.ts";
import { temporaryDemoWorkspace } from "../setup/demoWorkspace.ts";
import { temporaryHostileWorkspace } from "../setup/hostileWorkspace.ts";
import { outputFolder, stagedExtensionFolder } from "../setup/repositoryFolders.ts";

type Host = "server" | "desktop";

/** A window in Restricted Mode runs the tests of that folder alone. The desktop's own launcher always trusts. */
type Kind = "trusted" | "untrusted";

const LAUNCHER = fileURLToPath(new URL("launcher.ts", import.meta.url));

/** In a browser VS Code saves by itself, and what trusting a folder runs is its own affair. */
const SETTINGS_OF_HOSTILE_FOLDER = { "files.autoSave": "off", "task.allowAutomaticTasks": "off" };

process.exitCode = await main(
  process.argv[2] === "desktop" ? "desktop" : "server",
  process.argv[3] === "untrusted" ? "untrusted" : "trusted",
);

/**
 * Runs the bundled host tests against the gateway simulator: those of a trusted window in a fresh copy of the demo project, those of
 * Restricted Mode in a hostile folder, which names a second simulator wherever it can name an address.
 */
async function main(host: Host, kind: Kind): Promise<number> {
  const [simulator, strange] = await Promise.all([startSimulator({}), startSimulator({})]);
  const workspace = await (kind === "trusted" ? temporaryDemoWorkspace() : temporaryHostileWorkspace(strange.baseUrl));
  try {
    await runTests({
      ...executableFor(host, workspace.folder),
      extensionDevelopmentPath: extensionFolder(),
      extensionTestsPath: testsFile(),
      extensionTestsEnv: {
        WAYBILL_SIMULATOR_BASE_URL: simulator.baseUrl,
        WAYBILL_STRANGE_BASE_URL: strange.baseUrl,
        WAYBILL_DEVELOPMENT_KEY: simulator.key,
        WAYBILL_HOST_SETTINGS: JSON.stringify({
          "waybill.gateway.url": simulator.baseUrl,
          ...(kind === "trusted" ? {} : SETTINGS_OF_HOSTILE_FOLDER),
        }),
        WAYBILL_HOST_WINDOW: kind,
      },
    });
    return 0;
  } catch (error) {
    if (error instanceof TestRunFailedError) return error.code ?? 1;
    throw error;
  } finally {
    await Promise.all([simulator.close(), strange.close()]);
    await workspace.remove();
  }
}

interface Executable {
  readonly vscodeExecutablePath?: string;
  readonly launchArgs: string[];
}

/** Node runs the launcher as it is, so it needs neither a bit in the file system nor a batch file on Windows. */
function executableFor(host: Host, workspaceFolder: string): Executable {
  if (host === "desktop") return { launchArgs: [workspaceFolder] };
  return { vscodeExecutablePath: process.execPath, launchArgs: [LAUNCHER, workspaceFolder] };
}

function extensionFolder(): string {
  return process.env["WAYBILL_EXTENSION_DIR"] ?? stagedExtensionFolder;
}

function testsFile(): string {
  const file = join(outputFolder, "host-tests", "suite.js");
  if (existsSync(file)) return file;
  throw new Error("The bundled host tests are missing. Run: npm run build");
}
