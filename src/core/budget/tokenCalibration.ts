import type { PromptTokens } from "./promptTokens.ts";

/** What answers of a gateway have told of a tokenizer family. */
export interface TokenCalibration {
  /** How many answers it rests on, the older ones counting less. */
  readonly weight: number;
  /** Their prompt tokens beside `PromptTokens.plain`, on average. */
  readonly ratio: number;
  /** What bounds are multiplied by since one was passed; 1 where none was. */
  readonly raise: number;
  /** Tokens that the gateway puts before every prompt, seen where a short one passed its bound. */
  readonly extraTokens: number;
}

/** By family. */
export type TokenCalibrations = ReadonlyMap<string, TokenCalibration>;

export interface ReportedPrompt {
  readonly counted: PromptTokens;
  /** `usage.prompt_tokens` of the answer. */
  readonly reportedTokens: number;
}

export const NO_CALIBRATION: TokenCalibration = { weight: 0, ratio: 1, raise: 1, extraTokens: 0 };

/** The last answer but fifty counts a third. */
const FADE = 0.98;
/** Below this, what surrounds the messages counts more than the tokenizer. */
const SHORTEST_TELLING_PROMPT = 200;
/** One answer that makes no sense must not count for fifty. */
const RATIOS = { least: 0.5, most: 2 } as const;
const HIGHEST_RAISE = 2;
const MOST_EXTRA_TOKENS = 4_096;
const MARGIN_AFTER_EXCESS = 1.05;

/** What is known after an answer whose usage came with it. A bound that was passed is raised at once, and comes down slowly. */
export function learnTokens(known: TokenCalibration, { counted, reportedTokens }: ReportedPrompt): TokenCalibration {
  const isExceeded = reportedTokens > counted.atMost;
  if (counted.plain < SHORTEST_TELLING_PROMPT) {
    const extraTokens = known.extraTokens + (isExceeded ? reportedTokens - counted.atMost : 0);
    return { ...known, extraTokens: Math.min(MOST_EXTRA_TOKENS, extraTokens) };
  }
  const weight = known.weight * FADE + 1;
  const ratio = clamp(reportedTokens / counted.plain, RATIOS.least, RATIOS.most);
  const needed = (known.raise * reportedTokens * MARGIN_AFTER_EXCESS) / counted.atMost;
  return {
    ...known,
    weight,
    ratio: (known.ratio * (weight - 1) + ratio) / weight,
    raise: isExceeded ? Math.min(HIGHEST_RAISE, needed) : 1 + (known.raise - 1) * FADE,
  };
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
