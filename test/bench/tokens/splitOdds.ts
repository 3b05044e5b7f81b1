import { decode as decodeCl100k, encode as encodeCl100k } from "gpt-tokenizer/encoding/cl100k_base";
import { decode as decodeO200k, encode as encodeO200k } from "gpt-tokenizer/encoding/o200k_base";
import { letters } from "../../core/budget/oddTexts.ts";
import { seededRandom } from "../../core/budget/seededRandom.ts";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz";
const WORD = / ?(?<![\p{L}\p{M}])[A-Z]?[a-z]{2,}(?![\p{L}\p{M}])/gu;
const RANDOM_WORDS = 6_000;
const RANDOM_WEIGHT = 0.25;

/** The rows of `SPLIT_ODDS`: how often two tokenizers cut between two letters of words in ordinary text. */
export function splitOddsOf(texts: readonly string[]): string {
  const odds = new PairOdds();
  const words = Map.groupBy(
    texts.flatMap((text) => text.match(WORD) ?? []),
    (word) => word,
  );
  for (const [word, uses] of words) odds.note(word, 1 + Math.log(uses.length));
  const random = seededRandom(7);
  for (let made = 0; made < RANDOM_WORDS; made += 1) {
    odds.note(letters(ALPHABET, random, 3 + Math.floor(random() * 6)), RANDOM_WEIGHT);
  }
  return odds.rows();
}

class PairOdds {
  readonly #cuts = new Map<string, number>();
  readonly #pairs = new Map<string, number>();

  note(word: string, weight: number): void {
    this.#noteTokens(
      word,
      encodeCl100k(word).map((token) => decodeCl100k([token]).length),
      weight,
    );
    this.#noteTokens(
      word,
      encodeO200k(word).map((token) => decodeO200k([token]).length),
      weight,
    );
  }

  rows(): string {
    const letterList = Array.from(ALPHABET);
    return letterList.map((left) => letterList.map((right) => this.#tenths(left + right)).join("")).join("\n");
  }

  #noteTokens(word: string, lengths: readonly number[], weight: number): void {
    let end = 0;
    const ends = new Set(lengths.map((length) => (end += length)));
    const small = word.toLowerCase();
    for (let place = 1; place < word.length; place += 1) {
      const pair = small.slice(place - 1, place + 1);
      this.#pairs.set(pair, (this.#pairs.get(pair) ?? 0) + weight);
      if (ends.has(place)) this.#cuts.set(pair, (this.#cuts.get(pair) ?? 0) + weight);
    }
  }

  #tenths(pair: string): number {
    return Math.min(9, Math.round((10 * (this.#cuts.get(pair) ?? 0)) / (this.#pairs.get(pair) ?? 1)));
  }
}
