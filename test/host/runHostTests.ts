import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTests, TestRunFailedError } from "@vscode/test-electron";
import { startSimulator } from "../simulator/startSimulator.ts";
import { temporaryDemoWorkspace } from "../setup/demoWorkspace.ts";
import { outputFolder, stagedExtensionFolder } from "../setup/repositoryFolders.ts";

type Host = "server" | "desktop";

const LAUNCHER = fileURLToPath(new URL("launcher.ts", import.meta.url));

process.exitCode = await main(process.argv[2] === "desktop" ? "desktop" : "server");

/** Runs the bundled host tests in a fresh copy of the demo project, against the gateway simulator. */
async function main(host: Host): Promise<number> {
  const workspace = await temporaryDemoWorkspace();
  const simulator = await startSimulator({});
  try {
    await runTests({
      ...executableFor(host, workspace.folder),
      extensionDevelopmentPath: extensionFolder(),
      extensionTestsPath: testsFile(),
      extensionTestsEnv: {
        WAYBILL_SIMULATOR_BASE_URL: simulator.baseUrl,
        WAYBILL_DEVELOPMENT_KEY: simulator.key,
        WAYBILL_HOST_SETTINGS: JSON.stringify({ "waybill.gateway.url": simulator.baseUrl }),
      },
    });
    return 0;
  } catch (error) {
    if (error instanceof TestRunFailedError) return error.code ?? 1;
    throw error;
  } finally {
    await simulator.close();
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
