/** The end of what a command writes, of bounded length. */
export class OutputTail {
  readonly #most: number;
  #text = "";
  #isCut = false;

  /** `most` is in characters. */
  constructor(most: number) {
    this.#most = most;
  }

  push(chunk: string): void {
    this.#text += chunk;
    // Cut now and then only, so that each sign is copied twice at most.
    if (this.#text.length > this.#most * 2) this.#cut();
  }

  /** Begins with a whole line where something is missing before. */
  text(): string {
    if (this.#text.length > this.#most) this.#cut();
    return this.#isCut ? this.#text.slice(this.#text.indexOf("\n") + 1) : this.#text;
  }

  #cut(): void {
    this.#text = this.#text.slice(-this.#most);
    this.#isCut = true;
  }
}
