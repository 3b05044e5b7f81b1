/** Writes a message into the box of a repository as it arrives, and never over what the person types meanwhile. */
export class MessageBox {
  readonly #box: { value: string };
  /** What stood there before. */
  readonly before: string;
  /** All that stood there by us: the editor tells of each a moment later, so the box may be behind. */
  readonly #ours: Set<string>;
  #last: string;
  /** What stands there is for another commit. */
  #isLeft = false;

  constructor(box: { value: string }) {
    this.#box = box;
    this.before = box.value;
    this.#ours = new Set([box.value]);
    this.#last = box.value;
  }

  /** Whether what stands there is what was put there, not something that the person typed since. */
  get isOurs(): boolean {
    return !this.#isLeft && this.#ours.has(this.#box.value);
  }

  get isLeft(): boolean {
    return this.#isLeft;
  }

  /** From now on nothing is written unless the person says so. */
  leave(): void {
    this.#isLeft = true;
  }

  /** Does nothing where the person has typed meanwhile. */
  write(text: string): void {
    if (text === "" || text === this.#last || !this.isOurs) return;
    this.#put(text);
  }

  /** Puts the text there whatever stands there, and gives what that was. */
  replace(text: string): string {
    const replaced = this.isOurs ? this.#last : this.#box.value;
    this.#put(text);
    return replaced;
  }

  /** What stood there before, unless the person has typed meanwhile. */
  restore(): void {
    if (this.isOurs) this.#put(this.before);
  }

  #put(text: string): void {
    this.#ours.add(text);
    this.#last = text;
    this.#box.value = text;
  }
}
