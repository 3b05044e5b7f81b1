/**
 * What goes on beside turns: who serves the models, what a new model list changes, and what the gateway says of the key. A bundle of its own, so that the
 * first turn does not load it.
 */
export { EndpointSource } from "../turn/endpointSource.ts";
export { KeyWatch } from "../turn/keyWatch.ts";
export { newsOfModels } from "../turn/newsOfModels.ts";
