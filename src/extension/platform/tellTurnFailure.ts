import { window } from "vscode";
import type { ProblemAction } from "../../core/problems/problem.ts";
import { describeLostCost } from "../../core/waybill/receiptLine.ts";
import type { Waybill } from "../../core/waybill/waybill.ts";
import { CHANGE_LIMIT, changeAnswerLimit } from "./answerLimit.ts";
import type { ExtensionServices } from "./extensionServices.ts";
import { type BudgetLeave, passBudget } from "./passBudget.ts";
import { isBudgetAction, isRepeatAction, runProblemAction } from "./problemActions.ts";
import type { TurnAnswer } from "./readTurn.ts";

/** A whole answer is of no use where code was to be changed. */
export const NOTHING_TO_APPLY =
  "The answer held no complete code block, so there is nothing to apply. Your file is as it was.";

const CUT_AT_LIMIT = "The answer was cut at its longest, so there is nothing to use, and everything is as it was.";
const CUT_BY_FILTER = "The provider's filter cut the answer, so there is nothing to use, and everything is as it was.";

const TRY_AGAIN: ProblemAction = { id: "try-again", label: "Try Again" };

/**
 * Says why there is nothing to use, what it cost and what can be done; `unusable` is the sentence for an answer that is whole and
 * of no use. Resolves to what the next turn may do where the person wants it asked again, else to `undefined`.
 */
export async function tellTurnFailure(
  { engine, spend }: Pick<ExtensionServices, "engine" | "spend">,
  { problem, waybill, earlier, exceeded }: TurnAnswer,
  unusable: string,
): Promise<BudgetLeave | undefined> {
  const cost = describeLostCost(waybill, earlier);
  const sentence =
    problem === undefined
      ? `${whyUnusable(waybill, unusable)}${cost}`
      : `${problem.sentence}${earlier.length > 0 ? cost : ""}`;
  // Half an answer is of no use here, so a broken one is only asked for again.
  const offered = [problem?.action ?? TRY_AGAIN, ...(problem?.alternatives ?? [])].filter(
    ({ id }) => id !== "continue",
  );
  const isCut = problem === undefined && waybill?.finish === "length";
  const labels = [...(isCut ? [CHANGE_LIMIT] : []), ...offered.map((action) => action.label)];
  const isQuestion = exceeded !== undefined && !("blocking" in exceeded);
  const label = await (isQuestion
    ? window.showInformationMessage(sentence, ...labels, "Cancel")
    : window.showErrorMessage(sentence, ...labels));
  if (label === CHANGE_LIMIT) await changeAnswerLimit();
  const action = offered.find((candidate) => candidate.label === label)?.id;
  if (action === undefined) return undefined;
  if (!isRepeatAction(action)) {
    await runProblemAction(action);
    return undefined;
  }
  if (!isBudgetAction(action) || exceeded === undefined) return {};
  return passBudget(await engine.get(), { action, exceeded, place: { ...spend.place(), chat: undefined } });
}

function whyUnusable(waybill: Waybill | undefined, otherwise: string): string {
  switch (waybill?.finish) {
    case "length":
      return CUT_AT_LIMIT;
    case "filtered":
      return CUT_BY_FILTER;
    default:
      return otherwise;
  }
}
