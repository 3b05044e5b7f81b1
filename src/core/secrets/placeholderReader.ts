/** No placeholder is longer. */
const LONGEST = 40;
/** What may be the beginning of one, at the end of a text. */
const BEGINNING = /\[(?:\[[\w-]*\]?)?$/;

/** Puts secrets in the place of their placeholders, however a text is cut into pieces. */
export class PlaceholderReader {
  readonly #secrets: ReadonlyMap<string, string>;
  /** What may be the beginning of a placeholder. */
  #held = "";

  constructor(secrets: ReadonlyMap<string, string>) {
    this.#secrets = secrets;
  }

  /** What can be told of the text so far. */
  push(piece: string): string {
    const text = this.#held + piece;
    const last = Math.max(0, text.length - LONGEST);
    const begins = BEGINNING.exec(text.slice(last));
    const end = begins === null ? text.length : last + begins.index;
    this.#held = text.slice(end);
    return this.whole(text.slice(0, end));
  }

  /** What was held back, once nothing more comes. */
  end(): string {
    const held = this.#held;
    this.#held = "";
    return held;
  }

  /** A text that is complete. */
  whole(text: string): string {
    return text.replaceAll(/\[\[[\w-]{1,36}\]\]/g, (placeholder) => this.#secrets.get(placeholder) ?? placeholder);
  }
}
