/** So many signs of a key in a row are never told; fewer tell nothing of it. */
const TELLING_LENGTH = 8;

const MASK = "•••";

/**
 * Takes given keys out of a text that may come in pieces, whole or broken off: whatever it gives has no eight signs in a row of
 * any of them, wherever the text was cut. Holds back seven signs at most.
 */
export class KeyRedactor {
  /** Every piece of a key that tells of it. */
  readonly #pieces: Set<string>;
  /** What may belong to a piece that is not whole yet. */
  #held = "";
  /** How many signs at its beginning belong to a piece for certain. */
  #masked = 0;

  /** A key shorter than eight signs is a word. */
  constructor(keys: readonly string[]) {
    this.#pieces = new Set(keys.flatMap(piecesOf));
  }

  push(text: string): string {
    return this.#release(this.#held + text, TELLING_LENGTH - 1);
  }

  /** What was held back, once nothing more comes. */
  end(): string {
    return this.#release(this.#held, 0);
  }

  #release(text: string, held: number): string {
    const end = Math.max(0, text.length - held);
    let told = "";
    let maskedUntil = this.#masked;
    for (let place = 0; place < end; place += 1) {
      if (this.#pieces.has(text.slice(place, place + TELLING_LENGTH))) {
        if (place >= maskedUntil) told += MASK;
        maskedUntil = place + TELLING_LENGTH;
      } else if (place >= maskedUntil) told += text[place];
    }
    this.#held = text.slice(end);
    this.#masked = Math.max(0, maskedUntil - end);
    return told;
  }
}

function piecesOf(key: string): readonly string[] {
  const count = Math.max(0, key.length - TELLING_LENGTH + 1);
  return Array.from({ length: count }, (_each, start) => key.slice(start, start + TELLING_LENGTH));
}
