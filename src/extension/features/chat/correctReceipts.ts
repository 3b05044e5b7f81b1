import type { CorrectReceipt } from "../../platform/spendMonitor.ts";
import type { ChatSession } from "./chatSession.ts";
import { tellFigures } from "./compare/comparisonOf.ts";

/** Costs of a chat were looked up after their receipts were shown, in any branch. */
export function correctReceipts(session: Pick<ChatSession, "tree" | "ports">, correct: CorrectReceipt): void {
  const { tree } = session;
  for (const { id, waybill, compared } of tree.answers()) {
    const corrected = waybill === undefined ? undefined : correct(waybill);
    if (corrected === undefined) continue;
    const { shown, turnCost } = corrected;
    tree.settle(id, { waybill: shown });
    if (compared === undefined || turnCost === undefined) continue;
    tree.settle(id, { compared: { ...compared, paid: { cost: turnCost, source: "reconciled" } } });
  }
  tellFigures(session);
}
