import { COMMANDS, FOLDER_SCHEME } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { MarkdownPage } from "../../platform/markdownPage.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** What the open folders bring, and what comes of it. Loaded with its first use, but for the page. */
export function startFolderTrust({ disposables, settings }: ExtensionServices): CommandTable {
  const page = disposables.add(
    new MarkdownPage({
      scheme: FOLDER_SCHEME,
      name: "What Does This Folder Change",
      empty: "**Waybill: What Does This Folder Change?** fills this page.\n",
    }),
  );
  return {
    [COMMANDS.showFolderChanges]: async () => {
      const { showFolderChanges } = await import("../../commandParts.ts");
      await showFolderChanges(settings(), page);
    },
  };
}
