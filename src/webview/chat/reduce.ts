import type { ChatChange, ChatViewState, UserMessageView } from "../../protocol/chatMessages.ts";
import { chatCommandOf } from "../../protocol/slashChoices.ts";
import { applyChange, withoutAsk } from "./applyChange.ts";
import { withoutEarlier } from "./pages.ts";
import { joinTexts } from "./composer/joinTexts.ts";
import type { ComposerState, ViewInput, ViewState } from "./viewState.ts";

/** The next state of the chat view. Pure; a text delta costs the length of the delta, never of the answer. */
export function reduce(state: ViewState, input: ViewInput): ViewState {
  switch (input.type) {
    case "snapshot":
      return { ...state, chat: input.state, composer: composerAfterSnapshot(state, input.state) };
    case "delta": {
      if (state.chat === undefined) return state;
      const composer = composerAfterChange(state.composer, input.change);
      return { ...state, chat: applyChange(state.chat, input.change), composer };
    }
    case "focus-composer":
      return { ...state, focusRequests: state.focusRequests + 1 };
    // Where the keyboard was is a matter of the page.
    case "focus-back":
      return state;
    case "draft-typed":
      return { ...withoutQuestion(state), composer: { ...state.composer, text: input.text } };
    case "earlier-left":
      return state.chat === undefined ? state : { ...state, chat: withoutEarlier(state.chat, input.beforeId) };
    case "ask-cancelled":
      return withoutQuestion(state);
    case "question-sent":
      return { ...state, composer: { ...state.composer, sentText: input.text } };
  }
}

/** What was asked before sending was about the text as it was. */
function withoutQuestion(state: ViewState): ViewState {
  return state.chat?.ask === undefined ? state : { ...state, chat: withoutAsk(state.chat) };
}

function composerAfterChange(composer: ComposerState, change: ChatChange): ComposerState {
  switch (change.kind) {
    case "message-added":
      return change.message.role === "user" ? composerAfterQuestion(composer, change.message) : composer;
    case "queue-changed":
      return composerAfterQueue(composer, change.queued);
    case "draft-returned":
      return { ...composer, text: joinTexts(change.text, composer.text) };
    default:
      return composer;
  }
}

/** Clears the composer only when it still holds the question that now waits; others may wait before it. */
function composerAfterQueue(composer: ComposerState, queued = ""): ComposerState {
  const { sentText, text } = composer;
  if (sentText === undefined || !queued.trim().endsWith(sentText.trim())) return composer;
  return { text: text === sentText ? "" : text, sentText: undefined };
}

/** Clears the composer only when it still holds the question that has just appeared in the conversation. */
function composerAfterQuestion(composer: ComposerState, message: UserMessageView): ComposerState {
  const { sentText, text } = composer;
  if (sentText === undefined || !isAskedBy(sentText, message.text.trim())) return composer;
  return { text: text === sentText ? "" : text, sentText: undefined };
}

/** A question to several models is shown without the command before it. */
function isAskedBy(sentText: string, question: string): boolean {
  return sentText.trim() === question || chatCommandOf(sentText)?.rest.trim() === question;
}

function composerAfterSnapshot(state: ViewState, chat: ChatViewState): ComposerState {
  const { composer } = state;
  const question = chat.messages.findLast((message) => message.role === "user");
  if (state.chat === undefined) {
    // A quick person asks before the first snapshot, which then brings the question.
    const left = question === undefined ? composer : composerAfterQuestion(composer, question);
    return { ...left, text: left.text === "" ? chat.draft : left.text };
  }
  if (state.chat.chatId === chat.chatId) {
    const isNew = question !== undefined && !state.chat.messages.some((message) => message.id === question.id);
    return isNew ? composerAfterQuestion(composer, question) : composer;
  }
  if (chat.draft !== "") return { text: chat.draft, sentText: undefined };
  // A fresh chat takes over what was typed, so that "New chat" never costs the person a sentence.
  return { text: chat.messages.length === 0 ? composer.text : "", sentText: undefined };
}
