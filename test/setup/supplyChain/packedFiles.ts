import type { BundledPackage } from "./bundledPackages.ts";
import { packedSecrets } from "./packedSecrets.ts";
import { shippedCodeProblems } from "./shippedCode.ts";
import { noticedPackages, thirdPartyNotices, titleOf } from "./thirdPartyNotices.ts";

const NOTICES = "extension/ThirdPartyNotices.txt";

/** One sentence for each thing in the files of a package that must not be there, or must and is not. */
export function packedFileProblems(files: ReadonlyMap<string, Buffer>, bundled: readonly BundledPackage[]): string[] {
  const problems = [...files].flatMap(([file, bytes]) => {
    // One character a byte: a key is found in any file, a picture included.
    const secrets = packedSecrets(file, bytes.toString("latin1"));
    return /\.c?js$/.test(file) ? [...secrets, ...shippedCodeProblems(file, bytes.toString("utf8"))] : secrets;
  });
  return [...problems, ...noticeProblems(files.get(NOTICES)?.toString("utf8") ?? "", bundled)];
}

/** The notices name exactly the packages that are bundled, and say of each what it says itself. */
function noticeProblems(notices: string, bundled: readonly BundledPackage[]): string[] {
  const named = noticedPackages(notices);
  const titles = bundled.map(titleOf);
  const problems = [
    ...titles.filter((title) => !named.includes(title)).map((title) => `${title} is bundled and not in the notices.`),
    ...named.filter((title) => !titles.includes(title)).map((title) => `${title} is in the notices and not bundled.`),
  ];
  if (problems.length > 0 || notices === thirdPartyNotices(bundled)) return problems;
  return ["The notices have another text than the licences of what is bundled."];
}
