import { type Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { DisposableStore } from "./disposableStore.ts";
import { ViewStart } from "./viewStart.ts";
import { type ViewOfOurs, webviewPage, webviewRoots } from "./webviewPage.ts";

interface TabOptions {
  readonly viewType: string;
  readonly view: ViewOfOurs;
  readonly receive: (message: unknown) => void;
  /** The editor has opened it again, as it was before the window was reloaded. */
  readonly restored?: WebviewPanel | undefined;
}

export interface Tab {
  readonly panel: WebviewPanel;
  /** Ends with the tab. */
  readonly ofPanel: DisposableStore;
}

/** Opens a view of ours in an editor tab and starts its page, again where it does not report in time. */
export function openTab(extensionUri: Uri, { viewType, view, receive, restored }: TabOptions): Tab {
  const panel = restored ?? window.createWebviewPanel(viewType, view.title, ViewColumn.Active);
  panel.webview.options = { enableScripts: true, localResourceRoots: [...webviewRoots(extensionUri)] };
  const ofPanel = new DisposableStore();
  const page = ofPanel.add(new ViewStart(panel, () => webviewPage(panel.webview, extensionUri, view)));
  ofPanel.add(
    panel.webview.onDidReceiveMessage((message: unknown) => {
      page.noteReport();
      receive(message);
    }),
  );
  let wasVisible = panel.visible;
  ofPanel.add(
    panel.onDidChangeViewState(() => {
      // A panel that only loses the focus keeps its page.
      if (panel.visible !== wasVisible) page.noteVisibility();
      wasVisible = panel.visible;
    }),
  );
  panel.onDidDispose(() => ofPanel.dispose());
  page.start();
  return { panel, ofPanel };
}
