import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type ProcessTree, startProcessTree } from "./processTree.ts";
import type { VscodeSettings } from "./vscodeSettings.ts";

/** What a desktop VS Code is opened with. */
export interface DesktopOptions {
  readonly command: string;
  /** Holds the profile: settings, state and extensions of its own. */
  readonly profileFolder: string;
  readonly workspaceFolder: string;
  readonly extensionFolder: string;
  readonly settings: VscodeSettings;
  readonly environment: NodeJS.ProcessEnv;
}

/** Opens a window of the installed VS Code. The process ends when the window is closed. */
export async function startDesktop(options: DesktopOptions): Promise<ProcessTree> {
  const userDataFolder = join(options.profileFolder, "user-data");
  await mkdir(join(userDataFolder, "User"), { recursive: true });
  await writeFile(join(userDataFolder, "User", "settings.json"), `${JSON.stringify(options.settings, null, 2)}\n`);
  const flags = [
    `--user-data-dir=${userDataFolder}`,
    `--extensions-dir=${join(options.profileFolder, "extensions")}`,
    `--extensionDevelopmentPath=${options.extensionFolder}`,
    "--new-window",
    "--wait",
    options.workspaceFolder,
  ];
  return startProcessTree(options.command, flags, {
    env: { ...process.env, ...options.environment },
    stdio: "ignore",
    shell: options.command.endsWith(".cmd"),
  });
}
