import { CHARACTER_KINDS } from "../../../src/core/budget/textTraits.ts";

/** A text with what its tokens should be. */
export interface RateSample {
  readonly counts: Float64Array;
  readonly tokens: number;
}

export interface FitWish {
  /** What it costs to be below the tokens of a sample, beside being above. 1 gives the median, hundreds a bound. */
  readonly belowWeight: number;
  /** A bound is to be this many times the tokens at least. */
  readonly slack: number;
  readonly rounds: number;
}

const STEP = 0.02;
const MOMENTUM = 0.9;
const SCALE_MEMORY = 0.99;
const FIRST_GUESS = 0.5;
/** Keeps short texts from counting more than others. */
const FIXED_TOKENS = 8;
const STRANGE_AT_MOST = 8;
/** What follows a letter counts with the odds of a cut, which may be too small for random letters. */
const SPLIT_AT_MOST = 3.2;
const ONE_BYTE_KINDS = CHARACTER_KINDS.indexOf("control") + 1;

/** The rates that keep the sum of relative errors of all samples smallest, by gradient steps. */
export function fitRates(samples: readonly RateSample[], wish: FitWish): Float64Array {
  const size = samples[0]?.counts.length ?? 0;
  const rates = new Float64Array(size).fill(FIRST_GUESS);
  const [trend, scale] = [new Float64Array(size), new Float64Array(size)];
  const ranges = rateRanges(wish.belowWeight > 1);
  for (let round = 0; round < wish.rounds; round += 1) {
    const slope = slopeAt(rates, samples, wish);
    const step = STEP * (round < wish.rounds * 0.6 ? 1 : round < wish.rounds * 0.85 ? 0.25 : 0.05);
    for (const [index, [least, most]] of ranges.entries()) {
      const change = slope[index] ?? 0;
      trend[index] = MOMENTUM * (trend[index] ?? 0) + (1 - MOMENTUM) * change;
      scale[index] = SCALE_MEMORY * (scale[index] ?? 0) + (1 - SCALE_MEMORY) * change * change;
      const moved = (rates[index] ?? 0) - (step * trend[index]) / (Math.sqrt(scale[index]) + 1e-9);
      rates[index] = Math.min(most, Math.max(least, moved));
    }
  }
  return rates;
}

function slopeAt(rates: Float64Array, samples: readonly RateSample[], { belowWeight, slack }: FitWish): Float64Array {
  const slope = new Float64Array(rates.length);
  for (const { counts, tokens } of samples) {
    let sum = 0;
    for (let index = 0; index < counts.length; index += 1) sum += (counts[index] ?? 0) * (rates[index] ?? 0);
    const weight = (sum < tokens * slack ? -belowWeight : 1) / (tokens + FIXED_TOKENS) / samples.length;
    for (let index = 0; index < counts.length; index += 1)
      slope[index] = (slope[index] ?? 0) + weight * (counts[index] ?? 0);
  }
  return slope;
}

type Range = readonly [number, number];

/** A character has as many tokens as bytes at most. A bound also has a least, for what the samples hardly hold. */
function rateRanges(isBound: boolean): readonly Range[] {
  const ranges = CHARACTER_KINDS.flatMap((kind, place): Range[] => {
    const isLetter = kind === "small" || kind === "capital";
    const bytes = place < ONE_BYTE_KINDS ? 1 : 3;
    const least = isBound ? (bytes === 1 ? 0.2 : 0.4) : 0;
    return [
      // A character alone among others is often spelt out byte by byte; a word is mostly one token with the space before it.
      [isBound && bytes > 1 ? 1.6 : least, isLetter ? 1 : kind === "space" ? 0.4 : bytes + 0.5],
      [least, isLetter ? SPLIT_AT_MOST : bytes],
      [isLetter ? least : 0, bytes],
    ];
  });
  return [...ranges, [0, 1], [0, STRANGE_AT_MOST]];
}
