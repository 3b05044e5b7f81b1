import {
  MarkdownString,
  type QuickPickItem,
  StatusBarAlignment,
  ThemeColor,
  commands,
  window,
  workspace,
} from "vscode";
import type { PresentedSpend } from "../../../core/budget/presentSpend.ts";
import { describeKeyChoice } from "../../../core/keys/describeKeyChoice.ts";
import { presentWaybill } from "../../../core/waybill/presentWaybill.ts";
import { COMMANDS, type CommandId } from "../../platform/contributions.ts";
import { describePrivacy } from "../../platform/describePrivacy.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { Settings } from "../../platform/readSettings.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import { presentStatus, shareBar } from "./presentStatus.ts";

/** The served model and cost of the last turn, and today's spend. */
export function startStatusBar({ spend, disposables, keys, settings }: ExtensionServices): CommandTable {
  const item = disposables.add(window.createStatusBarItem("waybill.status", StatusBarAlignment.Right, 90));
  item.name = "Waybill";
  item.command = COMMANDS.showMenu;
  const lastWaybill = () => (spend.lastWaybill === undefined ? undefined : presentWaybill(spend.lastWaybill));
  const showText = () => {
    const parts = { last: lastWaybill(), spend: spend.spend, live: spend.live, level: spend.alertLevel };
    const { text, label, tone } = presentStatus({ ...parts, alertAt: settings().alertAt });
    item.text = text;
    item.accessibilityInformation = { label };
    item.backgroundColor = tone === undefined ? undefined : new ThemeColor(`statusBarItem.${tone}Background`);
  };
  const show = () => {
    showText();
    item.tooltip = tooltip(lastWaybill(), spend.spend, held({ keys, settings }));
  };
  show();
  item.show();
  disposables.add(spend.onDidChange(show));
  disposables.add(spend.onDidChangeLive(showText));
  disposables.add(keys.onDidChange(show));
  disposables.add(
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("waybill.privacy")) show();
    }),
  );
  // The start of the editor goes first.
  setImmediate(() => void spend.refreshKnown());
  return { [COMMANDS.showMenu]: () => showMenu(spend.spend?.text, held({ keys, settings })) };
}

/** What the settings make of every request, in words. */
interface HeldSettings {
  readonly key: string;
  readonly privacy: string;
}

function held({ keys, settings }: Pick<ExtensionServices, "keys" | "settings">): HeldSettings {
  const read = settings();
  return { key: describeKey(read, keys), privacy: describePrivacy(read) };
}

/** Which key pays, and whether it is gone with the window. */
function describeKey({ gatewayUrl, keyChoice }: Settings, keys: ExtensionServices["keys"]): string {
  const said = describeKeyChoice(keyChoice);
  if (gatewayUrl === undefined || keyChoice.kind === "unclear") return said;
  const isForSession = keys.isForSession({ origin: gatewayUrl.origin, name: keyChoice.name });
  return isForSession ? `${said}; not stored, forgotten when this window closes` : said;
}

function tooltip(
  waybill: ReturnType<typeof presentWaybill> | undefined,
  spend: PresentedSpend | undefined,
  { key, privacy }: HeldSettings,
): MarkdownString {
  const text = new MarkdownString();
  if (waybill === undefined) text.appendMarkdown("**Waybill**\n\n").appendText("No answer yet in this window.");
  else {
    text.appendMarkdown("**Last answer**\n\n");
    for (const { label, value } of waybill.rows) text.appendText(`${label}: ${value}`).appendMarkdown("  \n");
  }
  if (spend !== undefined) {
    text.appendMarkdown("\n\n---\n\n**Budgets**\n\n");
    for (const [index, line] of spend.lines.entries()) {
      text
        .appendMarkdown(`\`${shareBar(spend.shares[index] ?? 0)}\`  \n`)
        .appendText(line)
        .appendMarkdown("\n\n");
    }
  }
  text.appendMarkdown("\n\n---\n\n").appendText(`Key: ${key}`).appendMarkdown("  \n");
  text.appendText(`Privacy: ${privacy}`);
  return text;
}

interface MenuItem extends QuickPickItem {
  readonly commandId: CommandId;
}

async function showMenu(spendText: string | undefined, { key, privacy }: HeldSettings): Promise<void> {
  const items: readonly MenuItem[] = [
    { label: "$(comment-discussion) Open Chat", commandId: COMMANDS.openChat },
    {
      label: "$(dashboard) Set Budget for This Workspace",
      ...(spendText === undefined ? {} : { description: spendText }),
      commandId: COMMANDS.setWorkspaceBudget,
    },
    { label: "$(shield) Set Privacy of This Workspace", description: privacy, commandId: COMMANDS.setWorkspacePrivacy },
    { label: "$(graph) Show Spend", commandId: COMMANDS.showSpend },
    { label: "$(compass) What Would You Pick?", commandId: COMMANDS.whatWouldYouPick },
    { label: "$(list-tree) Show Routing Table", commandId: COMMANDS.showRouting },
    { label: "$(library) Browse Models", commandId: COMMANDS.browseModels },
    { label: "$(plug) Test Connection", commandId: COMMANDS.testConnection },
    { label: "$(dashboard) Show Key Limits", commandId: COMMANDS.showKeyLimits },
    { label: "$(checklist) Reconcile with Gateway", commandId: COMMANDS.reconcile },
    { label: "$(key) Enter Key", commandId: COMMANDS.enterKey },
    { label: "$(gear) Manage Keys", description: key, commandId: COMMANDS.manageKeys },
    { label: "$(export) Show What Was Sent", commandId: COMMANDS.showOutbox },
    { label: "$(shield) What Does This Folder Change?", commandId: COMMANDS.showFolderChanges },
    { label: "$(output) Show Log", commandId: COMMANDS.showLog },
    { label: "$(pulse) Copy Diagnostics", commandId: COMMANDS.copyDiagnostics },
  ];
  const chosen = await window.showQuickPick(items, { title: "Waybill", placeHolder: "What would you like to do?" });
  if (chosen !== undefined) await commands.executeCommand(chosen.commandId);
}
