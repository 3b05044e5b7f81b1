import { UIKind, env, window } from "vscode";
import { describeKeyChange } from "../../../core/keys/describeKeyChange.ts";
import type { KeyId } from "../../../core/keys/keyName.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { tellKeyChange } from "./tellKeyChange.ts";

/** Removes a key once the person has confirmed it, and says so when nobody knows whether it is gone. */
export async function removeKey(services: ExtensionServices, id: KeyId): Promise<void> {
  const { keys, log } = services;
  const host = new URL(id.origin).host;
  const masked = keys.maskedKey(id);
  const choice = await window.showWarningMessage(
    `Remove the key ${id.name}${masked === undefined ? "" : ` (${masked})`} for ${host} from this machine? Chats and the ledger stay, and where your settings choose it nothing is sent until it is entered again.`,
    { modal: true },
    "Remove",
  );
  if (choice !== "Remove") return;
  try {
    await keys.remove(id);
  } catch (error) {
    log.error("key-not-removed", error);
    const again = await window.showErrorMessage(
      `The key storage of this machine did not answer, so the key ${id.name} for ${host} may still be there. Nothing was sent or charged.`,
      "Try Again",
    );
    if (again === "Try Again") await removeKey(services, id);
    return;
  }
  const changed = describeKeyChange({ host, before: masked, isInBrowser: env.uiKind === UIKind.Web });
  await tellKeyChange(`The key ${id.name} for ${host} was removed from this machine.${changed}`, id.origin, masked);
}
