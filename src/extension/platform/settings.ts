import { type ConfigurationScope, type Uri, workspace } from "vscode";
import type { SpendPlace } from "../../core/budget/spendLimit.ts";
import { DEFAULT_KEY_NAME } from "../../core/keys/keyName.ts";
import type { FolderAddresses } from "../../core/workspaces/folderRule.ts";
import { SETTINGS, type SettingKey } from "./contributions.ts";
import { type Settings, readSettings } from "./readSettings.ts";
import { workspaceKey } from "./workspaceKey.ts";
import type { RawSetting } from "./settingReader.ts";

/** Reads the settings as they are now; they are small, so nothing is kept. */
export function currentSettings(): Settings {
  return readSettings(
    rawSetting,
    (workspace.workspaceFolders ?? []).map(({ uri }) => addressesOf(uri)),
  );
}

/** A path names a folder of this machine only; one of another machine is named by its whole address. */
export function addressesOf(folder: Uri): FolderAddresses {
  return folder.scheme === "file" ? [folder.fsPath, folder.toString(true)] : [folder.toString(true)];
}

/** A setting as the editor holds it now. */
export function rawSetting(key: SettingKey): RawSetting {
  const inspected = workspace.getConfiguration(undefined, scopeOfWorkspace()).inspect(key);
  return {
    defaultValue: inspected?.defaultValue,
    userValue: inspected?.globalValue,
    workspaceValue: inspected?.workspaceFolderValue ?? inspected?.workspaceValue,
    ...(key === SETTINGS.workspacePolicy ? { folderValues: valuesOfFolders(key) } : {}),
  };
}

/** The workspace's own value is among them: where the first folder has one, too, that one hides it. */
function valuesOfFolders(key: SettingKey): readonly unknown[] {
  const values = (workspace.workspaceFolders ?? []).flatMap(({ uri }) => {
    const inspected = workspace.getConfiguration(undefined, uri).inspect(key);
    return [inspected?.workspaceValue, inspected?.workspaceFolderValue];
  });
  return values.filter((value) => value !== undefined);
}

function scopeOfWorkspace(): ConfigurationScope | undefined {
  return workspace.workspaceFolders?.[0]?.uri;
}

/** Whose books show: this workspace's, with the key that pays. */
export function currentPlace(): SpendPlace {
  const { keyChoice, gatewayUrl } = currentSettings();
  const keyLabel = keyChoice.kind === "key" ? keyChoice.name : DEFAULT_KEY_NAME;
  const gateway = gatewayUrl === undefined ? {} : { gatewayOrigin: gatewayUrl.origin };
  return { workspace: workspaceKey(), keyLabel, chat: undefined, ...gateway };
}
