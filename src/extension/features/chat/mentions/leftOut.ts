import type { Memento } from "vscode";

const STATE_KEY = "waybill.chat.leftOut";
/** Of chats that are long gone nobody needs to know. */
const MOST_KEPT = 500;

/** Instructions that the person has taken off, each with its chat: for this workspace, also in later windows. */
export class LeftOut {
  readonly #state: Memento;
  readonly #keys: Set<string>;

  constructor(state: Memento) {
    this.#state = state;
    const kept = state.get<unknown>(STATE_KEY);
    this.#keys = new Set(Array.isArray(kept) ? kept.filter((key) => typeof key === "string") : []);
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  add(key: string): void {
    this.#keys.add(key);
    // Where it cannot be kept, it holds in this window.
    this.#state.update(STATE_KEY, [...this.#keys].slice(-MOST_KEPT)).then(undefined, () => undefined);
  }
}
