import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** Entering, listing, replacing and removing keys. Loaded with the first use. */
export function startKey(services: ExtensionServices): CommandTable {
  return {
    [COMMANDS.enterKey]: async () => {
      const { enterKey } = await import("../../commandParts.ts");
      await enterKey(services);
    },
    [COMMANDS.manageKeys]: async () => {
      const { manageKeys } = await import("../../commandParts.ts");
      await manageKeys(services);
    },
  };
}
