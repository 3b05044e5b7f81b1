import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import { INLINE_COMMANDS } from "./inlineCommands.ts";
import { OPEN_EDITS_KEY } from "./openEditsKey.ts";

/** Edits in the document itself. All of it is loaded with the first of them, or when a window died with one open. */
export function startInlineEdit(services: ExtensionServices): CommandTable {
  const load = services.inlineEdits;
  if (services.context.workspaceState.get(OPEN_EDITS_KEY) !== undefined)
    void load()
      .then((edits) => edits.mend())
      .catch((error: unknown) => services.log.error("inline-edit-not-mended", error));
  const table: CommandTable = {};
  for (const id of INLINE_COMMANDS) table[id] = async (...parameters) => (await load()).run(id, parameters);
  return table;
}
