/**
 * Everything that is loaded with its first use. The build makes one bundle of it, so that what VS Code loads at start stays
 * small.
 */
export { ChatPanel } from "./features/chat/chatPanel.ts";
export { FixProposals } from "./features/codeActions/fixProposals.ts";
export { canReachGateway, isWayFailure } from "./features/connection/probeTransport.ts";
export { showDryRun } from "./features/dryRun/showDryRun.ts";
export { browseModels } from "./features/modelBrowser/browseModels.ts";
export { reconcileWithGateway } from "./features/reconcile/reconcileWithGateway.ts";
export { createEngine } from "./platform/engine.ts";
