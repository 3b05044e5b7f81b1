import { type FolderAddresses, ruleForFolder, rulesInside, stepsBack } from "../workspaces/folderRule.ts";
import type { PrivacyWish } from "./privacyDemand.ts";

/**
 * What the person's settings demand for the open folders, each wish on top of the others. Where the settings do not make
 * sense nothing is sent: a demand that was misspelt must not be one that is not there.
 */
export type PrivacyChoice =
  | { readonly kind: "wishes"; readonly wishes: readonly PrivacyWish[] }
  | { readonly kind: "unclear"; readonly detail: string };

export interface PrivacyRule {
  readonly pattern: string;
  /** `undefined` where what stands in the setting makes no sense. */
  readonly wish: PrivacyWish | undefined;
}

const SETTING = "waybill.privacy.workspaces";

/**
 * The rule of each open folder, or what holds otherwise, and those of folders inside it: a turn may carry text of any of
 * them, so all hold together. Without an open folder, what holds otherwise.
 */
export function choosePrivacy(
  rules: readonly PrivacyRule[],
  folders: readonly FolderAddresses[],
  otherwise: PrivacyWish,
): PrivacyChoice {
  if (rules.length > 0 && folders.flat().some(stepsBack)) {
    return { kind: "unclear", detail: `no entry of ${SETTING} can be found for a folder whose address steps back` };
  }
  const found = folders.flatMap((addresses) => [ruleForFolder(rules, addresses), ...rulesInside(rules, addresses)]);
  const broken = found.find((rule) => rule !== undefined && rule.wish === undefined);
  if (broken !== undefined) {
    return { kind: "unclear", detail: `${SETTING} must say what holds for ${broken.pattern}` };
  }
  const wishes = folders.length === 0 ? [otherwise] : found.map((rule) => rule?.wish ?? otherwise);
  return { kind: "wishes", wishes };
}
