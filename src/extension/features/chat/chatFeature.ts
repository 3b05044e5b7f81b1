import { type WebviewPanel, type WebviewView, type WebviewViewProvider, commands, window, workspace } from "vscode";
import { CHAT_TAB, CHAT_VIEW, COMMANDS } from "../../platform/contributions.ts";
import { DisposableStore } from "../../platform/disposableStore.ts";
import type { CommandTable } from "../../platform/registerCommands.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { webviewPage, webviewRoots } from "../../platform/webviewPage.ts";
import type { ChatPanel } from "./chatPanel.ts";
import type { ChatTab } from "./chatTab.ts";
import { ViewStart } from "../../platform/viewStart.ts";

const PAGE = { name: "chat", title: "Waybill Chat", style: "chat" } as const;

/** Shows the page at once and loads the panel behind it: most windows never open either. */
export class LazyChatPanel implements WebviewViewProvider {
  readonly #services: ExtensionServices;
  #panel: Promise<ChatPanel> | undefined;
  #sideBar: { readonly view: WebviewView; readonly page: ViewStart } | undefined;
  /** The chat is in an editor tab, and the side bar says so. */
  #tab: ChatTab | undefined;

  constructor(services: ExtensionServices) {
    this.#services = services;
  }

  get(): Promise<ChatPanel> {
    this.#panel ??= import("../../chatParts.ts").then(({ ChatPanel }) => new ChatPanel(this.#services));
    return this.#panel;
  }

  resolveWebviewView(view: WebviewView): void {
    const { disposables, log } = this.#services;
    const ofView = disposables.add(new DisposableStore());
    const page = ofView.add(new ViewStart(view, () => this.#pageOf(view)));
    this.#sideBar = { view, page };
    const attached = this.get().then((panel) => {
      if (this.#tab === undefined) panel.attach(view);
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
        if (this.#sideBar?.view === view) this.#sideBar = undefined;
        ofView.dispose();
      }),
    );
    page.start();
  }

  /** Opens the chat in an editor tab, or shows the tab that is there. `restored`: the editor's own from before a reload. */
  async openTab(restored?: WebviewPanel): Promise<void> {
    const [panel, { ChatTab }] = await Promise.all([this.get(), import("../../chatParts.ts")]);
    if (this.#tab === undefined) {
      const tab = new ChatTab(this.#services, panel, restored);
      this.#tab = tab;
      this.#sideBar?.page.start();
      tab.onDidClose(() => this.#noteTabClosed(panel));
    } else restored?.dispose();
    if (restored === undefined) await panel.open();
  }

  /** Brings the chat back to the side bar. */
  async closeTab(): Promise<void> {
    this.#tab?.close();
    await commands.executeCommand(`${CHAT_VIEW}.focus`);
  }

  #noteTabClosed(panel: ChatPanel): void {
    this.#tab = undefined;
    if (this.#sideBar === undefined) return;
    panel.attach(this.#sideBar.view);
    this.#sideBar.page.start();
  }

  #pageOf({ webview }: WebviewView): string {
    const { extensionUri } = this.#services.context;
    const localResourceRoots = [...webviewRoots(extensionUri)];
    const tab = this.#tab;
    // Only the page without a script may name a command, and only this one.
    webview.options =
      tab === undefined
        ? { enableScripts: true, localResourceRoots }
        : { enableCommandUris: [COMMANDS.showChatInSideBar], localResourceRoots };
    return tab === undefined ? webviewPage(webview, extensionUri, PAGE) : tab.pageBeside(webview);
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
    window.registerWebviewPanelSerializer(CHAT_TAB, { deserializeWebviewPanel: (restored) => panel.openTab(restored) }),
  );
  services.disposables.add(
    workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("waybill")) return;
      void services.spend.refreshKnown();
      void panel.noteSettings();
    }),
  );
  return {
    [COMMANDS.openChat]: async () => (await panel.get()).open(),
    [COMMANDS.openChatInEditor]: () => panel.openTab(),
    [COMMANDS.showChatInSideBar]: () => panel.closeTab(),
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
