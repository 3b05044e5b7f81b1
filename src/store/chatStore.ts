import { renewLeases, writerOfProcess } from "./answerLease.ts";
import type { ChatQuery, ChatSummary } from "./chatListing.ts";
import { openDatabase } from "./openDatabase.ts";
import { readChat, readLatestChat, readMessages } from "./chatReading.ts";
import { writeMessage } from "./chatWriting.ts";
import { retryWhileLocked } from "./retryWhileLocked.ts";

/** One message as stored. `details` is JSON of the writer's own making: attachments, waybill, problem. */
export interface StoredMessage {
  readonly id: string;
  /** The message that it follows; absent for the first. Messages with the same parent are versions of each other. */
  readonly parentId?: string;
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly reasoning: string;
  readonly state: string;
  readonly details: string;
  /**
   * Saved: this window is writing the answer and says so again before this moment. Read: the same of another window, which is not
   * known to have ended.
   */
  readonly writtenUntilMs?: number;
}

/** Who gave a chat its title. */
export type TitleSource = "none" | "auto" | "person";

export interface StoredChat {
  readonly id: string;
  readonly workspace: string;
  /** Empty where nobody gave it one. */
  readonly title: string;
  readonly titleSource: TitleSource;
  readonly draft: string;
  /** The last message of the branch that was looked at; absent in a chat without messages. */
  readonly tipId?: string;
  /** JSON of the writer's own making: the model or profile of this chat. Empty where none was chosen. */
  readonly choice: string;
  /** The whole tree, in the order in which its messages were first saved. */
  readonly messages: readonly StoredMessage[];
}

/** The conversations of this machine. Times are milliseconds since the epoch. Every method rejects with `WaybillError`. */
export interface ChatStore {
  /** The chat that was last used in a workspace. */
  latestChat(workspace: string): Promise<StoredChat | undefined>;
  /** `undefined` for a chat that is not there or deleted. */
  readChat(chatId: string): Promise<StoredChat | undefined>;
  /** Those of these messages that are there. */
  readMessages(chatId: string, messageIds: readonly string[]): Promise<readonly StoredMessage[]>;
  /** Nothing where it is there already. */
  createChat(chatId: string, workspace: string, nowMs: number): Promise<void>;
  /** Adds the message or replaces what is stored of it. */
  saveMessage(chatId: string, message: StoredMessage, nowMs: number): Promise<void>;
  /** What this window writes it writes at least until then. */
  holdAnswers(untilMs: number): Promise<void>;
  /** A number that is another one when another window has written anything at all. */
  otherWrites(): Promise<number>;
  /** Takes exactly these out; the caller names the messages below them, too. */
  removeMessages(chatId: string, messageIds: readonly string[]): Promise<void>;
  saveDraft(chatId: string, draft: string): Promise<void>;
  saveTip(chatId: string, tipId: string | undefined): Promise<void>;
  /** An automatic title never takes the place of a person's. */
  saveTitle(chatId: string, title: string, source: TitleSource): Promise<void>;
  saveChoice(chatId: string, choice: string): Promise<void>;
  /** The newest first. */
  listChats(query: ChatQuery): Promise<readonly ChatSummary[]>;
  /** Puts a chat aside, so that it is in no list. */
  deleteChat(chatId: string, nowMs: number): Promise<void>;
  restoreChat(chatId: string): Promise<void>;
  /** Takes what was deleted before then off the disk. */
  purgeDeleted(beforeMs: number): Promise<void>;
  /** Adds a whole chat, or nothing of it. */
  importChat(chat: StoredChat, nowMs: number): Promise<void>;
  close(): void;
}

/** As many as there are scripts in `chatSchema.ts`. */
const SCHEMA_VERSION = 3;

/** What only lists, deletions and a first start need. */
const loadLibrary = () => import("./chatLibrary.ts");

/** `writer` names this window to the others, see `answerLease.ts`. */
export async function openChatStore(path: string, writer: string = writerOfProcess()): Promise<ChatStore> {
  const database = await openDatabase({
    path,
    version: SCHEMA_VERSION,
    loadMigrations: async () => (await loadLibrary()).CHAT_MIGRATIONS,
  });
  const set = async (assignment: string, ...values: (string | number | null)[]) => {
    await retryWhileLocked(() => database.prepare(`UPDATE chat SET ${assignment}`).run(...values));
  };
  const reader = { database, writer };
  return {
    latestChat: (workspace) => retryWhileLocked(() => readLatestChat(reader, workspace)),
    readChat: (chatId) => retryWhileLocked(() => readChat(reader, chatId)),
    readMessages: (chatId, ids) => retryWhileLocked(() => readMessages(reader, chatId, ids)),
    createChat: async (chatId, workspace, nowMs) => {
      await retryWhileLocked(() =>
        database
          .prepare(
            `INSERT INTO chat (id, workspace, draft, created_at_ms, updated_at_ms) VALUES (?, ?, '', ?, ?)
             ON CONFLICT (id) DO NOTHING`,
          )
          .run(chatId, workspace, nowMs, nowMs),
      );
    },
    saveMessage: (chatId, message, nowMs) =>
      retryWhileLocked(() => writeMessage(database, { chatId, message, nowMs, writer })),
    holdAnswers: (untilMs) => retryWhileLocked(() => renewLeases(database, writer, untilMs)),
    otherWrites: () => retryWhileLocked(() => Number(database.prepare("PRAGMA data_version").get()?.["data_version"])),
    removeMessages: async (chatId, messageIds) => (await loadLibrary()).removeMessages(database, chatId, messageIds),
    saveDraft: (chatId, draft) => set("draft = ? WHERE id = ?", draft, chatId),
    saveTip: (chatId, tipId) => set("tip_id = ? WHERE id = ?", tipId ?? null, chatId),
    saveTitle: (chatId, title, source) =>
      set(
        "title = ?1, title_source = ?2 WHERE id = ?3 AND (?2 = 'person' OR title_source <> 'person')",
        title,
        source,
        chatId,
      ),
    saveChoice: (chatId, choice) => set("choice = ? WHERE id = ?", choice, chatId),
    listChats: async (query) => (await loadLibrary()).listChats(database, query),
    deleteChat: (chatId, nowMs) => set("deleted_at_ms = ? WHERE id = ?", nowMs, chatId),
    restoreChat: (chatId) => set("deleted_at_ms = NULL WHERE id = ?", chatId),
    purgeDeleted: async (beforeMs) => (await loadLibrary()).purgeDeleted(database, beforeMs),
    importChat: async (chat, nowMs) => (await loadLibrary()).importChat(database, chat, nowMs),
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}
