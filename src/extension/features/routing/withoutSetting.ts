import type { SettingKey } from "../../platform/contributions.ts";
import type { RawSetting, ReadRawSetting } from "../../platform/settingReader.ts";

/** The settings as if nobody had set this one. */
export function withoutSetting(read: ReadRawSetting, left: SettingKey): ReadRawSetting {
  return (key): RawSetting =>
    key === left
      ? { defaultValue: read(key).defaultValue, userValue: undefined, workspaceValue: undefined }
      : read(key);
}
