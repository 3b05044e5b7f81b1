import type { CorrectReceipt } from "../../platform/spendMonitor.ts";
import type { ChatSession } from "./chatSession.ts";
import { tellFigures } from "./compare/comparisonOf.ts";

/** Costs of a chat were looked up after their receipts were shown, in any branch. */
export function correctReceipts(session: Pick<ChatSession, "tree" | "ports">, correct: CorrectReceipt): void {
  const { tree } = session;
  for (const { id, waybill, compared } of tree.answers()) {
    const { shown, paid } = (waybill === undefined ? undefined : correct(waybill, compared?.paid)) ?? {};
    if (shown !== undefined) tree.settle(id, { waybill: shown });
    if (compared !== undefined && paid !== undefined) tree.settle(id, { compared: { ...compared, paid } });
  }
  tellFigures(session);
}
