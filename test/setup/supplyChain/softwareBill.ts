import type { BundledPackage } from "./bundledPackages.ts";
import { licenceOf } from "./licences.ts";
import type { Lockfile } from "./lockfile.ts";

/**
 * What is in the package as a CycloneDX 1.6 document (https://cyclonedx.org/docs/1.6/json), by the bundler's own list and the
 * hashes of the lock file. Without serial number and time, which may be left out, so that the same packages give the same text.
 */
export function softwareBill(
  { name, version }: { readonly name: string; readonly version: string },
  packages: readonly BundledPackage[],
  lockfile: Lockfile,
): string {
  const bill = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: { type: "application", "bom-ref": name, name, version, licenses: [{ license: { id: "MIT" } }] },
    },
    components: packages.map((bundled) => componentOf(bundled, lockfile)),
    dependencies: [
      { ref: name, dependsOn: packages.map(referenceOf) },
      ...packages.map((bundled) => ({ ref: referenceOf(bundled), dependsOn: neededBy(bundled, packages, lockfile) })),
    ],
  };
  return `${JSON.stringify(bill, undefined, 2)}\n`;
}

function componentOf(bundled: BundledPackage, lockfile: Lockfile): object {
  const licence = licenceOf(bundled);
  const [group, name] = bundled.name.startsWith("@") ? bundled.name.split("/") : [undefined, bundled.name];
  return {
    type: "library",
    "bom-ref": referenceOf(bundled),
    ...(group === undefined ? {} : { group }),
    name,
    version: bundled.version,
    scope: "required",
    hashes: [{ alg: "SHA-512", content: hashOf(bundled, lockfile) }],
    ...(licence === undefined ? {} : { licenses: [{ license: { id: licence } }] }),
    purl: referenceOf(bundled),
  };
}

/** A package URL: https://github.com/package-url/purl-spec. */
function referenceOf({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** That of the archive the package came in, in the hexadecimal form that CycloneDX wants. */
function hashOf({ name, version }: BundledPackage, lockfile: Lockfile): string {
  const locked = lockfile.packages[`node_modules/${name}`];
  if (locked?.version !== version) throw new Error(`The lock file does not have ${name} ${version}.`);
  return Buffer.from(locked.integrity?.replace("sha512-", "") ?? "", "base64").toString("hex");
}

function neededBy({ name }: BundledPackage, packages: readonly BundledPackage[], lockfile: Lockfile): string[] {
  const needed = Object.keys(lockfile.packages[`node_modules/${name}`]?.dependencies ?? {});
  return packages.filter((bundled) => needed.includes(bundled.name)).map(referenceOf);
}
