import { ConfigurationTarget, type QuickPickItem, QuickPickItemKind, commands, window, workspace } from "vscode";
import { PRIVACY_PROFILES, type PrivacyProfile, privacyName } from "../../../core/privacy/privacyProfile.ts";
import { COMMANDS, SETTINGS, type SettingKey } from "../../platform/contributions.ts";
import { describePrivacy } from "../../platform/describePrivacy.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { addressesOf, rawSetting } from "../../platform/settings.ts";
import { pickOne } from "../modelBrowser/pickOne.ts";
import { withProfile, withoutEntries } from "./privacyEntries.ts";

interface ProfileItem extends QuickPickItem {
  /** `inherit` for no entry of its own; absent for what leads elsewhere. */
  readonly choice?: PrivacyProfile | "inherit";
}

/** Asks what is to hold for the open folders and writes it to the person's own settings, where no workspace can. */
export async function setPrivacy(services: ExtensionServices): Promise<void> {
  const patterns = (workspace.workspaceFolders ?? []).flatMap(({ uri }) => addressesOf(uri).slice(0, 1));
  const place = placeName(patterns.length);
  const chosen = await pickOne(
    {
      title: `Waybill: Privacy of ${place}`,
      placeholder: `Now ${describePrivacy(services.settings())}; it goes with every request from here`,
      items: itemsFor(patterns, services.settings().policies.base.privacy?.profile ?? "none"),
    },
    ({ kind }) => kind !== QuickPickItemKind.Separator,
  );
  if (chosen === "back") return commands.executeCommand(COMMANDS.showMenu);
  if (chosen === undefined) return;
  if (chosen.choice === undefined) return commands.executeCommand("workbench.action.openSettings", "waybill.privacy");
  if (!(await tryWrite(services, patterns, chosen.choice))) return;
  const again = await window.showInformationMessage(
    `The privacy of ${place.toLowerCase()} is ${describePrivacy(services.settings())}, from the next request on.`,
    "Change",
  );
  if (again === "Change") await setPrivacy(services);
}

/** What holds stands first, so that a careless Enter changes nothing. */
function itemsFor(patterns: readonly string[], current: PrivacyProfile): readonly ProfileItem[] {
  const others = PRIVACY_PROFILES.filter((profile) => profile !== current);
  const profiles = [current, ...others].map((profile): ProfileItem => ({
    label: capitalise(privacyName(profile)),
    ...(profile === current ? { description: "as it is now" } : {}),
    detail: DETAILS[profile],
    choice: profile,
  }));
  const everywhere: ProfileItem = { label: "As everywhere", detail: describeEverywhere(), choice: "inherit" };
  return [
    ...profiles,
    ...(patterns.length === 0 ? [] : [everywhere]),
    { label: "", kind: QuickPickItemKind.Separator },
    { label: "$(gear) Open Settings", description: "of privacy" },
  ];
}

const DETAILS: Readonly<Record<PrivacyProfile, string>> = {
  none: "Nothing is asked of providers beyond your rules for them.",
  "no-training": "Only providers that do not train on what is sent, by their own terms.",
  "zero-retention": "Only providers that keep nothing of what is sent, by the gateway's list.",
  "local-only": "Only a gateway on this machine; at any other nothing is sent.",
};

function describeEverywhere(): string {
  const { userValue, defaultValue } = rawSetting(SETTINGS.privacyDefault);
  return `What ${SETTINGS.privacyDefault} says: ${String(userValue ?? defaultValue)}.`;
}

/** Without an open folder it is what holds everywhere that is set. */
async function tryWrite(
  { log }: ExtensionServices,
  patterns: readonly string[],
  choice: PrivacyProfile | "inherit",
): Promise<boolean> {
  try {
    const before = entriesNow();
    if (patterns.length === 0) await write(SETTINGS.privacyDefault, choice);
    else if (choice === "inherit") await write(SETTINGS.privacyOfWorkspaces, withoutEntries(before, patterns));
    else await write(SETTINGS.privacyOfWorkspaces, withProfile(before, patterns, choice));
    return true;
  } catch (error) {
    log.error("privacy-not-written", error);
    const button = await window.showErrorMessage(
      "The privacy could not be written to your settings, so what held before still holds.",
      "Open Settings",
    );
    if (button !== undefined) await commands.executeCommand("workbench.action.openSettingsJson");
    return false;
  }
}

function entriesNow(): Readonly<Record<string, unknown>> {
  const { userValue } = rawSetting(SETTINGS.privacyOfWorkspaces);
  return typeof userValue === "object" && userValue !== null ? { ...userValue } : {};
}

async function write(key: SettingKey, value: unknown): Promise<void> {
  await workspace.getConfiguration().update(key, value, ConfigurationTarget.Global);
}

function placeName(folders: number): string {
  if (folders === 0) return "Everything";
  return folders === 1 ? "This Folder" : "These Folders";
}

function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
