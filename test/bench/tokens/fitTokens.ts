// `node test/bench/tokens/fitTokens.ts`: prints the tables of `splitOdds.ts` and `tokenRates.ts` in `src/core/budget`, fitted to the
// training half of the corpus. Run it twice when the odds have changed: the rates are fitted to those in force.
import { readTraits } from "../../../src/core/budget/textTraits.ts";
import { ODD_TEXTS } from "../../core/budget/oddTexts.ts";
import { corpusPrompts } from "../../core/budget/promptCorpus.ts";
import { type Encoding, TOKENIZERS } from "../../core/budget/realTokenizers.ts";
import { say } from "../../setup/say.ts";
import { type FitWish, fitRates } from "./fitRates.ts";
import { splitOddsOf } from "./splitOdds.ts";

const PROMPTS = 8_000;
/** Text that the corpus has not. */
const MARGIN = 1.15;
const MEDIAN: FitWish = { belowWeight: 1, slack: 1, rounds: 1_500 };
const BOUND: FitWish = { belowWeight: 500, slack: 1.02, rounds: 2_500 };

const prompts = corpusPrompts("training", PROMPTS);
const ordinary = prompts.filter(({ kind }) => kind !== "mixed" && !(kind in ODD_TEXTS));
say(`Split odds\n${splitOddsOf(ordinary.map(({ text }) => text))}`);
const read = prompts.map(({ text }) => ({ text, counts: readTraits(text).counts }));
say(`Expected: ${fitted(["o200k_base"], MEDIAN, 1)}`);
say(`Bound: ${fitted(["o200k_base", "cl100k_base"], BOUND, MARGIN)}`);
say(`Small vocabulary: ${fitted(["p50k_base", "r50k_base"], BOUND, MARGIN)}`);

/** Fitted to the encoding that makes most tokens of a prompt. */
function fitted(encodings: readonly Encoding[], wish: FitWish, margin: number): string {
  const samples = read.map(({ text, counts }) => ({
    counts,
    tokens: Math.max(...encodings.map((encoding) => TOKENIZERS[encoding](text))),
  }));
  return [...fitRates(samples, wish)].map((rate) => Number((rate * margin).toFixed(2))).join(", ");
}
