import { joinNeighbours, questionWithCode } from "../../../core/conversation/buildMessages.ts";
import type { ConversationMessage } from "../../../core/conversation/conversationMessage.ts";
import { withoutSlashCommand } from "../../../core/tasks/slashCommand.ts";
import type { MessageView, UserMessageView } from "../../../protocol/chatMessages.ts";

/** What a conversation tells the model. Answers without text say nothing, and neither do those that were replaced. */
export function saidBefore(messages: readonly MessageView[]): readonly ConversationMessage[] {
  return joinNeighbours(
    messages.flatMap((message, index): ConversationMessage[] => {
      if (isReplaced(messages, index)) return [];
      if (message.role === "user") return [{ role: "user", content: contentOf(message) }];
      return message.text === "" ? [] : [{ role: "assistant", content: message.text }];
    }),
  );
}

/** Its place was taken by an answer of a stronger model that says something. */
function isReplaced(messages: readonly MessageView[], index: number): boolean {
  const next = messages[index + 1];
  return next?.role === "assistant" && next.relation === "replaces" && next.text !== "";
}

function contentOf({ text, attachments }: UserMessageView): string {
  return questionWithCode(
    withoutSlashCommand(text),
    attachments.map((attachment) => ({ ...attachment, diagnostics: [] })),
  );
}

export function isSameCode(
  one: readonly { readonly text: string }[],
  other: readonly { readonly text: string }[],
): boolean {
  return one.length === other.length && one.every(({ text }, index) => text === other[index]?.text);
}
