import type { DatabaseSync } from "node:sqlite";
import { putLease } from "./answerLease.ts";
import type { StoredMessage } from "./chatStore.ts";

/** All of it or nothing; a lock of another window is the caller's to wait for. */
export function inTransaction(database: DatabaseSync, write: () => void): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    write();
    database.exec("COMMIT");
  } catch (error) {
    // After some failures (the disk is full) SQLite has rolled back by itself.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

export function writeMessage(
  database: DatabaseSync,
  { chatId, message, nowMs, writer }: { chatId: string; message: StoredMessage; nowMs: number; writer: string },
): void {
  inTransaction(database, () => {
    putMessage(database, chatId, message);
    putLease(database, { chatId, messageId: message.id, writer }, message.writtenUntilMs);
    // Who asks on in a chat that they deleted wants it back; an answer that was under way does not bring it.
    const isBack = message.role === "user" ? ", deleted_at_ms = NULL" : "";
    database.prepare(`UPDATE chat SET updated_at_ms = ?${isBack} WHERE id = ?`).run(nowMs, chatId);
  });
}

/** Inside a transaction. */
export function putMessage(database: DatabaseSync, chatId: string, message: StoredMessage): void {
  const { id, parentId = null, role, text, reasoning, state, details } = message;
  database
    .prepare(
      `INSERT INTO message (chat_id, id, parent_id, role, text, reasoning, state, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (chat_id, id) DO UPDATE SET parent_id = excluded.parent_id, text = excluded.text,
         reasoning = excluded.reasoning, state = excluded.state, details = excluded.details`,
    )
    .run(chatId, id, parentId, role, text, reasoning, state, details);
}
