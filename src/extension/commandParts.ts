/** What only commands need: a bundle of its own, loaded with the first of them. */
export { canReachGateway, isWayFailure } from "./features/connection/probeTransport.ts";
export { showDryRun } from "./features/dryRun/showDryRun.ts";
export { browseModels } from "./features/modelBrowser/browseModels.ts";
export { reconcileWithGateway } from "./features/reconcile/reconcileWithGateway.ts";
export { showRecords } from "./features/records/showRecords.ts";
