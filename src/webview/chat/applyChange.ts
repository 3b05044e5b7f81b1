import type { AnswerView, ChatChange, ChatViewState, MessageView } from "../../protocol/chatMessages.ts";
import { changeCompared, withFigures } from "./applyCompareChange.ts";
import { applyComposerChange, withQuestion } from "./applyComposerChange.ts";
import { withEarlier, withPath } from "./pages.ts";

/** Applies one change of the host. A change of a message that is not there is dropped. */
export function applyChange(chat: ChatViewState, change: ChatChange): ChatViewState {
  switch (change.kind) {
    // Told to the answer that asked; see NameRequests.
    case "names-resolved":
      return chat;
    case "files-counted":
      return changeAnswer(chat, change.messageId, (answer) => ({ ...answer, files: change.count }));
    case "message-added":
      return { ...withQuestion(chat, change.message), messages: withMessage(chat.messages, change.message) };
    case "text-appended":
      return changeAnswer(chat, change.messageId, (answer) => ({ ...answer, text: answer.text + change.text }));
    case "reasoning-appended":
      return changeAnswer(chat, change.messageId, (answer) => ({
        ...answer,
        reasoning: answer.reasoning + change.text,
      }));
    case "answer-changed": {
      const { kind: _kind, messageId, ...fields } = change;
      return changeAnswer(chat, messageId, (answer) => ({ ...answer, ...fields }));
    }
    case "key-state-changed": {
      const { keyName: _keyName, ...rest } = chat;
      const { kind: _kind, ...key } = change;
      return { ...rest, ...key };
    }
    case "spend-changed":
      return { ...chat, spend: change.spend };
    case "price-changed": {
      const { price: _price, ...rest } = chat;
      return change.price === undefined ? rest : { ...rest, price: change.price };
    }
    case "ask-changed":
      return change.ask === undefined ? withoutAsk(chat) : { ...chat, ask: change.ask };
    case "problem-changed": {
      const { problem: _problem, ...rest } = chat;
      return change.problem === undefined ? rest : { ...rest, problem: change.problem };
    }
    case "path-changed":
      return change.messages.reduce(withQuestion, withPath(chat, change));
    case "earlier-added":
      return withEarlier(chat, change);
    case "title-changed": {
      const { title: _title, ...rest } = chat;
      return change.title === undefined ? rest : { ...rest, title: change.title };
    }
    case "comparison-shown":
      return { ...chat, comparison: change.comparison };
    case "comparison-priced":
      return withFigures(chat, change);
    case "draft-returned":
      // The composer's text is no part of the chat's state.
      return chat;
    case "attachments-changed":
    case "mentions-offered":
    case "queue-changed":
    case "choice-changed":
    case "meter-changed":
    case "notice-changed":
      return applyComposerChange(chat, change);
  }
}

/** The person goes on, and the question is of another text or answered. */
export function withoutAsk(chat: ChatViewState): ChatViewState {
  const { ask: _ask, ...rest } = chat;
  return rest;
}

/** A message whose id is already there is replaced: "try again" may reuse it, and ids key the rendered list. */
function withMessage(messages: readonly MessageView[], message: MessageView): readonly MessageView[] {
  const index = messages.findLastIndex((other) => other.id === message.id);
  return index === -1 ? [...messages, message] : messages.with(index, message);
}

function changeAnswer(
  chat: ChatViewState,
  messageId: string,
  change: (answer: AnswerView) => AnswerView,
): ChatViewState {
  // The answer that grows is nearly always the last message, so the search ends at once.
  const index = chat.messages.findLastIndex((message) => message.id === messageId);
  const message = chat.messages[index];
  if (message === undefined) return changeCompared(chat, messageId, change);
  if (message.role !== "assistant") return chat;
  return { ...chat, messages: chat.messages.with(index, change(message)) };
}
