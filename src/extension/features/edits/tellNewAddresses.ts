import { window } from "vscode";
import { newAddressesIn } from "../../../core/edits/writeConcerns.ts";

/** Points out addresses that a change would bring, while there is time to look at them. */
export function tellNewAddresses(textBefore: string, textAfter: string): void {
  const addresses = newAddressesIn(textBefore, textAfter);
  if (addresses === undefined) return;
  void window.showInformationMessage(
    `The change would bring new addresses: ${addresses}. Look at them before you accept it.`,
  );
}
