// Packs the extension as the Marketplace would get it, and holds what is inside against vsix-contents.txt.
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageDifferences } from "./packageContents.ts";
import { outputFolder, repositoryFolder } from "./repositoryFolders.ts";
import { runToEnd } from "./runToEnd.ts";
import { say } from "./say.ts";
import { zipEntries } from "./zipEntries.ts";

const MAX_PACKAGE_BYTES = 1_000_000;
const LIST_FILE = fileURLToPath(new URL("vsix-contents.txt", import.meta.url));

process.exitCode = await main();

async function main(): Promise<number> {
  const packageFile = join(outputFolder, "waybill.vsix");
  await mkdir(outputFolder, { recursive: true });
  const { exitCode, output } = await pack(packageFile);
  if (exitCode !== 0) {
    say(output);
    return 1;
  }
  const archive = await readFile(packageFile);
  const list = (await readFile(LIST_FILE, "utf8")).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const problems = [...packageDifferences(zipEntries(archive), list), ...sizeProblems(archive.length)];
  for (const problem of problems) say(problem);
  return problems.length === 0 ? 0 : 1;
}

async function pack(packageFile: string): ReturnType<typeof runToEnd> {
  const vsce = join("node_modules", "@vscode", "vsce", "vsce");
  const flags = ["package", "--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", packageFile];
  return await runToEnd(process.execPath, [vsce, ...flags], { workingFolder: repositoryFolder });
}

function sizeProblems(bytes: number): string[] {
  if (bytes < MAX_PACKAGE_BYTES) return [];
  return [`The package has ${bytes} bytes; fewer than ${MAX_PACKAGE_BYTES} are allowed.`];
}
