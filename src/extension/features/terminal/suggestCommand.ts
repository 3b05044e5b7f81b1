import { ProgressLocation, env, window } from "vscode";
import { thriftyPolicies } from "../../../core/routing/thriftyPolicies.ts";
import { signalsOf } from "../../../core/tasks/signalsOf.ts";
import { buildShellMessages } from "../../../core/terminal/buildShellMessages.ts";
import { readCommand } from "../../../core/terminal/readCommand.ts";
import { receiptLine } from "../../../core/waybill/receiptLine.ts";
import type { TurnOrder } from "../../platform/engine.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { noteOutcome } from "../../platform/noteOutcome.ts";
import type { BudgetLeave } from "../../platform/passBudget.ts";
import { type TurnAnswer, readTurn } from "../../platform/readTurn.ts";
import { tellTurnFailure } from "../../platform/tellTurnFailure.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { isTrusted } from "../edits/writeGate.ts";
import { pasteIntoTerminal } from "../chat/codeBlocks/pasteIntoTerminal.ts";

/** Enough for a line and for a model that cannot but think a little before it. */
const MOST_TOKENS = 600;
const NO_COMMAND = "The answer held no command of one line, so nothing was put into the terminal.";

/** Asks what the command should do, and puts it into the terminal. It is never run. */
export async function suggestCommand(services: ExtensionServices): Promise<void> {
  if (!(await isTrusted("uses no terminal"))) return;
  const wish = await window.showInputBox({
    title: "Waybill: Suggest a Command",
    prompt: "It is put into the terminal and not run.",
    placeHolder: "What should the command do?",
    ignoreFocusOut: true,
  });
  if (wish !== undefined && wish.trim() !== "") await suggest(services, wish.trim(), {});
}

async function suggest(services: ExtensionServices, wish: string, leave: BudgetLeave): Promise<void> {
  const abort = new AbortController();
  const answer = await window.withProgress(
    { location: ProgressLocation.Notification, title: "Waybill", cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      const engine = await services.engine.get();
      return readTurn(engine.runTurn({ ...orderOf(wish), ...leave }, abort.signal), {
        doing: "is looking for a command",
        report: (message) => progress.report({ message }),
        show: () => undefined,
        noteWaybill: (waybill) => services.spend.noteWaybill(waybill),
      });
    },
  );
  if (abort.signal.aborted) return;
  if (await insert(services, answer)) return;
  const again = await tellTurnFailure(services, answer, NO_COMMAND);
  if (again !== undefined) await suggest(services, wish, again);
}

/** Whether there was a command; one that the terminal must not get is told of there. */
async function insert(services: ExtensionServices, { text, waybill, problem }: TurnAnswer): Promise<boolean> {
  if (problem !== undefined || waybill?.finish !== "complete") return false;
  const command = readCommand(text);
  if (command === undefined) {
    noteOutcome(services, waybill.turnId, "rejected");
    return false;
  }
  if (!(await pasteIntoTerminal(command))) return true;
  // Nobody knows whether it will be run.
  noteOutcome(services, waybill.turnId, "copied");
  void window.showInformationMessage(`The command is in the terminal and was not run: ${receiptLine(waybill)}`);
  return true;
}

function orderOf(wish: string): TurnOrder {
  const shell = env.shell.slice(env.shell.search(/[^\\/]*$/)) || "sh";
  return {
    surface: "terminal",
    taskType: "shell",
    workspace: workspaceKey(),
    chatId: undefined,
    messages: buildShellMessages(wish, { shell, platform: process.platform }),
    signals: signalsOf({ text: wish, code: [], surface: "terminal" }),
    narrow: (policies) => thriftyPolicies(policies, { taskType: "shell", mostTokens: MOST_TOKENS }),
  };
}
