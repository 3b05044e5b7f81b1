/** What goes along with questions: a bundle of its own, loaded with the first look at the chat. */
export { answerComposer } from "./features/chat/composerMessages.ts";
export { ContextDesk } from "./features/chat/mentions/contextDesk.ts";
export { nearbyCode } from "./features/chat/mentions/nearbySymbols.ts";
export { MentionSource } from "./features/chat/mentions/mentionSource.ts";
