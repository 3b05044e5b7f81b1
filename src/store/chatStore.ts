import type { DatabaseSync } from "node:sqlite";
import { openDatabase } from "./openDatabase.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";

/** One message as stored. `details` is JSON of the writer's own making: attachments, waybill, problem. */
export interface StoredMessage {
  readonly id: string;
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly reasoning: string;
  readonly state: string;
  readonly details: string;
}

interface StoredChat {
  readonly id: string;
  readonly draft: string;
  readonly messages: readonly StoredMessage[];
}

/** The conversations of this machine. Every method rejects with `WaybillError`. */
export interface ChatStore {
  /** The chat that was last used in a workspace. */
  latestChat(workspace: string): Promise<StoredChat | undefined>;
  createChat(chatId: string, workspace: string, nowMs: number): Promise<void>;
  /** Adds the message or replaces what is stored of it. */
  saveMessage(chatId: string, message: StoredMessage, nowMs: number): Promise<void>;
  saveDraft(chatId: string, draft: string): Promise<void>;
  close(): void;
}

const CHAT_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE chat (
    id TEXT PRIMARY KEY,
    workspace TEXT NOT NULL,
    draft TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE INDEX chat_by_workspace ON chat (workspace, updated_at_ms);

  CREATE TABLE message (
    chat_id TEXT NOT NULL REFERENCES chat (id),
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    text TEXT NOT NULL,
    reasoning TEXT NOT NULL,
    state TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (chat_id, id)
  ) STRICT;
  `,
];

export async function openChatStore(path: string): Promise<ChatStore> {
  const database = await openDatabase({
    path,
    version: CHAT_MIGRATIONS.length,
    loadMigrations: async () => CHAT_MIGRATIONS,
  });
  return {
    latestChat: (workspace) => retryWhileLocked(() => readLatestChat(database, workspace)),
    createChat: async (chatId, workspace, nowMs) => {
      await retryWhileLocked(() =>
        database
          .prepare("INSERT INTO chat (id, workspace, draft, created_at_ms, updated_at_ms) VALUES (?, ?, '', ?, ?)")
          .run(chatId, workspace, nowMs, nowMs),
      );
    },
    saveMessage: (chatId, message, nowMs) => retryWhileLocked(() => writeMessage(database, { chatId, message, nowMs })),
    saveDraft: async (chatId, draft) => {
      await retryWhileLocked(() => database.prepare("UPDATE chat SET draft = ? WHERE id = ?").run(draft, chatId));
    },
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

function readLatestChat(database: DatabaseSync, workspace: string): StoredChat | undefined {
  const chat = database
    .prepare("SELECT id, draft FROM chat WHERE workspace = ? ORDER BY updated_at_ms DESC, rowid DESC LIMIT 1")
    .get(workspace);
  if (chat === undefined) return undefined;
  const id = String(chat["id"]);
  const rows = database.prepare("SELECT * FROM message WHERE chat_id = ? ORDER BY position").all(id);
  return { id, draft: String(chat["draft"]), messages: rows.map(readMessage) };
}

function readMessage(row: Record<string, unknown>): StoredMessage {
  return {
    id: String(row["id"]),
    role: row["role"] === "user" ? "user" : "assistant",
    text: String(row["text"]),
    reasoning: String(row["reasoning"]),
    state: String(row["state"]),
    details: String(row["details"]),
  };
}

function writeMessage(
  database: DatabaseSync,
  { chatId, message, nowMs }: { chatId: string; message: StoredMessage; nowMs: number },
): void {
  const { id, role, text, reasoning, state, details } = message;
  database.exec("BEGIN IMMEDIATE");
  try {
    database
      .prepare(
        `INSERT INTO message (chat_id, id, position, role, text, reasoning, state, details)
         VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM message WHERE chat_id = ?1), ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (chat_id, id) DO UPDATE SET text = excluded.text, reasoning = excluded.reasoning,
           state = excluded.state, details = excluded.details`,
      )
      .run(chatId, id, role, text, reasoning, state, details);
    database.prepare("UPDATE chat SET updated_at_ms = ? WHERE id = ?").run(nowMs, chatId);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
