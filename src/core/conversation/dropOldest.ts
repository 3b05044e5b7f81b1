import { CONTINUE_REQUEST } from "./buildMessages.ts";
import { isCondensed } from "./condensed.ts";
import type { ConversationMessage } from "./conversationMessage.ts";

/** How many exchanges (a question with what was answered) stand before what is asked now. */
export function countEarlier(messages: readonly ConversationMessage[]): number {
  return Math.max(0, questionsOf(messages).length - asksNow(messages));
}

/** Without the oldest exchanges. Instructions stay, and so does what is asked now. */
export function dropOldest(messages: readonly ConversationMessage[], count: number): readonly ConversationMessage[] {
  const questions = questionsOf(messages);
  const first = questions[0] ?? messages.length;
  const kept = questions[Math.min(count, countEarlier(messages))] ?? messages.length;
  return [...messages.slice(0, first), ...messages.slice(kept)];
}

/** Where the questions stand. The summary of a condensed chat is none: it stays, as instructions do. */
function questionsOf(messages: readonly ConversationMessage[]): readonly number[] {
  return messages.flatMap((message, place) => (message.role === "user" && !isCondensed(message) ? [place] : []));
}

/** To go on with an answer takes that answer and its question. */
function asksNow(messages: readonly ConversationMessage[]): number {
  return messages.at(-1)?.content === CONTINUE_REQUEST ? 2 : 1;
}
