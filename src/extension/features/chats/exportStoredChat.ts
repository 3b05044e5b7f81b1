import { type QuickPickItem, Uri, window, workspace } from "vscode";
import { type ExportedChat, chatJson, chatMarkdown } from "../../../core/chat/exportChat.ts";
import { shownTitle } from "../../../core/chat/shownTitle.ts";
import { readStoredDetails } from "../../../protocol/storedDetails.ts";
import type { StoredChat } from "../../../store/chatStore.ts";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { chatItems } from "./chatItems.ts";

const MOST_OFFERED = 200;

interface FormatItem extends QuickPickItem {
  readonly extension: "md" | "json";
}

const FORMATS: readonly FormatItem[] = [
  { label: "Markdown", detail: "The branch that you last looked at, to read or to share", extension: "md" },
  { label: "JSON", detail: "All branches and receipts; Waybill: Import Chat takes it back", extension: "json" },
];

/** Asks for one of the chats of this workspace, then as below. */
export async function chooseAndExport(services: ExtensionServices): Promise<void> {
  const store = await (await services.engine.get()).chats();
  const ofWorkspace = workspaceKey();
  const chats = await store.listChats({ workspace: ofWorkspace, limit: MOST_OFFERED });
  const context = { workspace: ofWorkspace, nowMs: Date.now(), isSearch: false, isEverywhere: true };
  const rows = chatItems(chats, context).map(({ buttons: _buttons, alwaysShow: _always, ...row }) => row);
  const chosen = await window.showQuickPick(rows, { title: "Waybill: Export Chat", matchOnDetail: true });
  if (chosen?.chat !== undefined) await exportStoredChat(services, chosen.chat.id);
}

/** Writes a chat where and as the person says. */
export async function exportStoredChat(services: ExtensionServices, chatId: string): Promise<void> {
  const stored = await (await (await services.engine.get()).chats()).readChat(chatId);
  if (stored === undefined) {
    void window.showInformationMessage("This chat is not there any more, so nothing was exported. Choose another one.");
    return;
  }
  const format = await window.showQuickPick(FORMATS, { title: "Waybill: Export Chat as" });
  if (format === undefined) return;
  const title = shownTitle({ title: stored.title, beginning: stored.messages[0]?.text ?? stored.draft });
  const file = await askFile(title, format);
  if (file === undefined) return;
  const chat = exported(stored);
  const text = format.extension === "md" ? chatMarkdown(chat, title, Date.now()) : chatJson(chat, Date.now());
  try {
    await workspace.fs.writeFile(file, Buffer.from(text));
  } catch (error) {
    services.log.error("chat-not-exported", error);
    void window.showErrorMessage(
      `${file.fsPath} could not be written, so nothing was exported and the chat is as it was; choose another place.`,
    );
    return;
  }
  // A notice may stand for long, and a list of chats waits to come back.
  void offerToOpen(services, file);
}

async function offerToOpen({ log }: ExtensionServices, file: Uri): Promise<void> {
  try {
    const answer = await window.showInformationMessage(`The chat was written to ${file.fsPath}.`, "Open File");
    if (answer !== undefined) await window.showTextDocument(file);
  } catch (error) {
    log.error("chat-not-opened", error);
  }
}

async function askFile(title: string, { label, extension }: FormatItem): Promise<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `${fileName(title)}.${extension}`;
  return window.showSaveDialog({
    title: "Export Chat",
    filters: { [label]: [extension] },
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, name) }),
  });
}

/** Letters and digits of any script; everything else has a meaning somewhere. */
function fileName(title: string): string {
  const name = title.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, "-").replaceAll(/^-+|-+$/g, "");
  return name === "" ? "chat" : name;
}

function exported({ title, titleSource, tipId, choice, messages }: StoredChat): ExportedChat {
  return {
    title,
    titleSource,
    ...(tipId === undefined ? {} : { tipId }),
    choice,
    messages: messages.map((message) => ({ ...message, details: readStoredDetails(message.details) })),
  };
}
