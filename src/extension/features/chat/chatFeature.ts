import { window, workspace } from "vscode";
import { CHAT_VIEW, COMMANDS } from "../../platform/contributions.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { ChatPanel } from "./chatPanel.ts";

/** Registers the chat view. Its commands are answered for `extension.ts` to register. */
export function startChat(services: ExtensionServices): { panel: ChatPanel; commands: CommandTable } {
  const panel = new ChatPanel(services);
  services.disposables.add(window.registerWebviewViewProvider(CHAT_VIEW, panel));
  services.disposables.add(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("waybill")) void services.spend.refresh();
    }),
  );
  return {
    panel,
    commands: {
      [COMMANDS.openChat]: () => panel.open(),
      [COMMANDS.newChat]: async () => {
        await panel.open();
        await panel.newChat();
      },
      [COMMANDS.stopAnswer]: () => panel.stop(),
    },
  };
}
