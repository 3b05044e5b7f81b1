import { commands, window } from "vscode";
import type { Problem, ProblemActionId } from "../../core/problems/problem.ts";
import { COMMANDS } from "./contributions.ts";

/** Actions that belong to whoever showed the problem. */
type RepeatAction = "try-again" | "continue" | BudgetAction;

/** Ways past a budget or the question before it: the same is asked again, with more leave or of a cheaper model. */
export type BudgetAction = "allow-once" | "raise-for-today" | "ask-cheaper" | "send-anyway";

export function isRepeatAction(action: ProblemActionId): action is RepeatAction {
  return action === "try-again" || action === "continue" || isBudgetAction(action);
}

export function isBudgetAction(action: ProblemActionId): action is BudgetAction {
  return (
    action === "allow-once" || action === "raise-for-today" || action === "ask-cheaper" || action === "send-anyway"
  );
}

/** Shows the sentence with its button; `again` is what is done once more when the button says so. */
export async function showProblem({ sentence, action }: Problem, again: () => Promise<void>): Promise<void> {
  const choice = await window.showErrorMessage(sentence, action.label);
  if (choice !== action.label) return;
  await (isRepeatAction(action.id) ? again() : runProblemAction(action.id));
}

/** Does what the button beside a problem says. */
export async function runProblemAction(action: Exclude<ProblemActionId, RepeatAction>): Promise<void> {
  switch (action) {
    case "enter-key":
      return commands.executeCommand(COMMANDS.enterKey);
    case "review-gateway":
      return commands.executeCommand(COMMANDS.reviewGateway);
    case "test-connection":
      return commands.executeCommand(COMMANDS.testConnection);
    case "set-budget":
      return commands.executeCommand(COMMANDS.setWorkspaceBudget);
    case "show-key-limits":
      return commands.executeCommand(COMMANDS.showKeyLimits);
    case "set-privacy":
      return commands.executeCommand(COMMANDS.setWorkspacePrivacy);
    case "open-settings":
      return commands.executeCommand("workbench.action.openSettings", "@ext:waybill.waybill");
    case "start-new-ledger":
      return commands.executeCommand(COMMANDS.startNewLedger);
    case "new-chat":
      return commands.executeCommand(COMMANDS.newChat);
    case "show-log":
      return commands.executeCommand(COMMANDS.showLog);
  }
}
