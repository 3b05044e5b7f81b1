import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

/** A package of which something is shipped, with the texts of its licence files. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its manifest says it, an SPDX expression; empty when it says nothing. */
  readonly licence: string;
  readonly licenceTexts: readonly LicenceText[];
}

export interface LicenceText {
  readonly file: string;
  readonly text: string;
}

/** The icon font: its subset is written by `esbuild.mjs` itself, so no bundle names it. */
export const ICONS = "@vscode/codicons";

const outputSchema = z.object({ inputs: z.record(z.string(), z.unknown()) });
const partSchema = z.object({
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), outputSchema),
});
const metafileSchema = z.object({ extension: partSchema, webviews: partSchema });
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().catch(""),
});

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)/i;

/** The packages that are in the bundles of a checkout and its icon font, by name. */
export async function bundledPackages(folder: string): Promise<BundledPackage[]> {
  const { extension, webviews } = await readMetafile(folder);
  const outputs = [...Object.values(extension.outputs), ...Object.values(webviews.outputs)];
  const names = packagesOf(outputs.flatMap(({ inputs }) => Object.keys(inputs)));
  return await Promise.all([...names, ICONS].toSorted().map((name) => readPackage(folder, name)));
}

/** The packages that the bundler has read, also those of which nothing was left in the end. */
export async function packagesRead(folder: string): Promise<string[]> {
  const { extension, webviews } = await readMetafile(folder);
  return [...packagesOf([...Object.keys(extension.inputs), ...Object.keys(webviews.inputs)]), ICONS].toSorted();
}

async function readMetafile(folder: string): Promise<z.infer<typeof metafileSchema>> {
  return metafileSchema.parse(JSON.parse(await readFile(join(folder, "out", "metafile.json"), "utf8")));
}

/** A package inside another one would have a version of its own: none is known, so none is guessed. */
function packagesOf(inputs: readonly string[]): string[] {
  const names = inputs.flatMap((input) => {
    const [, inside] = input.split("node_modules/");
    if (inside === undefined) return [];
    if (input.split("node_modules/").length > 2) throw new Error(`${input} is of a package inside another one.`);
    const [first = "", second = ""] = inside.split("/");
    return [first.startsWith("@") ? `${first}/${second}` : first];
  });
  return [...new Set(names)].toSorted();
}

async function readPackage(folder: string, name: string): Promise<BundledPackage> {
  const packageFolder = join(folder, "node_modules", name);
  const { version, license } = manifestSchema.parse(
    JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")),
  );
  const files = (await readdir(packageFolder)).filter((file) => LICENCE_FILE.test(file)).toSorted();
  const licenceTexts = await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(join(packageFolder, file), "utf8") })),
  );
  return { name, version, licence: license, licenceTexts };
}
