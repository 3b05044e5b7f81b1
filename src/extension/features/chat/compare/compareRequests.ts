import type { ProblemActionId } from "../../../../core/problems/problem.ts";
import type { FromCompare } from "../../../../protocol/compareMessages.ts";
import type { ExtensionServices } from "../../../platform/extensionServices.ts";
import { isBudgetAction, isRepeatAction } from "../../../platform/problemActions.ts";
import type { ChatSession } from "../chatSession.ts";
import { Comparison } from "./comparison.ts";
import { priceSummary } from "./priceSummary.ts";

/** Does what the person clicked beside answers that stand side by side. */
export async function handleCompareRequest(
  services: ExtensionServices,
  session: ChatSession,
  request: FromCompare,
): Promise<void> {
  const comparison = new Comparison(session);
  switch (request.type) {
    case "use-answer":
      return comparison.choose(request.messageId);
    case "summarise-answers":
      await comparison.summarise();
      return priceSummary(services, session);
    case "show-comparison":
      comparison.show(request.messageId);
      return priceSummary(services, session);
  }
}

/** Asks once more what failed among several answers, past a budget where the click says so; `false` for any other answer. */
export async function askComparedAgain(
  services: ExtensionServices,
  session: ChatSession,
  { action, messageId }: { readonly action: ProblemActionId; readonly messageId: string },
): Promise<boolean> {
  // A cheaper model would be another one, and so no part of the comparison.
  if (!isRepeatAction(action) || action === "ask-cheaper" || action === "continue") return false;
  const exceeded = session.exceededBy(messageId);
  const place = { workspace: session.workspace, chat: session.chatId };
  const isPast = isBudgetAction(action) && exceeded !== undefined;
  const leave = isPast ? await session.ports.passBudget({ action, exceeded, place }) : {};
  const isCompared = await new Comparison(session).askAgain(messageId, leave);
  if (isCompared) await priceSummary(services, session);
  return isCompared;
}
