import { type FolderRule, type KeyChoice, chooseKey } from "../../core/keys/chooseKey.ts";
import { DEFAULT_KEY_NAME, isKeyName } from "../../core/keys/keyName.ts";
import type { FolderAddresses } from "../../core/workspaces/folderRule.ts";
import { SETTINGS } from "./contributions.ts";
import { ruleOf } from "./partReaders.ts";
import { KEY_NAME } from "./policyRules.ts";
import { ENVIRONMENTS } from "./readEnvironmentRules.ts";
import type { SettingReader } from "./settingReader.ts";

const DEFAULT_KEY: KeyChoice = { kind: "key", name: DEFAULT_KEY_NAME, reason: { kind: "default" } };

const unclear: KeyChoice = {
  kind: "unclear",
  detail: `${SETTINGS.environment} and ${SETTINGS.environments} must name an environment and its key`,
};

const readName = ruleOf(KEY_NAME, (name) => name);

/**
 * Which key the person's own settings choose: by folder, else by environment, else the default one. A workspace's values
 * are not looked at. What makes no sense leaves the choice unclear, so that no other key pays.
 */
export function readKeyChoice(reader: SettingReader, folders: readonly FolderAddresses[]): KeyChoice {
  const rules = readFolderRules(reader);
  if (rules === undefined) return { kind: "unclear", detail: `${SETTINGS.keysOfWorkspaces} must name keys by folder` };
  return chooseKey(rules, folders, readEnvironmentKey(reader));
}

function readFolderRules(reader: SettingReader): readonly FolderRule[] | undefined {
  const value = reader.raw(SETTINGS.keysOfWorkspaces).userValue ?? {};
  const note = reader.noteFor(SETTINGS.keysOfWorkspaces);
  if (!isObject(value)) {
    note("", "an object with names of keys by folder");
    return undefined;
  }
  return Object.entries(value).map(([pattern, name]) => ({
    pattern,
    keyName: readName(name, (_part, expected) => note(pattern, expected)),
  }));
}

/** What makes no sense here is noted by the reader of the environments' rules. */
function readEnvironmentKey(reader: SettingReader): KeyChoice {
  const environment: unknown = reader.raw(SETTINGS.environment).userValue ?? undefined;
  const all: unknown = reader.raw(SETTINGS.environments).userValue ?? {};
  if (environment === undefined) return DEFAULT_KEY;
  if (!isObject(all)) return unclear;
  const chosen = ENVIRONMENTS.find((known) => known === environment);
  // Without a known environment any key that is named may be the one that was meant.
  if (chosen === undefined) return Object.values(all).some(namesKey) ? unclear : DEFAULT_KEY;
  const rules = all[chosen] ?? {};
  if (!isObject(rules)) return unclear;
  if (!namesKey(rules)) return DEFAULT_KEY;
  const { key: name } = rules;
  return isKeyName(name) ? { kind: "key", name, reason: { kind: "environment", environment: chosen } } : unclear;
}

function namesKey(rules: unknown): rules is { readonly key: unknown } {
  return isObject(rules) && "key" in rules;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
