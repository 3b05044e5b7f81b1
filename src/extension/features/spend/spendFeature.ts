import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { SpendPanel } from "./spendPanel.ts";

/** Where the money went. Loaded with its first use. */
export function startSpend(services: ExtensionServices): CommandTable {
  let panel: SpendPanel | undefined;
  return {
    [COMMANDS.showSpend]: async () => {
      const { SpendPanel } = await import("../../commandParts.ts");
      panel ??= services.disposables.add(new SpendPanel(services));
      panel.show();
    },
  };
}
