import type { DatabaseSync } from "node:sqlite";
import { mayLive } from "./answerLease.ts";
import type { StoredChat, StoredMessage, TitleSource } from "./chatStore.ts";

/** In one statement, so that an answer is read with the lease that it had at that moment. */
const MESSAGES = `SELECT message.*, writer, until_ms FROM message
  LEFT JOIN answer_lease ON answer_lease.chat_id = message.chat_id AND message_id = message.id
  WHERE message.chat_id = ?`;

const LATEST = "workspace = ? ORDER BY updated_at_ms DESC, rowid DESC LIMIT 1";

/** A file, and the window that reads it. */
interface Reader {
  readonly database: DatabaseSync;
  readonly writer: string;
}

export function readLatestChat(reader: Reader, workspace: string): StoredChat | undefined {
  return readChatWhere(reader, LATEST, workspace);
}

export function readChat(reader: Reader, chatId: string): StoredChat | undefined {
  return readChatWhere(reader, "id = ?", chatId);
}

/** Those of them that are there. */
export function readMessages({ database, writer }: Reader, chatId: string, ids: readonly string[]): StoredMessage[] {
  const read = database.prepare(`${MESSAGES} AND message.id = ?`);
  return ids.flatMap((id) => read.all(chatId, id)).map((row) => readMessage(row, writer));
}

function readChatWhere({ database, writer }: Reader, condition: string, value: string): StoredChat | undefined {
  const chat = database.prepare(`SELECT * FROM chat WHERE deleted_at_ms IS NULL AND ${condition}`).get(value);
  if (chat === undefined) return undefined;
  const id = String(chat["id"]);
  const tipId = chat["tip_id"];
  const rows = database.prepare(`${MESSAGES} ORDER BY sequence`).all(id);
  return {
    id,
    workspace: String(chat["workspace"]),
    title: String(chat["title"]),
    titleSource: toTitleSource(chat["title_source"]),
    draft: String(chat["draft"]),
    ...(typeof tipId === "string" ? { tipId } : {}),
    choice: String(chat["choice"]),
    messages: rows.map((row) => readMessage(row, writer)),
  };
}

function toTitleSource(value: unknown): TitleSource {
  return value === "auto" || value === "person" ? value : "none";
}

function readMessage(row: Record<string, unknown>, reader: string): StoredMessage {
  const { parent_id: parentId, writer, until_ms: untilMs } = row;
  const isOfAnother = typeof writer === "string" && writer !== reader && mayLive(writer);
  return {
    id: String(row["id"]),
    ...(typeof parentId === "string" ? { parentId } : {}),
    role: row["role"] === "user" ? "user" : "assistant",
    text: String(row["text"]),
    reasoning: String(row["reasoning"]),
    state: String(row["state"]),
    details: String(row["details"]),
    ...(isOfAnother ? { writtenUntilMs: Number(untilMs) } : {}),
  };
}
