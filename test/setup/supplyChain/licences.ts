import { ICONS, type BundledPackage, type LicenceText } from "./bundledPackages.ts";

/** Licences that ask for no more than their text and the names of the authors. */
const ALLOWED = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "Unlicense"];

/** Works that are no code, each with its licence (docs/decisions/2026-11-21-licences-in-the-package.md). */
const ALLOWED_FOR_ASSETS: Readonly<Record<string, string>> = { [ICONS]: "CC-BY-4.0" };

/** A licence of Creative Commons may be named by its address (section 3 (a) 1 C); its text is as long as ten of the others. */
const ADDRESSES: Readonly<Record<string, string>> = {
  "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/legalcode",
};

/**
 * The licence that a package is taken under: its own, or of several to choose from the first that is allowed. Undefined
 * when there is none, or when more than one holds at once.
 */
export function licenceOf({ name, licence }: Pick<BundledPackage, "name" | "licence">): string | undefined {
  const choices = licence.replace(/^\((.*)\)$/, "$1").split(" OR ");
  return choices.find((choice) => ALLOWED.includes(choice) || ALLOWED_FOR_ASSETS[name] === choice);
}

/** The texts of the licence that was chosen, or its address: a file that is named after another choice is left out. */
export function licenceTextsOf({ licence, licenceTexts }: BundledPackage): readonly LicenceText[] {
  const address = ADDRESSES[licence];
  if (address !== undefined) return licenceTexts.length === 0 ? [] : [{ file: "LICENSE", text: address }];
  if (!licence.includes(" OR ")) return licenceTexts;
  return licenceTexts.filter(({ file }) => !/-(?:MPL|L?GPL|EPL|AGPL)/i.test(file));
}

/** One sentence for each package whose licence is not allowed or whose text is missing. */
export function licenceProblems(packages: readonly BundledPackage[]): string[] {
  return packages.flatMap((bundled) => {
    if (licenceOf(bundled) === undefined)
      return [`${bundled.name} is bundled under ${bundled.licence || "no licence"}.`];
    if (licenceTextsOf(bundled).length === 0) return [`${bundled.name} is bundled and brings no text of its licence.`];
    return [];
  });
}
