import type { DatabaseSync } from "node:sqlite";
import { hostname } from "node:os";

/** Names a window among all that share the file: its machine, its process, and the window itself. */
export function writerOfProcess(processId: number = process.pid): string {
  return `${crypto.randomUUID()} ${processId} ${hostname()}`;
}

/** Inside a transaction: this window writes the answer until then, or no longer writes it. */
export function putLease(
  database: DatabaseSync,
  { chatId, messageId, writer }: { chatId: string; messageId: string; writer: string },
  untilMs: number | undefined,
): void {
  if (untilMs === undefined) {
    database.prepare("DELETE FROM answer_lease WHERE chat_id = ? AND message_id = ?").run(chatId, messageId);
    return;
  }
  database
    .prepare(
      `INSERT INTO answer_lease (chat_id, message_id, writer, until_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (chat_id, message_id) DO UPDATE SET writer = excluded.writer, until_ms = excluded.until_ms`,
    )
    .run(chatId, messageId, writer, untilMs);
}

/** All answers that a window writes go on at least until then. */
export function renewLeases(database: DatabaseSync, writer: string, untilMs: number): void {
  database.prepare("UPDATE answer_lease SET until_ms = ? WHERE writer = ?").run(untilMs, writer);
}

/**
 * Whether a window may still be there. One of this machine whose process has ended is not; a process that has got its number since
 * then is believed until the lease is over.
 */
export function mayLive(writer: string): boolean {
  const [, processId = "", ...host] = writer.split(" ");
  // Containers may share the file, and each counts its processes by itself.
  if (host.join(" ") !== hostname()) return true;
  try {
    return process.kill(Number(processId), 0);
  } catch (error) {
    // A process of somebody else cannot be signalled, but it is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
