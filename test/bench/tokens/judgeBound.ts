import { measurePrompt } from "../../../src/core/budget/promptTokens.ts";
import type { CorpusPrompt } from "../../core/budget/promptCorpus.ts";
import { type Encoding, TOKENIZERS } from "../../core/budget/realTokenizers.ts";
import { percentile } from "../percentile.ts";

export interface BoundVerdict {
  /** Prompts with more tokens than their bound. */
  readonly exceeded: readonly CorpusPrompt[];
  /** Bound beside truth. */
  readonly medianRatio: number;
  readonly p95Ratio: number;
  /** How far the expected count is off, in the median. */
  readonly medianError: number;
}

/** The template around a prompt is reserved for, but real tokens of the text alone are counted: it would hide an excess. */
const TEMPLATE_TOKENS = measurePrompt([""], new Map()).tokensOf({ tokenizer: "GPT", id: "" }).atMost;

/** Holds the counts for a family against a real tokenizer. */
export function judgeBound(prompts: readonly CorpusPrompt[], tokenizer: string, encoding: Encoding): BoundVerdict {
  const judged = prompts.map((prompt) => {
    const { atMost, expected } = measurePrompt([prompt.text], new Map()).tokensOf({ tokenizer, id: "a/model" });
    const tokens = TOKENIZERS[encoding](prompt.text);
    return { prompt, ratio: (atMost - TEMPLATE_TOKENS) / tokens, error: Math.abs(expected / tokens - 1) };
  });
  const ratios = judged.map(({ ratio }) => ratio);
  return {
    exceeded: judged.filter(({ ratio }) => ratio < 1).map(({ prompt }) => prompt),
    medianRatio: percentile(ratios, 0.5),
    p95Ratio: percentile(ratios, 0.95),
    medianError: percentile(
      judged.map(({ error }) => error),
      0.5,
    ),
  };
}
