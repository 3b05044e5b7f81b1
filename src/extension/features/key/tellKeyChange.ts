import { window } from "vscode";
import { limitPageOf } from "../../../core/keys/limitPage.ts";
import { openAddress } from "../../platform/openAddress.ts";

const REVOKE = "Revoke the Old Key";

/** Says what became of a key; where an old one stays valid, leads to the page where it can be revoked. */
export async function tellKeyChange(
  sentence: string,
  gatewayOrigin: string | undefined,
  before: string | undefined,
): Promise<void> {
  const page = before === undefined || gatewayOrigin === undefined ? undefined : limitPageOf(gatewayOrigin);
  if (page === undefined) {
    await window.showInformationMessage(sentence);
    return;
  }
  if ((await window.showInformationMessage(sentence, REVOKE)) === REVOKE) await openAddress(page);
}
