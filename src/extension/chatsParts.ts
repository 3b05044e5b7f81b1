/** Lists, exports and imports of chats: a bundle of its own, loaded with the first of these commands. */
export { showChats } from "./features/chats/showChats.ts";
export { chooseAndExport } from "./features/chats/exportStoredChat.ts";
export { importChat } from "./features/chats/importChat.ts";
