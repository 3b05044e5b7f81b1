import { type DailyLimit, type LimitScope, tightestLimits } from "../../core/budget/spendLimit.ts";
import type { FolderAddresses, KeyChoice } from "../../core/keys/chooseKey.ts";
import { type NanoUsd, parseUsd } from "../../core/money/nanoUsd.ts";
import type { PolicySet } from "../../core/routing/routePolicy.ts";
import { SETTINGS, type SettingKey } from "./contributions.ts";
import { readKeyChoice } from "./readKeyChoice.ts";
import { readPolicySettings } from "./readPolicySettings.ts";
import { type RequestSettings, readRequestSettings } from "./readRequestSettings.ts";
import { type InvalidSetting, type ReadRawSetting, SettingReader } from "./settingReader.ts";

/** The person's settings, checked. */
export interface Settings extends RequestSettings {
  readonly gatewayUrl: URL | undefined;
  readonly limits: readonly DailyLimit[];
  readonly policies: PolicySet;
  readonly keyChoice: KeyChoice;
  /** What made no sense, one entry a setting; the default is used there, or nothing is sent. */
  readonly invalid: readonly InvalidSetting[];
}

/** The one place where settings are read and checked. `folders` are the open ones. */
export function readSettings(read: ReadRawSetting, folders: readonly FolderAddresses[] = []): Settings {
  const reader = new SettingReader(read);
  return {
    gatewayUrl: readGatewayUrl(reader),
    ...readRequestSettings(reader),
    limits: tightestLimits([
      ...readLimits(reader, SETTINGS.userPerDay, "user"),
      ...readLimits(reader, SETTINGS.workspacePerDay, "workspace"),
    ]),
    policies: readPolicySettings(reader),
    keyChoice: readKeyChoice(reader, folders),
    invalid: reader.invalid,
  };
}

/** A wrong address is not replaced by the default: what is meant for one gateway must not reach another. */
function readGatewayUrl(reader: SettingReader): URL | undefined {
  const { userValue, defaultValue } = reader.raw(SETTINGS.gatewayUrl);
  const url = parseGatewayUrl(userValue ?? defaultValue);
  if (url === undefined) reader.noteInvalid(SETTINGS.gatewayUrl, "a web address");
  return url;
}

/** The person's limit and the workspace's: the lower one will win. A limit that makes no sense falls back to the default. */
function readLimits(reader: SettingReader, key: SettingKey, scope: LimitScope): readonly DailyLimit[] {
  const { defaultValue, userValue, workspaceValue } = reader.raw(key);
  const values = [userValue === undefined ? defaultValue : userValue, workspaceValue].filter(
    (value) => value !== undefined && value !== null,
  );
  if (values.some((value) => parseLimit(value) === undefined)) {
    reader.noteInvalid(key, "an amount in US dollars, or null");
  }
  const limits = values.map((value) => parseLimit(value) ?? parseLimit(defaultValue));
  return limits.flatMap((limit) => (limit === undefined ? [] : [{ scope, limit }]));
}

function parseLimit(value: unknown): NanoUsd | undefined {
  return typeof value === "number" && value >= 0 ? parseUsd(value) : undefined;
}

function parseGatewayUrl(value: unknown): URL | undefined {
  if (typeof value !== "string" || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isWeb = url.protocol === "https:" || url.protocol === "http:";
  return isWeb && url.username === "" && url.password === "" && url.search === "" && url.hash === "" ? url : undefined;
}
