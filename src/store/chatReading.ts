import type { DatabaseSync } from "node:sqlite";
import type { StoredChat, StoredMessage, TitleSource } from "./chatStore.ts";

const LATEST = "workspace = ? ORDER BY updated_at_ms DESC, rowid DESC LIMIT 1";

export function readLatestChat(database: DatabaseSync, workspace: string): StoredChat | undefined {
  return readChatWhere(database, LATEST, workspace);
}

export function readChat(database: DatabaseSync, chatId: string): StoredChat | undefined {
  return readChatWhere(database, "id = ?", chatId);
}

function readChatWhere(database: DatabaseSync, condition: string, value: string): StoredChat | undefined {
  const chat = database.prepare(`SELECT * FROM chat WHERE deleted_at_ms IS NULL AND ${condition}`).get(value);
  if (chat === undefined) return undefined;
  const id = String(chat["id"]);
  const tipId = chat["tip_id"];
  const rows = database.prepare("SELECT * FROM message WHERE chat_id = ? ORDER BY sequence").all(id);
  return {
    id,
    workspace: String(chat["workspace"]),
    title: String(chat["title"]),
    titleSource: toTitleSource(chat["title_source"]),
    draft: String(chat["draft"]),
    ...(typeof tipId === "string" ? { tipId } : {}),
    choice: String(chat["choice"]),
    messages: rows.map(readMessage),
  };
}

function toTitleSource(value: unknown): TitleSource {
  return value === "auto" || value === "person" ? value : "none";
}

function readMessage(row: Record<string, unknown>): StoredMessage {
  const parentId = row["parent_id"];
  return {
    id: String(row["id"]),
    ...(typeof parentId === "string" ? { parentId } : {}),
    role: row["role"] === "user" ? "user" : "assistant",
    text: String(row["text"]),
    reasoning: String(row["reasoning"]),
    state: String(row["state"]),
    details: String(row["details"]),
  };
}
