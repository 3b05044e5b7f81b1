import type { ChatViewState, MessageView } from "../../protocol/chatMessages.ts";
import { type ComposerChange, HISTORY_LENGTH } from "../../protocol/composerMessages.ts";

/** Applies a change of what belongs to the composer. */
export function applyComposerChange(chat: ChatViewState, change: ComposerChange): ChatViewState {
  switch (change.kind) {
    case "attachments-changed":
      return { ...chat, pendingAttachments: change.pendingAttachments };
    case "mentions-offered":
      return { ...chat, mentions: { requestId: change.requestId, items: change.items } };
    case "queue-changed": {
      const { queued: _queued, ...rest } = chat;
      return change.queued === undefined ? rest : { ...rest, queued: change.queued };
    }
    case "choice-changed": {
      const { choice: _choice, ...rest } = chat;
      return change.choice === undefined ? rest : { ...rest, choice: change.choice };
    }
    case "meter-changed": {
      const { meter: _meter, ...rest } = chat;
      return change.meter === undefined ? rest : { ...rest, meter: change.meter };
    }
    case "notice-changed": {
      const { notice: _notice, ...rest } = chat;
      return change.notice === undefined ? rest : { ...rest, notice: change.notice };
    }
  }
}

/** A question that was asked can be asked again from the history. */
export function withQuestion(chat: ChatViewState, message: MessageView): ChatViewState {
  if (message.role !== "user" || chat.history.at(-1) === message.text) return chat;
  return { ...chat, history: [...chat.history, message.text].slice(-HISTORY_LENGTH) };
}
