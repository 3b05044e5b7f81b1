import { Uri, type Webview, type WebviewPanel } from "vscode";
import { CHAT_TAB, COMMANDS } from "../../platform/contributions.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { openTab } from "../../platform/openTab.ts";
import type { ChatPanel } from "./chatPanel.ts";

const VIEW = { name: "chat", title: "Waybill Chat", style: "chatTab" } as const;

/** The chat in an editor tab. While it is there, the side bar says where the chat is. */
export class ChatTab {
  readonly #extensionUri: Uri;
  readonly #panel: WebviewPanel;

  constructor({ context }: ExtensionServices, chat: ChatPanel, restored: WebviewPanel | undefined) {
    this.#extensionUri = context.extensionUri;
    const { panel } = openTab(context.extensionUri, {
      viewType: CHAT_TAB,
      view: VIEW,
      receive: (message) => chat.receive(message),
      restored,
    });
    this.#panel = panel;
    chat.attach(panel);
    panel.onDidDispose(() => chat.detach(panel));
  }

  onDidClose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  close(): void {
    this.#panel.dispose();
  }

  /** What the side bar shows meanwhile: no script, one sentence, one action. */
  pageBeside(webview: Webview): string {
    const style = webview.asWebviewUri(Uri.joinPath(this.#extensionUri, "media", "chatBeside.css")).toString();
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; base-uri 'none'; form-action 'none'">
<link rel="stylesheet" href="${style}">
<title>Waybill Chat Elsewhere</title>
</head>
<body>
<main>
<p>The chat is open in an editor tab.</p>
<a href="command:${COMMANDS.showChatInSideBar}" role="button">Show It Here</a>
</main>
</body>
</html>`;
  }
}
