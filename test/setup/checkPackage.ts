// Packs the extension as the Marketplace would get it, looks into it, and packs it again elsewhere: the bytes have to be the same.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readManifest } from "../architecture/manifest.ts";
import { packageDifferences } from "./packageContents.ts";
import { outputFolder, repositoryFolder } from "./repositoryFolders.ts";
import { say } from "./say.ts";
import { type BundledPackage, bundledPackages } from "./supplyChain/bundledPackages.ts";
import { licenceProblems } from "./supplyChain/licences.ts";
import { installScriptProblems, lockfileProblems, readLockfile } from "./supplyChain/lockfile.ts";
import { packAgain } from "./supplyChain/packAgain.ts";
import { packExtension } from "./supplyChain/packExtension.ts";
import { packedFileProblems } from "./supplyChain/packedFiles.ts";
import { rebuildProblems, sha256 } from "./supplyChain/rebuild.ts";
import { softwareBill } from "./supplyChain/softwareBill.ts";
import { zipFiles } from "./zipEntries.ts";

const MAX_PACKAGE_BYTES = 1_000_000;
const LIST_FILE = fileURLToPath(new URL("vsix-contents.txt", import.meta.url));

process.exitCode = await main();

async function main(): Promise<number> {
  const packageFile = join(outputFolder, "waybill.vsix");
  await mkdir(outputFolder, { recursive: true });
  const [again] = await Promise.all([packAgain(), packExtension(repositoryFolder, packageFile)]);
  const archive = await readFile(packageFile);
  const bundled = await bundledPackages(repositoryFolder);
  const problems = [
    ...(await contentProblems(archive, bundled)),
    ...originProblems(bundled),
    ...rebuildProblems(archive, again),
  ];
  await writeFile(join(outputFolder, "waybill.cdx.json"), softwareBill(readManifest(), bundled, lockfile()));
  await writeFile(join(outputFolder, "waybill.vsix.sha256"), `${sha256(archive)}  waybill.vsix\n`);
  for (const problem of problems) say(problem);
  return problems.length === 0 ? 0 : 1;
}

async function contentProblems(archive: Buffer, bundled: readonly BundledPackage[]): Promise<string[]> {
  const list = (await readFile(LIST_FILE, "utf8")).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const files = zipFiles(archive);
  return [
    ...packageDifferences([...files.keys()].toSorted(), list),
    ...sizeProblems(archive.length),
    ...packedFileProblems(files, bundled),
  ];
}

function originProblems(bundled: readonly BundledPackage[]): string[] {
  const names = bundled.map(({ name }) => name);
  return [...licenceProblems(bundled), ...lockfileProblems(lockfile()), ...installScriptProblems(names, lockfile())];
}

function lockfile(): ReturnType<typeof readLockfile> {
  return readLockfile(repositoryFolder);
}

function sizeProblems(bytes: number): string[] {
  if (bytes < MAX_PACKAGE_BYTES) return [];
  return [`The package has ${bytes} bytes; fewer than ${MAX_PACKAGE_BYTES} are allowed.`];
}
