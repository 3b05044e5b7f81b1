import { correctShown } from "../../../core/waybill/correctShown.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { ChatSession } from "./chatSession.ts";
import { correctReceipts } from "./correctReceipts.ts";

/** Tells a chat that was just read what its answers were found to have cost since. Rejects when the ledger cannot be read. */
export async function refreshReceipts({ engine }: ExtensionServices, session: ChatSession): Promise<void> {
  const ledger = await (await engine.get()).ledger();
  const settled = await (await ledger.history()).certainCosts(session.chatId);
  if (settled.length > 0) correctReceipts(session, (shown, paid) => correctShown(shown, settled, paid));
}
