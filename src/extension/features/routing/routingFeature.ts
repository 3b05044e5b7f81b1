import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { RoutingPanel } from "./routingPanel.ts";

/** Which model answers what, and the rules for it. Loaded with its first use. */
export function startRouting(services: ExtensionServices): CommandTable {
  let panel: RoutingPanel | undefined;
  return {
    [COMMANDS.showRouting]: async (...past) => {
      const { RoutingPanel } = await import("../../commandParts.ts");
      panel ??= services.disposables.add(new RoutingPanel(services));
      panel.show(...past);
    },
  };
}
