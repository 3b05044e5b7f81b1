import type { DatabaseSync } from "node:sqlite";
import { indexMessages } from "./chatIndex.ts";
import type { StoredChat } from "./chatStore.ts";
import { inTransaction, putMessage } from "./chatWriting.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";

/** The text is overwritten on the disk and taken out of the search, too. */
export async function purgeDeleted(database: DatabaseSync, beforeMs: number): Promise<void> {
  const removed = await retryWhileLocked(() => removeDeleted(database, beforeMs));
  if (removed > 0) await indexMessages(database);
}

/** Answers how many chats it were. */
function removeDeleted(database: DatabaseSync, beforeMs: number): number {
  const old = "SELECT id FROM chat WHERE deleted_at_ms < ?";
  if (database.prepare(`${old} LIMIT 1`).get(beforeMs) === undefined) return 0;
  let removed = 0;
  database.exec("PRAGMA secure_delete = ON");
  inTransaction(database, () => {
    database.prepare(`DELETE FROM message WHERE chat_id IN (${old})`).run(beforeMs);
    database.prepare("DELETE FROM answer_lease WHERE until_ms < ?").run(beforeMs);
    removed = Number(database.prepare("DELETE FROM chat WHERE deleted_at_ms < ?").run(beforeMs).changes);
  });
  return removed;
}

export function removeMessages(database: DatabaseSync, chatId: string, messageIds: readonly string[]): Promise<void> {
  return retryWhileLocked(() =>
    inTransaction(database, () => {
      for (const table of ["message WHERE chat_id = ? AND id", "answer_lease WHERE chat_id = ? AND message_id"]) {
        const remove = database.prepare(`DELETE FROM ${table} = ?`);
        for (const id of messageIds) remove.run(chatId, id);
      }
    }),
  );
}

/** Rejects with `ledger-unusable` where there is a chat of this id already. */
export function importChat(database: DatabaseSync, chat: StoredChat, nowMs: number): Promise<void> {
  const { id, workspace, title, titleSource, draft, tipId = null, choice, messages } = chat;
  return retryWhileLocked(() =>
    inTransaction(database, () => {
      database
        .prepare(
          `INSERT INTO chat (id, workspace, draft, created_at_ms, updated_at_ms, title, title_source, tip_id, choice)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(id, workspace, draft, nowMs, nowMs, title, titleSource, tipId, choice);
      for (const message of messages) putMessage(database, id, message);
    }),
  );
}
