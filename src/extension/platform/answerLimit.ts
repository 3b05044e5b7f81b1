import { commands, window } from "vscode";
import { policyFor } from "../../core/routing/routePolicy.ts";
import type { TaskType } from "../../core/tasks/taskType.ts";
import { groupDigits } from "../../core/text/groupDigits.ts";
import { SETTINGS } from "./contributions.ts";
import type { Settings } from "./readSettings.ts";

/** The button beside an answer that is too short for what was asked. */
export const CHANGE_LIMIT = "Change the Limit";

/** A low guess, so that the answer rather fits than not. */
const CHARACTERS_PER_TOKEN = 3;

/** Whether an answer may be long enough to write this code anew. Where it may not the person is told, before anything is paid for. */
export function fitsAnswer(code: string, taskType: TaskType, { policies }: Pick<Settings, "policies">): boolean {
  const tokens = Math.ceil(code.length / CHARACTERS_PER_TOKEN);
  const longest = policyFor(policies, taskType).maxCompletionTokens;
  if (tokens <= longest) return true;
  void tellTooLong(tokens, longest);
  return false;
}

async function tellTooLong(tokens: number, longest: number): Promise<void> {
  const choice = await window.showInformationMessage(
    `This code takes about ${groupDigits(tokens)} tokens to write, and an answer may have ${groupDigits(longest)} (${SETTINGS.maxTokens}). Nothing was sent; select less, or allow longer answers.`,
    CHANGE_LIMIT,
  );
  if (choice === CHANGE_LIMIT) await changeAnswerLimit();
}

/** Shows the setting. */
export async function changeAnswerLimit(): Promise<void> {
  await commands.executeCommand("workbench.action.openSettings", `@id:${SETTINGS.maxTokens}`);
}
