import type { KeyChoice } from "../../core/keys/chooseKey.ts";
import type { PolicySet } from "../../core/routing/routePolicy.ts";
import { wayTo } from "../../gateway/gatewayWay.ts";
import type { FolderAddresses } from "../../core/workspaces/folderRule.ts";
import { tightenSettings } from "../../core/settings/tightenSettings.ts";
import { SETTINGS } from "./contributions.ts";
import { type AttributionSettings, readAttribution } from "./readAttribution.ts";
import { type BudgetSettings, readAlerts } from "./readBudgetSettings.ts";
import { readKeyChoice } from "./readKeyChoice.ts";
import { privacyWishes, readPrivacy } from "./readPrivacy.ts";
import { type RequestSettings, readRequestSettings } from "./readRequestSettings.ts";
import { readOwnRules, readWishes } from "./readWishes.ts";
import { type InvalidSetting, type ReadRawSetting, SettingReader, oneOf, wholeNumberBetween } from "./settingReader.ts";

/** The person's settings, checked. */
export interface Settings extends RequestSettings, BudgetSettings, AttributionSettings {
  readonly gatewayUrl: URL | undefined;
  readonly policies: PolicySet;
  readonly keyChoice: KeyChoice;
  /** What makes no sense of the privacy of the open folders; nothing is sent then. */
  readonly privacyProblem: string | undefined;
  /** Questions carry the project's own instructions along. */
  readonly sendsInstructions: boolean;
  /** Questions about a selection carry the definitions of what it uses along. */
  readonly sendsNearby: boolean;
  /** Whether secrets leave as placeholders only. */
  readonly masksSecrets: boolean;
  /** Whether what a failed command of a terminal wrote is kept in memory. */
  readonly remembersErrors: boolean;
  /** A cheap model gives new chats their titles. */
  readonly autoTitle: boolean;
  /** The list of what was sent keeps the text, too. */
  readonly keepsSentText: boolean;
  /** The manifest gives the key; read here so that a value that makes no sense is told. */
  readonly inlineEditKey: boolean;
  /** Share of the model's window in percent from which on condensing a chat is offered; 0 for never. */
  readonly condenseAt: number;
  /** What made no sense, one entry a setting; the default is used there, or nothing is sent. */
  readonly invalid: readonly InvalidSetting[];
}

/** The one place where settings are read and checked. `folders` are the open ones. */
export function readSettings(read: ReadRawSetting, folders: readonly FolderAddresses[] = []): Settings {
  const reader = new SettingReader(read);
  const privacy = readPrivacy(reader, folders);
  return {
    gatewayUrl: readGatewayUrl(reader),
    ...readRequestSettings(reader),
    ...tightenSettings(readOwnRules(reader, privacyWishes(privacy)), readWishes(reader)),
    alertAt: readAlerts(reader),
    ...readAttribution(reader),
    privacyProblem: privacy.kind === "unclear" ? privacy.detail : undefined,
    keyChoice: readKeyChoice(reader, folders),
    remembersErrors: reader.expect(SETTINGS.rememberErrors, oneOf([true, false])) ?? true,
    sendsInstructions: reader.expect(SETTINGS.chatInstructions, oneOf([true, false])) ?? true,
    sendsNearby: reader.expect(SETTINGS.chatNearbySymbols, oneOf([true, false])) ?? true,
    masksSecrets: reader.expect(SETTINGS.maskSecrets, oneOf([true, false])) ?? true,
    autoTitle: reader.expect(SETTINGS.autoTitle, oneOf([true, false])) ?? true,
    // A value that makes no sense keeps nothing.
    keepsSentText: reader.expect(SETTINGS.keepSentText, oneOf([true, false])) ?? false,
    inlineEditKey: reader.expect(SETTINGS.inlineEditKey, oneOf([true, false])) ?? true,
    condenseAt: reader.expect(SETTINGS.condenseAt, wholeNumberBetween(0, 100)) ?? 70,
    invalid: reader.invalid,
  };
}

/** Where a key and code may travel: nobody between can read along, or only those of one's own network. */
export const GATEWAY_RULE = "an https address, or http on this machine or to the number of a private network";

/** A wrong address is not replaced by the default: what is meant for one gateway must not reach another. */
function readGatewayUrl(reader: SettingReader): URL | undefined {
  const { userValue, defaultValue } = reader.raw(SETTINGS.gatewayUrl);
  const url = parseGatewayUrl(userValue ?? defaultValue);
  if (url === undefined) reader.noteInvalid(SETTINGS.gatewayUrl, GATEWAY_RULE);
  return url;
}

function parseGatewayUrl(value: unknown): URL | undefined {
  if (typeof value !== "string" || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  const isWeb = url.protocol === "https:" || (url.protocol === "http:" && wayTo(url) !== "readable");
  return isWeb && url.username === "" && url.password === "" && url.search === "" && url.hash === "" ? url : undefined;
}
