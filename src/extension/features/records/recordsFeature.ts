import { COMMANDS, RECORDS_SCHEME } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { MarkdownPage } from "../../platform/markdownPage.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** What the person's verdicts say of the models. Loaded with its first use, but for the page. */
export function startRecords(services: ExtensionServices): CommandTable {
  const page = services.disposables.add(
    new MarkdownPage({
      scheme: RECORDS_SCHEME,
      name: "How Models Did",
      empty: "**Waybill: How Models Did** fills this page.\n",
    }),
  );
  return {
    [COMMANDS.showRecords]: async () => {
      const { showRecords } = await import("../../commandParts.ts");
      await showRecords(services, page);
    },
  };
}
