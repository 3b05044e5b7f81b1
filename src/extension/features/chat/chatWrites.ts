import type { ChatStore } from "../../../store/chatStore.ts";
import type { Log } from "../../platform/log.ts";
import { workspaceKey } from "../../platform/workspaceKey.ts";

/** Writes to the store in order. One that fails is logged and does not stop the next. */
export class ChatWrites {
  readonly #store: ChatStore;
  readonly #log: Log;
  /** Chats that have their row in the store. */
  readonly #known = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: ChatStore, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  has(chatId: string): boolean {
    return this.#known.has(chatId);
  }

  noteStored(chatId: string): void {
    this.#known.add(chatId);
  }

  /** A chat gets its row with the first thing worth keeping. */
  write(chatId: string, action: (store: ChatStore) => Promise<void>): void {
    const store = this.#store;
    const mustCreate = !this.#known.has(chatId);
    this.#known.add(chatId);
    this.#last = this.#last
      .then(() => (mustCreate ? store.createChat(chatId, workspaceKey(), Date.now()) : undefined))
      .then(() => action(store))
      .catch((error: unknown) => this.#log.error("chat-not-stored", error));
  }

  /** Everything that was to be written so far is there to be read. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
