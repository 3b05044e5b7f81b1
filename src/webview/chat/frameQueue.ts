/** Collects items and hands them over together, at most once per animation frame. */
export class FrameQueue<Item> {
  readonly #flush: (items: readonly Item[]) => void;
  readonly #requestFrame: (callback: () => void) => void;
  /** Items since the last frame; a frame is requested exactly while this is not empty. */
  #items: Item[] = [];

  constructor(flush: (items: readonly Item[]) => void, requestFrame: (callback: () => void) => void) {
    this.#flush = flush;
    this.#requestFrame = requestFrame;
  }

  add(item: Item): void {
    this.#items.push(item);
    if (this.#items.length === 1) this.#requestFrame(() => this.#takeAll());
  }

  #takeAll(): void {
    const items = this.#items;
    this.#items = [];
    this.#flush(items);
  }
}
