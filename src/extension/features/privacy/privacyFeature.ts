import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** What is asked of whoever gets the text of the open folders. Loaded with the first use. */
export function startPrivacy(services: ExtensionServices): CommandTable {
  return {
    [COMMANDS.setWorkspacePrivacy]: async () => {
      const { setPrivacy } = await import("../../commandParts.ts");
      await setPrivacy(services);
    },
  };
}
