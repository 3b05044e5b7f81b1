import { ExtensionMode, commands, window } from "vscode";
import { DEFAULT_KEY_NAME } from "../../../core/keys/keyName.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { tellDeclined } from "../gateway/reviewGateway.ts";
import { askKey } from "./askKey.ts";
import { askKeyName } from "./askKeyName.ts";
import { COMMANDS } from "../../platform/contributions.ts";
import { signInPageOf } from "../signIn/signInPage.ts";
import { checkKey } from "./checkKey.ts";

/**
 * Takes the key that the settings choose here, or the one of the name. The box has a button for keys of other names, so
 * that the usual way asks one thing only.
 */
export async function enterKey(services: ExtensionServices, name?: string): Promise<void> {
  const { gatewayUrl, keyChoice } = services.settings();
  if (gatewayUrl === undefined) {
    await window.showErrorMessage(
      "The setting waybill.gateway.url is no address that Waybill uses, so no key can be entered for it. Nothing was stored.",
    );
    return;
  }
  if (!(await services.consents.obtain(gatewayUrl))) return tellDeclined(gatewayUrl);
  const keyName = name ?? (keyChoice.kind === "key" ? keyChoice.name : DEFAULT_KEY_NAME);
  const { origin, host } = gatewayUrl;
  const known = services.keys.maskedKey({ origin, name: keyName });
  const isDevelopment = services.context.extensionMode !== ExtensionMode.Production;
  const answer = await askKey({
    host,
    keyName,
    known,
    hasSignIn: signInPageOf(gatewayUrl, isDevelopment) !== undefined,
  });
  if (answer === undefined) return;
  if (answer.kind === "another") return enterAnotherKey(services);
  if (answer.kind === "sign-in") return commands.executeCommand(COMMANDS.signIn, keyName);
  await keepKey(services, { origin, host, keyName, key: answer.key });
}

interface NewKey {
  readonly origin: string;
  readonly host: string;
  readonly keyName: string;
  readonly key: string;
}

/** Stores a key, however the person came by it, and says what the gateway makes of it. */
export async function keepKey(services: ExtensionServices, { origin, host, keyName, key }: NewKey): Promise<void> {
  const known = services.keys.maskedKey({ origin, name: keyName });
  const outcome = await services.keys.store({ origin, key, keyName });
  const kept = outcome === "stored" ? "stored" : known === undefined ? "session-only" : "session-only-beside-another";
  await checkKey(services, { key, keyName, kept, host, before: known }, () => enterKey(services, keyName));
}

/** Asks for a name first. */
export async function enterAnotherKey(services: ExtensionServices): Promise<void> {
  const name = await askKeyName(services);
  if (name !== undefined) await enterKey(services, name);
}
