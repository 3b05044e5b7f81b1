/**
 * Everything that is loaded with its first use, as one chunk. VS Code takes some milliseconds for each file of an
 * extension, so what is shared with the part that is loaded at start must not fall into many small files.
 */
export { ChatPanel } from "./features/chat/chatPanel.ts";
export { FixProposals } from "./features/codeActions/fixProposals.ts";
export { canReachGateway, isWayFailure } from "./features/connection/probeTransport.ts";
export { createEngine } from "./platform/engine.ts";
