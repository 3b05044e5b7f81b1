import assert from "node:assert/strict";
import { join } from "node:path";
import { type StoredChat, openChatStore } from "../../src/store/chatStore.ts";
import { storedChat } from "../store/chatFolder.ts";
import { type ChatPage, openNewChat } from "./chatPage.ts";
import type { Workbench } from "./workbench.ts";

/** Opens a chat of this workspace that an earlier window left; nothing of it is in a provider's cache. */
export async function openStoredChat(workbench: Workbench, fields: Partial<StoredChat>): Promise<ChatPage> {
  const chat = await openNewChat(workbench);
  await chat.ask("What is a closure?");
  await chat.lastWaybill();
  await putIntoStore(workbench, fields);
  const title = fields.title ?? "";
  await chat.frame.getByRole("button", { name: "Show all chats", exact: true }).click();
  await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
  await chat.frame.locator("waybill-title .title").filter({ hasText: title }).waitFor();
  return chat;
}

/** Workspaces are told apart by an address of the host's own, which the chat asked last has. */
async function putIntoStore({ storageFolder }: Workbench, fields: Partial<StoredChat>): Promise<void> {
  const store = await openChatStore(join(storageFolder, "chats.sqlite"));
  const [newest] = await store.listChats({ limit: 1 });
  assert.ok(newest);
  await store.importChat(
    storedChat(crypto.randomUUID(), { workspace: newest.workspace, titleSource: "person", ...fields }),
    Date.now(),
  );
  store.close();
}

/** All chats of the server, the one that was worked on last first. */
export async function readStoredChats({ storageFolder }: Workbench): Promise<readonly StoredChat[]> {
  const store = await openChatStore(join(storageFolder, "chats.sqlite"));
  const listed = await store.listChats({ limit: 100 });
  const chats = await Promise.all(listed.map(({ id }) => store.readChat(id)));
  store.close();
  return chats.flatMap((chat) => chat ?? []);
}
