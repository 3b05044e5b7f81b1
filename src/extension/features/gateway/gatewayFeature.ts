import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** Which model server is asked: allowing one, and finding those of this machine. Loaded with the first use. */
export function startGateway(services: ExtensionServices): CommandTable {
  return {
    [COMMANDS.reviewGateway]: async () => {
      const { reviewGateway } = await import("../../commandParts.ts");
      await reviewGateway(services);
    },
    [COMMANDS.findLocalServers]: async () => {
      const { showLocalServers } = await import("../../commandParts.ts");
      await showLocalServers(services);
    },
  };
}
