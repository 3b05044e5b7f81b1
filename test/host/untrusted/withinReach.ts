import { SETTINGS, type SettingKey } from "../../../src/extension/platform/contributions.ts";

/** The settings that a workspace may have a say in, all of which it can only tighten. */
export const WITHIN_REACH: readonly SettingKey[] = [
  SETTINGS.workspacePerDay,
  SETTINGS.workspacePerWeek,
  SETTINGS.workspacePerMonth,
  SETTINGS.perRequest,
  SETTINGS.perChat,
  SETTINGS.onExceed,
  SETTINGS.askAbove,
  SETTINGS.workspacePolicy,
];
