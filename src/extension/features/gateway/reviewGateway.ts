import { commands, window } from "vscode";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { needsConsent } from "../../platform/gatewayConsents.ts";

const OPEN_SETTINGS = "Open Settings";
const WITHDRAW = "Withdraw";

/** Asks for the gateway of the settings; where it is allowed already, that can be taken back. */
export async function reviewGateway(services: ExtensionServices): Promise<void> {
  const { consents } = services;
  const { gatewayUrl } = services.settings();
  if (gatewayUrl === undefined) {
    await tell("The setting waybill.gateway.url is no address that Waybill uses, so nothing is sent or charged.");
  } else if (!needsConsent(gatewayUrl)) {
    await tell(`Questions go to ${gatewayUrl.origin}, which needs no allowance: it is OpenRouter or on this machine.`);
  } else if (consents.has(gatewayUrl)) {
    await offerWithdrawal(services, gatewayUrl);
  } else if (await consents.obtain(gatewayUrl)) {
    await tell(`${gatewayUrl.origin} is allowed and gets your questions from now on; what they cost is its affair.`);
  } else await tellDeclined(gatewayUrl);
}

/** Everything is as it was. */
export async function tellDeclined({ origin }: URL): Promise<void> {
  await tell(`${origin} is not allowed. Nothing was sent there, and your settings, keys and text are as they were.`);
}

async function offerWithdrawal({ consents }: ExtensionServices, gatewayUrl: URL): Promise<void> {
  const sentence = `You allowed ${gatewayUrl.origin} to get your questions and code. What was sent stays sent; after a withdrawal nothing more goes there before you allow it again.`;
  if ((await window.showInformationMessage(sentence, WITHDRAW)) === WITHDRAW) await consents.withdraw(gatewayUrl);
}

async function tell(sentence: string): Promise<void> {
  if ((await window.showInformationMessage(sentence, OPEN_SETTINGS)) !== OPEN_SETTINGS) return;
  await commands.executeCommand("workbench.action.openSettings", "waybill.gateway.url");
}
