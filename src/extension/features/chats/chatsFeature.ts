import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { ChatOpener } from "./chatOpener.ts";

/** All chats of this machine: to find, open, rename, export, import and delete. Loaded with its first use. */
export function startChats(services: ExtensionServices, panel: { get(): Promise<ChatOpener> }): CommandTable {
  const load = () => import("../../chatsParts.ts");
  return {
    [COMMANDS.showChats]: async () => (await load()).showChats(services, panel),
    [COMMANDS.exportChat]: async () => (await load()).chooseAndExport(services),
    [COMMANDS.importChat]: async () => (await load()).importChat(services, panel),
  };
}
