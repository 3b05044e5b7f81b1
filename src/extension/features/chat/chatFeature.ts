import { type WebviewView, type WebviewViewProvider, window, workspace } from "vscode";
import { CHAT_VIEW, COMMANDS } from "../../platform/contributions.ts";
import { DisposableStore } from "../../platform/disposableStore.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { webviewPage, webviewRoots } from "../../platform/webviewPage.ts";
import type { ChatPanel } from "./chatPanel.ts";
import { ViewStart } from "../../platform/viewStart.ts";

const PAGE = { name: "chat", title: "Waybill Chat", style: "chat" } as const;

/** Shows the page at once and loads the panel behind it: most windows never open either. */
export class LazyChatPanel implements WebviewViewProvider {
  readonly #services: ExtensionServices;
  #panel: Promise<ChatPanel> | undefined;

  constructor(services: ExtensionServices) {
    this.#services = services;
  }

  get(): Promise<ChatPanel> {
    this.#panel ??= import("../../chatParts.ts").then(({ ChatPanel }) => new ChatPanel(this.#services));
    return this.#panel;
  }

  resolveWebviewView(view: WebviewView): void {
    const { disposables, log, context } = this.#services;
    const ofView = disposables.add(new DisposableStore());
    const page = ofView.add(new ViewStart(view, () => webviewPage(view.webview, context.extensionUri, PAGE)));
    view.webview.options = { enableScripts: true, localResourceRoots: [...webviewRoots(context.extensionUri)] };
    const attached = this.get().then((panel) => {
      panel.attach(view);
      return panel;
    });
    attached.catch((error: unknown) => log.error("chat-panel-not-loaded", error));
    ofView.add(
      view.webview.onDidReceiveMessage(async (message: unknown) => {
        page.noteReport();
        (await attached).receive(message);
      }),
    );
    ofView.add(view.onDidChangeVisibility(() => page.noteVisibility()));
    ofView.add(
      view.onDidDispose(() => {
        void attached.then((panel) => panel.detach(view));
        ofView.dispose();
      }),
    );
    page.start();
  }

  /** Tells a loaded panel only; another one reads the settings when it is opened. */
  async noteSettings(): Promise<void> {
    await (await this.#panel)?.noteSettings();
  }
}

/** Registers the chat view. Its commands are answered for `extension.ts` to register. */
export function startChat(services: ExtensionServices, panel: LazyChatPanel): CommandTable {
  services.disposables.add(window.registerWebviewViewProvider(CHAT_VIEW, panel));
  services.disposables.add(
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("waybill")) return;
      void services.spend.refreshKnown();
      void panel.noteSettings();
    }),
  );
  return {
    [COMMANDS.openChat]: async () => (await panel.get()).open(),
    [COMMANDS.newChat]: async () => {
      const opened = await panel.get();
      await opened.open();
      await opened.newChat();
    },
    [COMMANDS.correctTask]: async () => {
      const { correctTask } = await import("../../commandParts.ts");
      await correctTask(await panel.get());
    },
    [COMMANDS.compareModels]: async () => {
      const opened = await panel.get();
      await opened.open();
      await opened.compare("");
    },
    [COMMANDS.stopAnswer]: async () => (await panel.get()).stop(),
  };
}
