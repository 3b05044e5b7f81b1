import { Uri, env, window } from "vscode";
import { readWebAddress } from "./webAddress.ts";

const OPEN = "Open";

/** Opens a link that a person clicked: web addresses only, and only after the whole address was shown. Nothing else in Waybill opens one. */
export async function openAddress(text: string): Promise<void> {
  const address = readWebAddress(text);
  if ("refusal" in address) {
    await window.showWarningMessage(address.refusal);
    return;
  }
  const detail = [address.href, ...address.warnings].join("\n\n");
  const choice = await window.showInformationMessage("Open this web address?", { modal: true, detail }, OPEN);
  if (choice === OPEN) await env.openExternal(Uri.parse(address.href, true));
}
