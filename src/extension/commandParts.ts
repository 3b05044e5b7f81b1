/** What only commands need: a bundle of its own, loaded with the first of them. */
export { signIn } from "./features/signIn/signIn.ts";
export { setBudget } from "./features/budget/setBudget.ts";
export { showConnection } from "./features/connection/showConnection.ts";
export { correctTask } from "./features/chat/correctTask.ts";
export { showDryRun } from "./features/dryRun/showDryRun.ts";
export { askGatewayConsent } from "./features/gateway/askGatewayConsent.ts";
export { reviewGateway } from "./features/gateway/reviewGateway.ts";
export { showLocalServers } from "./features/gateway/showLocalServers.ts";
export { enterKey } from "./features/key/enterKey.ts";
export { showKeyLimits } from "./features/key/showKeyLimits.ts";
export { showKeyNews } from "./features/key/showKeyNews.ts";
export { manageKeys } from "./features/key/manageKeys.ts";
export { browseModels } from "./features/modelBrowser/browseModels.ts";
export { reconcileWithGateway } from "./features/reconcile/reconcileWithGateway.ts";
export { RoutingPanel } from "./features/routing/routingPanel.ts";
export { showRecords } from "./features/records/showRecords.ts";
export { SpendPanel } from "./features/spend/spendPanel.ts";
