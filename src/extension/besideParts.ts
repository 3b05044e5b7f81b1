/**
 * What goes on beside turns: who serves the models, and what a new model list changes. A bundle of its own, so that the
 * first turn does not load it.
 */
export { EndpointSource } from "../turn/endpointSource.ts";
export { newsOfModels } from "../turn/newsOfModels.ts";
