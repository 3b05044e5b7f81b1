import { readTraits } from "../../src/core/budget/textTraits.ts";
import { corpusPrompts } from "../core/budget/promptCorpus.ts";
import type { Encoding } from "../core/budget/realTokenizers.ts";
import type { BenchReport } from "./benchReport.ts";
import type { Figure } from "./figure.ts";
import { percentile } from "./percentile.ts";
import { judgeBound } from "./tokens/judgeBound.ts";

const PROMPTS = 6_000;
const EXCEEDED_IN_THOUSAND = 1;
const MEDIAN_RATIO = 1.6;
const MEGABYTE = 1_000_000;
const READ_MS = 20;
const READS = 30;

/** The family each encoding is counted as; a small vocabulary stands for a tokenizer nobody knows. */
const FAMILIES: readonly (readonly [Encoding, string])[] = [
  ["o200k_base", "GPT"],
  ["cl100k_base", "GPT"],
  ["p50k_base", "unknown"],
  ["r50k_base", "unknown"],
];

/** How far the counts of prompts are from real tokenizers, and how long counting takes. */
export async function measureTokens(): Promise<BenchReport> {
  const prompts = corpusPrompts("held-out", PROMPTS);
  const text = prompts.map((prompt) => prompt.text).join("\n");
  const megabyte = text.repeat(Math.ceil(MEGABYTE / text.length)).slice(0, MEGABYTE);
  const readMs = Array.from({ length: READS }, () => {
    const startMs = performance.now();
    readTraits(megabyte);
    return performance.now() - startMs;
  });
  return {
    figures: [
      ...FAMILIES.flatMap(([encoding, family]): Figure[] => {
        const verdict = judgeBound(prompts, family, encoding);
        return [
          {
            what: `Prompts above their bound, of 1,000: ${encoding}`,
            value: (1_000 * verdict.exceeded.length) / prompts.length,
            unit: "count",
            below: EXCEEDED_IN_THOUSAND,
          },
          {
            what: `Bound beside the truth, median: ${encoding}`,
            value: verdict.medianRatio,
            unit: "count",
            ...(family === "GPT" ? { below: MEDIAN_RATIO } : {}),
          },
          { what: `… 95th percentile: ${encoding}`, value: verdict.p95Ratio, unit: "count" },
          { what: `Expected count off by, median: ${encoding}`, value: 100 * verdict.medianError, unit: "%" },
        ];
      }),
      { what: "Counting a megabyte, median", value: percentile(readMs, 0.5), unit: "ms", below: READ_MS },
    ],
    notes: [
      `The held-out half of the corpus (test/core/budget/promptCorpus.ts), ${PROMPTS} prompts; the template's tokens are not counted on either side.`,
    ],
  };
}
