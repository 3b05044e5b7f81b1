import { window } from "vscode";
import { COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** The form of the budgets, loaded with its first use, and starting a new ledger in place of a damaged one. */
export function startBudget(services: ExtensionServices): CommandTable {
  return {
    [COMMANDS.setWorkspaceBudget]: async () => {
      const { setBudget } = await import("../../commandParts.ts");
      await setBudget(services);
    },
    [COMMANDS.startNewLedger]: () => startNewLedger(services),
  };
}

async function startNewLedger({ engine, spend }: ExtensionServices): Promise<void> {
  const choice = await window.showWarningMessage(
    "Set the damaged ledger aside and start a new one?",
    {
      modal: true,
      detail:
        "The damaged file is kept beside the new one. What was spent is taken over from the journal, so no budget opens again.",
    },
    "Start a New Ledger",
  );
  if (choice === undefined) return;
  await (await engine.get()).startNewLedger();
  await spend.refresh();
  await window.showInformationMessage(
    "A new ledger was started, with the spending of the journal. Ask again when you like.",
  );
}
