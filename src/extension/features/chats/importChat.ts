import { type Uri, window, workspace } from "vscode";
import type { ExtensionServices } from "../../platform/extensionServices.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";
import { type ChatOpener, openIn } from "./chatOpener.ts";
import { MOST_IMPORT_BYTES, readImportedChat } from "./readImportedChat.ts";

/** Adds a chat from a file that Waybill exported to the chats of this workspace, and shows it. */
export async function importChat(services: ExtensionServices, panel: { get(): Promise<ChatOpener> }): Promise<void> {
  const [file] = (await window.showOpenDialog({ title: "Import Chat", filters: { JSON: ["json"] } })) ?? [];
  if (file === undefined) return;
  const text = await readFile(file);
  const read =
    typeof text === "string"
      ? readImportedChat(text, { workspace: workspaceKey(), newId: () => crypto.randomUUID() })
      : text;
  if (read.kind === "refused") {
    const again = await window.showErrorMessage(
      `The file ${read.because}, so nothing was imported; your chats are as they were.`,
      "Choose Another File",
    );
    if (again !== undefined) await importChat(services, panel);
    return;
  }
  const store = await (await services.engine.get()).chats();
  await store.importChat(read.chat, Date.now());
  await openIn(await panel.get(), read.chat.id);
}

async function readFile(file: Uri): Promise<string | { readonly kind: "refused"; readonly because: string }> {
  try {
    const { size } = await workspace.fs.stat(file);
    if (size > MOST_IMPORT_BYTES) {
      return { kind: "refused", because: `is larger than ${MOST_IMPORT_BYTES / 1_000_000} MB` };
    }
    return new TextDecoder().decode(await workspace.fs.readFile(file));
  } catch {
    return { kind: "refused", because: "could not be read" };
  }
}
