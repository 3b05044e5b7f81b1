import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { keptFolder } from "./repositoryFolders.ts";
import { runNpm } from "./runNpm.ts";
import { say } from "./say.ts";
import { showToasts } from "./vscodeServerToasts.ts";

/** code-server 4.139.1 carries VS Code 1.139.1: its server, its browser workbench and the built-in extensions. */
const CODE_SERVER_VERSION = "4.139.1";
/** Raised when the steps below change, so that an older install is done again. */
const INSTALL_REVISION = 2;
const QUIET = ["--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Makes sure VS Code's server is installed, and returns the folder that holds its `out/server-main.js`.
 * WAYBILL_VSCODE_SERVER_DIR names an install to share between checkouts.
 */
export async function ensureVscodeServer(): Promise<string> {
  const installFolder =
    process.env["WAYBILL_VSCODE_SERVER_DIR"] ?? join(keptFolder, `code-server-${CODE_SERVER_VERSION}`);
  const vscodeFolder = join(installFolder, "node_modules", "code-server", "lib", "vscode");
  if (existsSync(stampOf(installFolder))) return vscodeFolder;
  say(`Installing VS Code's server (code-server ${CODE_SERVER_VERSION}, about 630 MB) …`);
  await installInto(installFolder, vscodeFolder);
  return vscodeFolder;
}

/** Written last: an install that was interrupted has no stamp and is done again. */
function stampOf(installFolder: string): string {
  return join(installFolder, `installed-${CODE_SERVER_VERSION}-${INSTALL_REVISION}`);
}

async function installInto(installFolder: string, vscodeFolder: string): Promise<void> {
  await rm(join(installFolder, "node_modules"), { recursive: true, force: true });
  await mkdir(installFolder, { recursive: true });
  await writeFile(join(installFolder, "package.json"), `{ "name": "vscode-server", "private": true }\n`);
  await npmInstall([`code-server@${CODE_SERVER_VERSION}`, "--save-exact"], installFolder);
  // The built-in part is a package of its own; its lock file does not pass `npm ci`. Nothing is compiled.
  await npmInstall(["--omit=dev"], vscodeFolder);
  await npmInstall(["--omit=dev"], join(vscodeFolder, "extensions"));
  await showToasts(vscodeFolder);
  await writeFile(stampOf(installFolder), "");
}

async function npmInstall(parameters: readonly string[], folder: string): Promise<void> {
  const { exitCode, output } = await runNpm(["install", ...parameters, "--ignore-scripts", ...QUIET], folder);
  if (exitCode === 0) return;
  throw new Error(
    `VS Code's server could not be installed. Check the connection to the npm registry and run the same command again.\n${output}`,
  );
}
