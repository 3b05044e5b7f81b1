import type { WorkspacePolicy } from "../../core/routing/tightenPolicy.ts";
import { SETTINGS } from "./contributions.ts";
import { WORKSPACE_RULES } from "./policyRules.ts";
import type { SettingReader } from "./settingReader.ts";

/**
 * Everything that narrows the person's rules here: the workspace's policy, that of each of its folders, since a turn may
 * carry text of any of them, and one that the person has for all workspaces. Each can only tighten, so all of them hold.
 */
export function readWorkspacePolicies(reader: SettingReader): readonly WorkspacePolicy[] {
  const { userValue, workspaceValue, folderValues = [] } = reader.raw(SETTINGS.workspacePolicy);
  return [userValue, workspaceValue, ...folderValues]
    .filter((value) => value !== undefined)
    .flatMap((value) => WORKSPACE_RULES(value, reader.noteFor(SETTINGS.workspacePolicy)) ?? []);
}
