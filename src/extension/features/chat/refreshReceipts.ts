import { correctShown } from "../../../core/waybill/correctShown.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { ChatSession } from "./chatSession.ts";

/** Tells a chat that was just read what its answers were found to have cost since. Rejects when the ledger cannot be read. */
export async function refreshReceipts({ engine }: ExtensionServices, { chatId, tree }: ChatSession): Promise<void> {
  const ledger = await (await engine.get()).ledger();
  const settled = await (await ledger.history()).certainCosts(chatId);
  if (settled.length > 0) tree.correctReceipts((shown) => correctShown(shown, settled));
}
