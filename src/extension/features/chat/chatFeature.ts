import { type WebviewView, type WebviewViewProvider, window, workspace } from "vscode";
import { CHAT_VIEW, COMMANDS } from "../../platform/contributions.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import type { ChatPanel } from "./chatPanel.ts";

/** The panel, loaded with its first use: most windows never open it. */
export class LazyChatPanel implements WebviewViewProvider {
  readonly #services: ExtensionServices;
  #panel: Promise<ChatPanel> | undefined;

  constructor(services: ExtensionServices) {
    this.#services = services;
  }

  get(): Promise<ChatPanel> {
    this.#panel ??= import("../../lateParts.ts").then(({ ChatPanel }) => new ChatPanel(this.#services));
    return this.#panel;
  }

  async resolveWebviewView(view: WebviewView): Promise<void> {
    (await this.get()).resolveWebviewView(view);
  }

  /** Tells a loaded panel only; another one reads the settings when it is opened. */
  async noteSettings(): Promise<void> {
    (await this.#panel)?.noteSettings();
  }
}

/** Registers the chat view. Its commands are answered for `extension.ts` to register. */
export function startChat(services: ExtensionServices, panel: LazyChatPanel): CommandTable {
  services.disposables.add(window.registerWebviewViewProvider(CHAT_VIEW, panel));
  services.disposables.add(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("waybill")) void panel.noteSettings();
    }),
  );
  return {
    [COMMANDS.openChat]: async () => (await panel.get()).open(),
    [COMMANDS.newChat]: async () => {
      const opened = await panel.get();
      await opened.open();
      await opened.newChat();
    },
    [COMMANDS.stopAnswer]: async () => (await panel.get()).stop(),
  };
}
