import { Uri, env, window } from "vscode";
import { readWebAddress } from "./webAddress.ts";

const OPEN = "Open";

/**
 * Opens a link that a person clicked: web addresses only, and only after the whole address was shown. Nothing else in Waybill opens
 * one. `holdsSecret`: for an address that somebody else wrote, since an answer holds the secrets again that were masked. Answers
 * whether it was opened.
 */
export async function openAddress(text: string, holdsSecret?: (text: string) => boolean): Promise<boolean> {
  const address = readWebAddress(text, holdsSecret);
  if ("refusal" in address) {
    await window.showWarningMessage(address.refusal);
    return false;
  }
  const detail = [address.href, ...address.warnings].join("\n\n");
  const choice = await window.showInformationMessage("Open this web address?", { modal: true, detail }, OPEN);
  return choice === OPEN && env.openExternal(Uri.parse(address.href, true));
}
