import type { ChatStore } from "../../../store/chatStore.ts";
import { fromStoredMessage, treeOfStored } from "./chatRecords.ts";
import type { ChatSession } from "./chatSession.ts";
import type { ChatWrites } from "./chatWrites.ts";

/** An answer that another window writes is looked at so often while it is seen here: the other one keeps it once a second. */
const LOOK_PERIOD_MS = 1_000;

interface OtherWindowsPorts {
  readonly store: ChatStore;
  readonly writes: ChatWrites;
  /** Somebody looks at this chat. */
  readonly isSeen: (session: ChatSession) => boolean;
  readonly report: (error: unknown) => void;
}

/** What other windows do to the chats of this one. Nothing is looked at by the clock but answers that are being written. */
export class OtherWindows {
  readonly #ports: OtherWindowsPorts;
  /** What `otherWrites` said before a chat was last read. */
  readonly #readAt = new WeakMap<ChatSession, number>();
  /** Chats that are looked at again soon. */
  readonly #watched = new Map<ChatSession, NodeJS.Timeout>();

  /** A look may be under way then. */
  #isDisposed = false;

  constructor(ports: OtherWindowsPorts) {
    this.#ports = ports;
  }

  /** Shows what others have written to this chat since it was read. `follow`: also where its branch goes on now. Never rejects. */
  async look(session: ChatSession, follow: boolean): Promise<void> {
    await this.#watchAfter(session, () => this.#read(session, follow));
  }

  async #watchAfter(session: ChatSession, read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      // What cannot be read now is read again with the next look, and not by the clock.
      return this.#ports.report(error);
    }
    this.#watch(session);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const timer of this.#watched.values()) clearTimeout(timer);
    this.#watched.clear();
  }

  async #read(session: ChatSession, follow: boolean): Promise<void> {
    const { store, writes } = this.#ports;
    await writes.settled();
    const otherWrites = await store.otherWrites();
    // An answer may end with its window, which then writes nothing.
    if (this.#readAt.get(session) === otherWrites && session.tree.elsewhereIds.length === 0) return;
    const stored = await store.readChat(session.chatId);
    if (stored === undefined) return;
    this.#readAt.set(session, otherWrites);
    session.takeNews({ ...stored, messages: treeOfStored(stored.messages, Date.now()) }, follow);
  }

  /** Nearly always an answer has only become longer; the whole of a long chat takes a tenth of a second. */
  async #readGrowth(session: ChatSession): Promise<void> {
    const { chatId, tree } = session;
    const stored = await this.#ports.store.readMessages(chatId, tree.elsewhereIds);
    const nowMs = Date.now();
    if (!tree.takeGrowth(stored.map((each) => fromStoredMessage(each, nowMs)))) await this.#read(session, true);
  }

  /** It ends by itself: with the answer, with the lease of a window that died, and when nobody looks any more. */
  #watch(session: ChatSession): void {
    clearTimeout(this.#watched.get(session));
    this.#watched.delete(session);
    const isWaited = this.#ports.isSeen(session) || session.queued !== undefined;
    if (session.tree.elsewhereIds.length === 0 || !isWaited || this.#isDisposed) return;
    this.#watched.set(
      session,
      setTimeout(() => void this.#watchAfter(session, () => this.#readGrowth(session)), LOOK_PERIOD_MS),
    );
  }
}
