import { type FolderAddresses, ruleForFolder } from "../workspaces/folderRule.ts";

/** Why a key is used. `pattern` is the person's own, for instance `/home/me/clients/acme`. */
type KeyReason =
  | { readonly kind: "default" }
  | { readonly kind: "environment"; readonly environment: string }
  | { readonly kind: "workspace"; readonly pattern: string };

/**
 * The key that the settings choose. Where they do not make sense none is chosen: what was meant to be paid with one key
 * must not be paid with another.
 */
export type KeyChoice =
  | { readonly kind: "key"; readonly name: string; readonly reason: KeyReason }
  | { readonly kind: "unclear"; readonly detail: string };

export interface FolderRule {
  readonly pattern: string;
  /** `undefined` where what stands in the setting is no name. */
  readonly keyName: string | undefined;
}

const SETTING = "waybill.keys.workspaces";

/**
 * The key for the open folders; `otherwise` where the person has no rule for any of them. All folders must lead to the
 * same rule or name: a workspace file may list any folder beside its own and must not get at a key by that.
 */
export function chooseKey(
  rules: readonly FolderRule[],
  folders: readonly FolderAddresses[],
  otherwise: KeyChoice,
): KeyChoice {
  const found = folders.map((addresses) => ruleForFolder(rules, addresses));
  const [rule] = found;
  if (found.some((other) => (other === undefined) !== (rule === undefined) || other?.keyName !== rule?.keyName)) {
    return { kind: "unclear", detail: `${SETTING} leads to different keys for the folders of this workspace` };
  }
  if (rule === undefined) return otherwise;
  const { keyName: name, pattern } = rule;
  return name === undefined
    ? { kind: "unclear", detail: `${SETTING} must name a key for ${pattern}` }
    : { kind: "key", name, reason: { kind: "workspace", pattern } };
}
