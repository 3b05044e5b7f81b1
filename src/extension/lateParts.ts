/**
 * Everything that the first question needs. The build makes one bundle of it, so that what VS Code loads at start stays
 * small.
 */
export { ChatPanel } from "./features/chat/chatPanel.ts";
export { createEngine } from "./platform/engine.ts";
