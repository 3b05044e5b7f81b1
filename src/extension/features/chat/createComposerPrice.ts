import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { passBudget } from "../../platform/passBudget.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { ComposerPrice, type ComposerPricePorts } from "./composerPrice.ts";

/** Joins what prices drafts to the engine. */
export function createComposerPrice(
  { engine, settings }: ExtensionServices,
  panel: Pick<ComposerPricePorts, "draftOrder" | "emit">,
): ComposerPrice {
  return new ComposerPrice({
    ...panel,
    routeKnown: async (order) => (await engine.get()).routeKnown(order),
    gatewayHost: async () => (await engine.get()).gateway().host,
    settings,
    pass: async (action, exceeded) =>
      passBudget(await engine.get(), { action, exceeded, place: { workspace: workspaceKey(), chat: undefined } }),
    nowMs: () => Date.now(),
  });
}
