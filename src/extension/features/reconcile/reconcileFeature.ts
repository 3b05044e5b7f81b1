import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** Holds the ledger against what the gateway says of the key. Loaded with its first use. */
export function startReconcile(services: ExtensionServices): CommandTable {
  return {
    [COMMANDS.reconcile]: async () => {
      const { reconcileWithGateway } = await import("../../commandParts.ts");
      await reconcileWithGateway(services);
    },
  };
}
