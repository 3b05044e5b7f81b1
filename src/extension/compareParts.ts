/** Several models under one question: a bundle of its own, loaded with the first comparison. */
export { compareModels } from "./features/chat/compare/compareModels.ts";
export { askComparedAgain, handleCompareRequest } from "./features/chat/compare/compareRequests.ts";
export { priceSummary } from "./features/chat/compare/priceSummary.ts";
