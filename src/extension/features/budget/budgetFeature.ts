import { ConfigurationTarget, window, workspace } from "vscode";
import { describeLimit } from "../../../core/budget/describeLimit.ts";
import { parseUsd } from "../../../core/money/nanoUsd.ts";
import { COMMANDS, SETTINGS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";

/** Setting this workspace's budget, and starting a new ledger in place of a damaged one. */
export function startBudget(services: ExtensionServices): CommandTable {
  return {
    [COMMANDS.setWorkspaceBudget]: () => setWorkspaceBudget(services),
    [COMMANDS.startNewLedger]: () => startNewLedger(services),
  };
}

async function setWorkspaceBudget({ settings, spend }: ExtensionServices): Promise<void> {
  const current = settings().limits.find(
    (limit) => limit.measure === "money" && limit.scope === "workspace" && limit.period === "day",
  );
  const entered = await window.showInputBox({
    title: "Budget for this workspace, in US dollars a day",
    prompt: current === undefined ? "There is no limit now." : `It is ${describeLimit(current)} now. The day is UTC.`,
    value: current === undefined ? "" : String(current.limit / 1e9),
    validateInput: (value) => (readAmount(value) === undefined ? "An amount like 0.50 or 5." : undefined),
  });
  const amount = entered === undefined ? undefined : readAmount(entered);
  if (amount === undefined) return;
  await writeBudget(amount);
  await spend.refresh();
}

/** A workspace's own value can only lower the person's, so a higher one is written where it counts. */
async function writeBudget(amount: number): Promise<void> {
  const configuration = workspace.getConfiguration();
  const inspected = configuration.inspect<number | null>(SETTINGS.workspacePerDay);
  const userLimit = inspected?.globalValue === undefined ? inspected?.defaultValue : inspected.globalValue;
  const hasFolder = workspace.workspaceFolders !== undefined;
  if (hasFolder) await configuration.update(SETTINGS.workspacePerDay, amount, ConfigurationTarget.Workspace);
  if (hasFolder && (userLimit === null || userLimit === undefined || amount <= userLimit)) return;
  await configuration.update(SETTINGS.workspacePerDay, amount, ConfigurationTarget.Global);
}

function readAmount(value: string): number | undefined {
  const amount = parseUsd(value.replace(/^\s*\$/, ""));
  return amount === undefined || amount < 0 ? undefined : amount / 1e9;
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
