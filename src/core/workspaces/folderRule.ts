import { compileWildcard } from "../text/wildcard.ts";

/** The addresses of one open folder: as URI and, on this machine, as path. */
export type FolderAddresses = readonly string[];

/** The rule of a folder: the longest pattern that holds is the most exact one. */
export function ruleForFolder<Rule extends { readonly pattern: string }>(
  rules: readonly Rule[],
  addresses: FolderAddresses,
): Rule | undefined {
  return rules
    .filter(({ pattern }) => addresses.some((address) => holds(pattern, address)))
    .toSorted((one, other) => other.pattern.length - one.pattern.length)[0];
}

/** A folder and everything in it. A path that steps back may end anywhere, so nothing holds for it. */
function holds(pattern: string, address: string): boolean {
  const [folder, path] = [plain(pattern), plain(address)];
  if (pattern.trim() === "" || stepsBack(address)) return false;
  return compileWildcard(folder)(path) || compileWildcard(`${folder}/*`)(path);
}

/** Rules of folders inside the open one, as far as their patterns say where they begin: text of them may go along as well. */
export function rulesInside<Rule extends { readonly pattern: string }>(
  rules: readonly Rule[],
  addresses: FolderAddresses,
): readonly Rule[] {
  return rules.filter(({ pattern }) => {
    const [beginning = ""] = plain(pattern).split("*");
    return addresses.some((address) => beginning.startsWith(`${plain(address)}/`));
  });
}

/** Whether an address may end anywhere, so that no rule can be said to hold for it or not. */
export function stepsBack(address: string): boolean {
  return plain(address).split("/").includes("..");
}

function plain(address: string): string {
  return address.trim().replaceAll("\\", "/").replace(/\/+$/, "").toLowerCase();
}
