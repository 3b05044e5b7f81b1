import { window } from "vscode";
import { TASK_CHOICES } from "../../../protocol/taskChoices.ts";
import { ChatActions } from "./chatActions.ts";
import type { ChatPanel } from "./chatPanel.ts";

/** The person says what the last question was for; similar ones are then taken for the same. */
export async function correctTask(panel: ChatPanel): Promise<void> {
  const session = await panel.session();
  const answer = session.messages.findLast(({ role }) => role === "assistant");
  if (answer === undefined) {
    void window.showInformationMessage("There is no question in this chat yet, so there is nothing to correct.");
    return;
  }
  const items = TASK_CHOICES.map((label) => ({ label }));
  const placeHolder = "What was the last question for? Similar ones will be taken for the same.";
  const chosen = await window.showQuickPick(items, { title: "Waybill: Correct the Task", placeHolder });
  if (chosen === undefined) return;
  await new ChatActions(session).correctTask(answer.id, chosen.label);
  void window.showInformationMessage(
    `Questions like that count as ${chosen.label} from now on. No text of it was kept.`,
  );
}
