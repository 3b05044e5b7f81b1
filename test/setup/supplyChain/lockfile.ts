import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const lockedSchema = z.looseObject({
  version: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
});

const lockfileSchema = z.object({ lockfileVersion: z.number(), packages: z.record(z.string(), lockedSchema) });

export type Lockfile = z.infer<typeof lockfileSchema>;

const EXACT_VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;
const SHA_512 = /^sha512-[A-Za-z0-9+/]{86}==$/;

/** Reads `package-lock.json` of a checkout. */
export function readLockfile(folder: string): Lockfile {
  return lockfileSchema.parse(JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")));
}

/**
 * One sentence for each package that could be another one than was reviewed: from elsewhere than the registry that npm is
 * told of, of no exact version, or without a strong hash. Programs for other systems, which were never installed where the
 * lock file was written, have no hash; they may be optional tools only.
 */
export function lockfileProblems({ lockfileVersion, packages }: Lockfile): string[] {
  const problems = lockfileVersion === 3 ? [] : [`The lock file has version ${lockfileVersion}.`];
  for (const [place, locked] of Object.entries(packages)) {
    if (place === "") continue;
    if (!place.startsWith("node_modules/") || locked.link === true) problems.push(`${place} is a folder, no package.`);
    if (locked.resolved !== undefined) problems.push(`${place} names where it comes from: ${locked.resolved}`);
    if (!EXACT_VERSION.test(locked.version ?? "")) problems.push(`${place} has no exact version.`);
    const isForeignTool = locked.integrity === undefined && locked.optional === true && locked.dev === true;
    if (!isForeignTool && !SHA_512.test(locked.integrity ?? "")) problems.push(`${place} has no SHA-512.`);
  }
  return problems;
}

/** One sentence for each of these packages that would run a script of its own when it is installed. */
export function installScriptProblems(names: readonly string[], { packages }: Lockfile): string[] {
  return names
    .filter((name) => packages[`node_modules/${name}`]?.hasInstallScript === true)
    .map((name) => `${name} is bundled and runs a script when it is installed.`);
}
