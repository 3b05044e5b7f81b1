import { COMMANDS, OUTBOX_SCHEME } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { MarkdownPage } from "../../platform/markdownPage.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** The list of what left this machine. Loaded with its first use, but for the page. */
export function startOutbox(services: ExtensionServices): CommandTable {
  const page = services.disposables.add(
    new MarkdownPage({
      scheme: OUTBOX_SCHEME,
      name: "What Was Sent",
      empty: "**Waybill: Show What Was Sent** fills this page.\n",
    }),
  );
  return {
    [COMMANDS.showOutbox]: async () => {
      const { showOutbox } = await import("../../commandParts.ts");
      await showOutbox(services, page);
    },
  };
}
