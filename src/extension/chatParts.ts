/** The chat panel: a bundle of its own, loaded with its view or the first command that wants it, while the page loads. */
export { ChatPanel } from "./features/chat/chatPanel.ts";
export { ChatTab } from "./features/chat/chatTab.ts";
