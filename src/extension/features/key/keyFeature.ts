import { COMMANDS } from "../../platform/contributions.ts";
import type { KeyNews } from "../../../turn/keyWatch.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { SpendMonitor } from "../../platform/spendMonitor.ts";

/** Entering, listing, replacing and removing keys, and what gateways say of them. Loaded with the first use. */
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
    [COMMANDS.showKeyLimits]: async () => {
      const { showKeyLimits } = await import("../../commandParts.ts");
      await showKeyLimits(services);
    },
  };
}

/** The figures that show are read anew; the rest is told by code that is loaded for it. */
export async function tellKeyNews(news: KeyNews, spend: SpendMonitor): Promise<void> {
  void spend.refresh();
  if (news.kind === "standing") return;
  const { showKeyNews } = await import("../../commandParts.ts");
  await showKeyNews(news, spend);
}
