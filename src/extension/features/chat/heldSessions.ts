import type { ChatSession } from "./chatSession.ts";

/**
 * The chats that a window holds. One that was let go is the same one again as long as somebody still works with it: two of
 * the same chat would not know of each other's messages.
 */
export class HeldSessions {
  readonly #held = new Map<string, ChatSession>();
  readonly #letGo = new Map<string, WeakRef<ChatSession>>();

  get(chatId: string): ChatSession | undefined {
    return this.#held.get(chatId) ?? this.#letGo.get(chatId)?.deref();
  }

  hold(session: ChatSession): void {
    this.#letGo.delete(session.chatId);
    this.#held.set(session.chatId, session);
  }

  /** Those that this says are only held by whoever works with them. */
  letGo(isWanted: (session: ChatSession) => boolean): void {
    for (const [chatId, session] of this.#held) {
      if (isWanted(session)) continue;
      this.#held.delete(chatId);
      this.#letGo.set(chatId, new WeakRef(session));
    }
  }

  forget(chatId: string): void {
    this.#held.delete(chatId);
    this.#letGo.delete(chatId);
  }

  all(): readonly ChatSession[] {
    const letGo = [...this.#letGo.values()].flatMap((each) => each.deref() ?? []);
    return [...this.#held.values(), ...letGo];
  }
}
