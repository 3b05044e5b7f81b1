import { Uri, env, window } from "vscode";
import { readWebAddress } from "./webAddress.ts";

const OPEN = "Open";

/**
 * Opens a link that a person clicked: web addresses only, and only after the whole address was shown. Nothing else in Waybill opens
 * one. Answers whether it was opened.
 */
export async function openAddress(text: string): Promise<boolean> {
  const address = readWebAddress(text);
  if ("refusal" in address) {
    await window.showWarningMessage(address.refusal);
    return false;
  }
  const detail = [address.href, ...address.warnings].join("\n\n");
  const choice = await window.showInformationMessage("Open this web address?", { modal: true, detail }, OPEN);
  return choice === OPEN && env.openExternal(Uri.parse(address.href, true));
}
