import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repositoryFolder } from "../repositoryFolders.ts";
import { runToEnd } from "../runToEnd.ts";
import { packagesRead } from "./bundledPackages.ts";
import { packExtension } from "./packExtension.ts";

/** All that the product is made of, but for its packages. */
const SOURCES = [
  ...["src", "media", "esbuild.mjs", "tsconfig.json", "tsconfig.base.json", "package.json", "package-lock.json"],
  ...["README.md", "CHANGELOG.md", "LICENSE", ".vscodeignore"],
];

/** What `esbuild.mjs` itself imports; where these lie is in no bundle. */
const TOOLS = ["esbuild", "subset-font"];

/** Elsewhere on the earth another day may have begun. */
const OTHER_PLACE = { ...process.env, TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8" };

/**
 * Builds and packs the checkout a second time: in a folder with another name, from files with other dates and permissions, in
 * another time zone and language. Gives the bytes of that package.
 */
export async function packAgain(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-again-"));
  try {
    for (const name of SOURCES) await cp(join(repositoryFolder, name), join(folder, name), { recursive: true });
    // By value: a bundler follows a link to where the file really is, and the name of that place is part of its hashes.
    for (const name of await packagesRead(repositoryFolder)) {
      await cp(join(repositoryFolder, "node_modules", name), join(folder, "node_modules", name), { recursive: true });
    }
    for (const name of TOOLS) await link(join("node_modules", name), folder);
    await chmod(join(folder, "media", "icon.svg"), 0o600);
    await build(folder);
    const packageFile = join(folder, "again.vsix");
    await packExtension(folder, packageFile, OTHER_PLACE);
    return await readFile(packageFile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function link(path: string, folder: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await symlink(join(repositoryFolder, path), join(folder, path), "junction");
}

async function build(folder: string): Promise<void> {
  const { exitCode, output } = await runToEnd(process.execPath, ["esbuild.mjs", "--product"], {
    workingFolder: folder,
    environment: OTHER_PLACE,
  });
  if (exitCode !== 0) throw new Error(`The second build failed.\n${output}`);
}
