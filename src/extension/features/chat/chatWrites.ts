import { type WaybillError, toWaybillError } from "../../../core/errors/waybillError.ts";
import type { ChatStore } from "../../../store/chatStore.ts";
import { isOfFile } from "../../../store/sqliteFailure.ts";
import type { Log } from "../../platform/log.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";

interface WritesPorts {
  readonly store: ChatStore;
  readonly log: Log;
  /** The file cannot be written to now; `undefined` once all that was left is in it. */
  readonly noteFailure: (error: WaybillError | undefined) => void;
}

interface Write {
  readonly chatId: string;
  readonly action: (store: ChatStore) => Promise<void>;
}

/**
 * Writes to the store in order. While the file cannot be written to (busy, full, read-only), everything waits and is tried again
 * with the next write. What fails otherwise is logged and does not stop the next.
 */
export class ChatWrites {
  readonly #ports: WritesPorts;
  /** Chats of which something is to be kept. */
  readonly #known = new Set<string>();
  /** Those that have their row in the store. */
  readonly #created = new Set<string>();
  /** In their order; the first one may be under way. */
  #left: Write[] = [];
  #isWriting = false;
  #hasFailed = false;
  #last: Promise<void> = Promise.resolve();

  constructor(ports: WritesPorts) {
    this.#ports = ports;
  }

  has(chatId: string): boolean {
    return this.#known.has(chatId);
  }

  noteStored(chatId: string): void {
    this.#known.add(chatId);
    this.#created.add(chatId);
  }

  /** A chat gets its row with the first thing worth keeping. */
  write(chatId: string, action: Write["action"]): void {
    this.#known.add(chatId);
    this.#left.push({ chatId, action });
    void this.again();
  }

  /** Everything that was to be written so far is there to be read, or cannot be written now. */
  async settled(): Promise<void> {
    await this.#last;
  }

  /** Writes what is left. Never rejects. */
  again(): Promise<void> {
    if (!this.#isWriting) {
      this.#isWriting = true;
      this.#last = this.#last.then(() => this.#writeLeft());
    }
    return this.#last;
  }

  async #writeLeft(): Promise<void> {
    for (let next = this.#left[0]; next !== undefined; next = this.#left[0]) {
      const failure = await this.#perform(next);
      if (failure !== undefined) {
        this.#isWriting = false;
        return this.#noteFailure(failure);
      }
      this.#left.shift();
    }
    this.#isWriting = false;
    this.#noteFailure(undefined);
  }

  /** What is wrong with the file; `undefined` where this is over, well or not. */
  async #perform(write: Write): Promise<WaybillError | undefined> {
    try {
      await this.#create(write.chatId);
      await write.action(this.#ports.store);
      return undefined;
    } catch (error) {
      if (isOfFile(error)) return toWaybillError(error);
    }
    // Another window may have taken the chat off the disk.
    this.#created.delete(write.chatId);
    try {
      await this.#create(write.chatId);
      await write.action(this.#ports.store);
    } catch (error) {
      if (isOfFile(error)) return toWaybillError(error);
      this.#ports.log.error("chat-not-stored", error);
    }
    return undefined;
  }

  async #create(chatId: string): Promise<void> {
    if (this.#created.has(chatId)) return;
    await this.#ports.store.createChat(chatId, workspaceKey(), Date.now());
    this.#created.add(chatId);
  }

  #noteFailure(error: WaybillError | undefined): void {
    const hasFailed = error !== undefined;
    if (hasFailed === this.#hasFailed) return;
    this.#hasFailed = hasFailed;
    if (hasFailed) this.#ports.log.error("chat-not-stored", error);
    this.#ports.noteFailure(error);
  }
}
