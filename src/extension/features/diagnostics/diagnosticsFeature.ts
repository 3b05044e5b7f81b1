import { COMMANDS, DIAGNOSTICS_SCHEME } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { MarkdownPage } from "../../platform/markdownPage.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** What a person may hand to whoever mends Waybill. Loaded with its first use, but for the page. */
export function startDiagnostics(services: ExtensionServices): CommandTable {
  const page = services.disposables.add(
    new MarkdownPage({
      scheme: DIAGNOSTICS_SCHEME,
      name: "Waybill Diagnostics",
      empty: "**Waybill: Copy Diagnostics** fills this page.\n",
    }),
  );
  return {
    [COMMANDS.copyDiagnostics]: async () => {
      const { copyDiagnostics } = await import("../../commandParts.ts");
      await copyDiagnostics(services, page);
    },
  };
}
