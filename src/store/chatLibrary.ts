/** What lists of chats, deletions and a first start need: a bundle of its own, so that no question waits for it. */
export { listChats } from "./chatListing.ts";
export { importChat, purgeDeleted, removeMessages } from "./chatKeeping.ts";
export { CHAT_MIGRATIONS } from "./chatSchema.ts";
