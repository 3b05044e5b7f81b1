import { SETTINGS, type SettingKey } from "../../src/extension/platform/contributions.ts";
import type { RawSetting, ReadRawSetting } from "../../src/extension/platform/settingReader.ts";
import { readManifest } from "../architecture/manifest.ts";

const defaults = readManifest().contributes.configuration.properties;

/** Settings with the person's values, and what the workspace asks for. */
export function settingsWith(
  values: Partial<Record<SettingKey, unknown>>,
  workspacePolicy?: Readonly<Record<string, unknown>>,
): ReadRawSetting {
  return (key): RawSetting => ({
    defaultValue: defaults[key]?.default,
    userValue: values[key],
    workspaceValue: key === SETTINGS.workspacePolicy ? workspacePolicy : undefined,
  });
}
