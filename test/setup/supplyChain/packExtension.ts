import { chmod, cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { repositoryFolder } from "../repositoryFolders.ts";
import { runToEnd } from "../runToEnd.ts";
import { bundledPackages } from "./bundledPackages.ts";
import { thirdPartyNotices } from "./thirdPartyNotices.ts";

/** What a checkout brings into the package. vsce takes of it what `.vscodeignore` lets through. */
const SHIPPED = ["package.json", "README.md", "CHANGELOG.md", "LICENSE", ".vscodeignore", "dist", "media"];

/** 1 January 1980, the first moment that an archive can name: when and where it was packed is no part of what is in it. */
const NOWHERE = { SOURCE_DATE_EPOCH: "315532800", TZ: "UTC", LC_ALL: "C" };
const READABLE_BY_ALL = 0o644;

/**
 * Packs a checkout that was built, as the Marketplace gets it. The same sources give the same bytes, with the same Node:
 * whoever packs, where and when changes neither dates nor permissions. Rejects with what vsce says.
 */
export async function packExtension(
  checkout: string,
  packageFile: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const folder = join(checkout, "out", "package");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of SHIPPED) await cp(join(checkout, name), join(folder, name), { recursive: true });
  await writeFile(join(folder, "ThirdPartyNotices.txt"), thirdPartyNotices(await bundledPackages(checkout)));
  await makeReadable(folder);
  const vsce = join(repositoryFolder, "node_modules", "@vscode", "vsce", "vsce");
  const { exitCode, output } = await runToEnd(
    process.execPath,
    [vsce, "package", "--no-dependencies", "--out", packageFile],
    {
      workingFolder: folder,
      environment: { ...environment, ...NOWHERE },
    },
  );
  if (exitCode !== 0) throw new Error(output);
}

/** An archive keeps permissions, which in a checkout come from whoever made it. */
async function makeReadable(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await chmod(join(entry.parentPath, entry.name), READABLE_BY_ALL);
  }
}
