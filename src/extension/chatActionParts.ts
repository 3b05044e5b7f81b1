/** What a chat needs after its first question: clicks on messages, choices and titles. A bundle of its own. */
export { handleChatRequest } from "./features/chat/chatRequests.ts";
export { giveTitle } from "./features/chat/giveTitle.ts";
export { refreshReceipts } from "./features/chat/refreshReceipts.ts";
