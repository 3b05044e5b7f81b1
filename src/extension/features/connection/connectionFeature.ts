import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** Says what works between here and the gateway. Loaded with its first use. */
export function startConnection(services: ExtensionServices): CommandTable {
  return {
    [COMMANDS.testConnection]: async () => {
      const { showConnection } = await import("../../commandParts.ts");
      await showConnection(services);
    },
  };
}
