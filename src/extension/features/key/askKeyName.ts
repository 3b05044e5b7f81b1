import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { DEFAULT_KEY_NAME, KEY_NAME_RULE, isKeyName } from "../../../core/keys/keyName.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { ENVIRONMENTS } from "../../platform/readEnvironmentRules.ts";

interface NameItem extends QuickPickItem {
  /** Absent: the person types one. */
  readonly keyName?: string;
}

/** Which key is to be entered: the default one, one named after an environment, one that is there, or a new name. */
export async function askKeyName(services: ExtensionServices): Promise<string | undefined> {
  const { gatewayUrl } = services.settings();
  if (gatewayUrl === undefined) return undefined;
  const { origin, host } = gatewayUrl;
  const known = (await services.keys.list()).filter((id) => id.origin === origin).map(({ name }) => name);
  const item = (name: string): NameItem => {
    const masked = services.keys.maskedKey({ origin, name });
    return { label: name, keyName: name, ...(masked === undefined ? {} : { description: `replaces ${masked}` }) };
  };
  const usual = [DEFAULT_KEY_NAME, ...ENVIRONMENTS];
  const others = known.filter((name) => !usual.some((each) => each === name));
  const items: readonly NameItem[] = [
    ...usual.map(item),
    ...others.map(item),
    { label: "", kind: QuickPickItemKind.Separator },
    { label: "Other name…" },
  ];
  const placeHolder = "What is the key called? Your settings choose keys by their names.";
  const chosen = await window.showQuickPick(items, { title: `Another key for ${host}`, placeHolder });
  if (chosen === undefined) return undefined;
  return chosen.keyName ?? askNewName(host);
}

async function askNewName(host: string): Promise<string | undefined> {
  const name = await window.showInputBox({
    title: `Name of a key for ${host}`,
    prompt: "A name of your choice, for instance of a client. It is no secret and shown where the key is used.",
    validateInput: (value) =>
      value.trim() === "" || isKeyName(value.trim()) ? undefined : `This is not ${KEY_NAME_RULE}.`,
  });
  return isKeyName(name?.trim()) ? name?.trim() : undefined;
}
