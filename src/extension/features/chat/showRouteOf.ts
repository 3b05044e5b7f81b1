import { commands } from "vscode";
import type { MessageView } from "../../../protocol/chatMessages.ts";
import { COMMANDS } from "../../platform/contributions.ts";

/** Opens the routing view with the decision behind an answer. */
export async function showRouteOf(messages: readonly MessageView[], messageId: string): Promise<void> {
  const answer = messages.find(({ id }) => id === messageId);
  if (answer?.role !== "assistant" || answer.route === undefined) return;
  await commands.executeCommand(COMMANDS.showRouting, answer.route, answer.waybill?.reasons);
}
