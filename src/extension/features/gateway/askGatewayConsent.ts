import { window } from "vscode";
import { wayTo } from "../../../gateway/gatewayWay.ts";
import type { KeyVault } from "../../platform/secrets.ts";

const ALLOW = "Allow";
const UNENCRYPTED = "Send Unencrypted";

/** Says which address the setting names, what goes there and what Waybill can no longer promise. Sends and stores nothing. */
export async function askGatewayConsent(gatewayUrl: URL, keys: Pick<KeyVault, "list">): Promise<boolean> {
  const { origin, host } = gatewayUrl;
  const known = (await keys.list()).filter((id) => id.origin === origin);
  const message = `Send questions and code to ${origin}?`;
  const answer = await window.showWarningMessage(message, { modal: true, detail: describe(host, known.length) }, ALLOW);
  if (answer !== ALLOW) return false;
  return wayTo(gatewayUrl) !== "readable-nearby" || askUnencrypted(origin);
}

function describe(host: string, keyCount: number): string {
  const key = keyCount === 0 ? "No key: you entered none for it" : "The key that you entered for it, and no other";
  return [
    `Your setting waybill.gateway.url names this address, and it is not OpenRouter's. Waybill asks once for each.`,
    `What goes to ${host}: your questions, and the code and files that go along with them. ${key}.`,
    `What Waybill cannot promise there: that a request costs what the ledger says, and, unless the server speaks all of OpenRouter's API, that your rules about providers, training on your text and zero retention are kept.`,
  ].join("\n\n");
}

async function askUnencrypted(origin: string): Promise<boolean> {
  const detail =
    "The connection to this address of a private network is not encrypted. Whoever is in that network can read and change what travels: questions, code, answers, and the key if you enter one.";
  const answer = await window.showWarningMessage(
    `Send to ${origin} unencrypted?`,
    { modal: true, detail },
    UNENCRYPTED,
  );
  return answer === UNENCRYPTED;
}
