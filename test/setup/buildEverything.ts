import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { repositoryFolder, stagedExtensionFolder } from "./repositoryFolders.ts";
import { runToEnd } from "./runToEnd.ts";
import { say } from "./say.ts";

/** Bundles the extension, its webviews and the host tests, and stages it. Rejects with what the bundler says. */
export async function buildEverything(): Promise<void> {
  say("Building the extension …");
  const { exitCode, output } = await runToEnd(process.execPath, [join(repositoryFolder, "esbuild.mjs")], {
    workingFolder: repositoryFolder,
  });
  if (exitCode !== 0) throw new Error(`The build failed.\n${output}`);
  await stageExtension();
}

/**
 * The host loads the extension from a folder of its own. The checkout cannot be it: the VS Code server lies inside, and
 * VS Code takes everything below the folder of a development extension for part of it, its own themes included.
 */
async function stageExtension(): Promise<void> {
  await rm(stagedExtensionFolder, { recursive: true, force: true });
  await mkdir(stagedExtensionFolder, { recursive: true });
  for (const name of ["package.json", "dist", "media"]) {
    await cp(join(repositoryFolder, name), join(stagedExtensionFolder, name), { recursive: true });
  }
}
