import type { PrivacyWish } from "../../core/privacy/privacyDemand.ts";
import type { WorkspaceRules, WorkspaceWish } from "../../core/settings/tightenSettings.ts";
import { readBudgetWish, readOwnBudget } from "./readBudgetSettings.ts";
import { readOwnPolicies } from "./readPolicySettings.ts";
import { readWorkspacePolicies } from "./readWorkspacePolicies.ts";
import type { SettingReader } from "./settingReader.ts";

/** The person's own of what a workspace has a say in, with what they demand of privacy in the open folders. */
export function readOwnRules(reader: SettingReader, privacy: readonly PrivacyWish[] = []): WorkspaceRules {
  return { ...readOwnBudget(reader), policies: readOwnPolicies(reader, privacy) };
}

/** Everything that narrows them here. */
export function readWishes(reader: SettingReader): readonly WorkspaceWish[] {
  return [readBudgetWish(reader), ...readWorkspacePolicies(reader).map((policy) => ({ policy }))];
}
