import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import { ComparisonDocument } from "./comparisonDocument.ts";

/** All models of the gateway, to search, compare and pin. Loaded with its first use, but for the page of the comparison. */
export function startModelBrowser(services: ExtensionServices): CommandTable {
  const comparison = services.disposables.add(new ComparisonDocument());
  return {
    [COMMANDS.browseModels]: async () => {
      const { browseModels } = await import("../../commandParts.ts");
      await browseModels(services, comparison);
    },
  };
}
