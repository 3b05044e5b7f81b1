import type { CatalogModel } from "../catalog/catalogModel.ts";
import { isMeasuredFamily } from "./promptTokens.ts";
import { readTraits } from "./textTraits.ts";
import type { TokenCalibrations } from "./tokenCalibration.ts";
import { tokenizerFamily } from "./tokenizerFamily.ts";
import { EXPECTED_RATES } from "./tokenRates.ts";

/** Text is counted in pieces of at least this many characters, so that an answer is read once, however it arrives. */
const PIECE_CHARACTERS = 1_024;
/** Of a piece; text that says anything has many more. */
const FEWEST_CHARACTERS = 6;
/** Tokenizers have pieces of up to 128 for runs of the same, and none nearly so long for anything else. */
const MOST_CHARACTERS_PER_TOKEN = 256;
/** The fewest tokens beside those expected, and some room: 0.73 was seen of tokenizers the rates fit, in Vietnamese. */
const LEAST_SHARES = { measured: 0.6, unmeasured: 0.4 } as const;

/** Counts the tokens of an answer while it arrives. Mutable: one an answer. */
export class AnswerTokens {
  /** Expected of the pieces that are counted. */
  #counted = 0;
  /** The same without what may be far fewer tokens than expected, and the characters of that. */
  #telling = 0;
  #monotonousCharacters = 0;
  /** What came after the last piece. */
  #rest = "";

  add(text: string): void {
    this.#rest += text;
    if (this.#rest.length < PIECE_CHARACTERS) return;
    const tokens = tokensIn(this.#rest);
    this.#counted += tokens;
    if (isMonotonous(this.#rest)) this.#monotonousCharacters += this.#rest.length;
    else this.#telling += tokens;
    this.#rest = "";
  }

  /** Right in the median. */
  get expected(): number {
    return Math.ceil(this.#counted + tokensIn(this.#rest));
  }

  /** No tokenizer of this model's family makes fewer. Lags behind by up to a piece. */
  atLeast(model: Pick<CatalogModel, "tokenizer" | "id">, learned: TokenCalibrations): number {
    const family = tokenizerFamily(model);
    const share = isMeasuredFamily(family) ? LEAST_SHARES.measured : LEAST_SHARES.unmeasured;
    const ratio = Math.min(1, learned.get(family)?.ratio ?? 1);
    return Math.floor(this.#telling * share * ratio + this.#monotonousCharacters / MOST_CHARACTERS_PER_TOKEN);
  }
}

function tokensIn(text: string): number {
  const { counts } = readTraits(text);
  return EXPECTED_RATES.reduce((sum, rate, trait) => sum + rate * (counts[trait] ?? 0), 0);
}

/** A run of one character or a few. */
function isMonotonous(text: string): boolean {
  const characters = new Set<string>();
  for (const character of text) {
    characters.add(character);
    if (characters.size >= FEWEST_CHARACTERS) return false;
  }
  return true;
}
