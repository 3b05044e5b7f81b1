import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** Says what would be asked, without asking. Loaded with its first use. */
export function startDryRun(services: ExtensionServices): CommandTable {
  return {
    [COMMANDS.whatWouldYouPick]: async () => {
      const { showDryRun } = await import("../../commandParts.ts");
      await showDryRun(services);
    },
  };
}
