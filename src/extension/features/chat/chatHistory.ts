import { joinNeighbours, userMessage } from "../../../core/conversation/buildMessages.ts";
import { condensedMessages } from "../../../core/conversation/condensed.ts";
import type { ConversationMessage } from "../../../core/conversation/conversationMessage.ts";
import { withoutSlashCommand } from "../../../core/tasks/slashCommand.ts";
import type { MessageView } from "../../../protocol/chatMessages.ts";
import { HISTORY_LENGTH } from "../../../protocol/composerMessages.ts";

/** What the shown branch of a chat tells the model. Answers without text say nothing. The last summary stands for all above it. */
export function saidBefore(messages: readonly MessageView[]): readonly ConversationMessage[] {
  const condensed = messages.findLastIndex(isSummary);
  return joinNeighbours(messages.slice(Math.max(0, condensed)).flatMap(saidBy));
}

/** Whether it stands for the messages above it. */
export function isSummary(message: MessageView): boolean {
  return message.role === "assistant" && message.condenses !== undefined;
}

function saidBy(message: MessageView): readonly ConversationMessage[] {
  if (message.role === "user") return [userMessage(withoutSlashCommand(message.text), message.attachments)];
  if (message.condenses !== undefined) return condensedMessages(message.text);
  return message.text === "" ? [] : [{ role: "assistant", content: message.text }];
}

/** What the person asked, oldest first, to ask it again. */
export function questionsOf(messages: readonly MessageView[]): readonly string[] {
  return messages.flatMap((message) => (message.role === "user" ? [message.text] : [])).slice(-HISTORY_LENGTH);
}

export function isSameCode(
  one: readonly { readonly text: string }[],
  other: readonly { readonly text: string }[],
): boolean {
  return one.length === other.length && one.every(({ text }, index) => text === other[index]?.text);
}
