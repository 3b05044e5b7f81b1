import type { CatalogModel } from "../catalog/catalogModel.ts";
import { NO_CALIBRATION, type TokenCalibration, type TokenCalibrations, clamp } from "./tokenCalibration.ts";
import { tokenizerFamily } from "./tokenizerFamily.ts";
import { BOUND_RATES, EXPECTED_RATES, SMALL_VOCABULARY_RATES, type TokenRates } from "./tokenRates.ts";
import { type ReadTraits, type TextTraits, readTraits } from "./textTraits.ts";

/** The tokens of one prompt for one tokenizer family, template included. */
export interface PromptTokens {
  /** Right in the median. */
  readonly expected: number;
  /** What a reservation counts with; fewer than 1 prompt in 1,000 has more. */
  readonly atMost: number;
  /** Before anything learned of the family: what its answers are compared with. */
  readonly plain: number;
}

export type PromptTokensOf = (model: Pick<CatalogModel, "tokenizer" | "id">) => PromptTokens;

/** A prompt that has been read once; what it counts for a model is then cheap. */
export interface MeasuredPrompt {
  /** No byte-level tokenizer makes more. */
  readonly byteBound: number;
  readonly tokensOf: PromptTokensOf;
}

/** Tokens a chat template may add around the messages, and around each of them; the first are what is usual. */
const USUAL_TEMPLATE = { around: 3, eachMessage: 4 } as const;
const LONGEST_TEMPLATE = { around: 64, eachMessage: 16 } as const;
/** Families whose tokenizer the rates were fitted to, or that share its pieces. */
const MEASURED_FAMILIES: readonly string[] = ["GPT", "Llama3"];
/** What is assumed of a family before answers have told: its tokens beside those of a measured one. */
const UNMEASURED_RATIO = 1.15;
/** Answers that weigh as much as what is assumed. */
const ASSUMED_WEIGHT = 20;
const SCALES = { measured: 1, unmeasured: 0.8, most: 1.6 } as const;

/** `read` is `readTraits`, or remembers what it has read where texts come again. */
export function measurePrompt(
  texts: readonly string[],
  learned: TokenCalibrations,
  read: ReadTraits = readTraits,
): MeasuredPrompt {
  const traits = texts.map((text) => read(text));
  const known = new Map<string, PromptTokens>();
  return {
    byteBound: sumOf(traits, ({ bytes }) => bytes) + templateOf(LONGEST_TEMPLATE, traits.length),
    tokensOf: (model) => {
      const family = tokenizerFamily(model);
      const tokens = known.get(family) ?? countFor(traits, family, learned.get(family) ?? NO_CALIBRATION);
      known.set(family, tokens);
      return tokens;
    },
  };
}

/** Whether the rates were fitted to the family's tokenizer, or one that shares its pieces. */
export function isMeasuredFamily(family: string): boolean {
  return MEASURED_FAMILIES.includes(family);
}

/** For every model the one that it counts the most of; at least one prompt. */
export function largestPrompt(prompts: readonly MeasuredPrompt[]): MeasuredPrompt {
  return prompts.reduce((left, right) => ({
    byteBound: Math.max(left.byteBound, right.byteBound),
    tokensOf: (model) => {
      const [one, other] = [left.tokensOf(model), right.tokensOf(model)];
      return one.atMost >= other.atMost ? one : other;
    },
  }));
}

/** The prompt with something beside its texts, which counts the same for every model. */
export function withTokens(prompt: MeasuredPrompt, added: { expected: number; atMost: number }): MeasuredPrompt {
  return {
    byteBound: prompt.byteBound + added.atMost,
    tokensOf: (model) => {
      const { expected, atMost, plain } = prompt.tokensOf(model);
      return { expected: expected + added.expected, atMost: atMost + added.atMost, plain: plain + added.expected };
    },
  };
}

function countFor(traits: readonly TextTraits[], family: string, learned: TokenCalibration): PromptTokens {
  const isMeasured = isMeasuredFamily(family);
  const assumed = isMeasured ? 1 : UNMEASURED_RATIO;
  const ratio = (assumed * ASSUMED_WEIGHT + learned.ratio * learned.weight) / (ASSUMED_WEIGHT + learned.weight);
  const leastScale = isMeasured ? SCALES.measured : SCALES.unmeasured;
  const scale = clamp(ratio / assumed, leastScale, SCALES.most) * learned.raise * assumed;
  const rates = isMeasured ? BOUND_RATES : SMALL_VOCABULARY_RATES;
  const plain = sumOf(traits, (text) => tokensAt(EXPECTED_RATES, text)) + templateOf(USUAL_TEMPLATE, traits.length);
  const bound = sumOf(traits, (text) => Math.min(text.bytes, scale * tokensAt(rates, text)));
  return {
    expected: Math.ceil(plain * ratio),
    atMost: Math.ceil(bound) + templateOf(LONGEST_TEMPLATE, traits.length) + learned.extraTokens,
    plain: Math.ceil(plain),
  };
}

function tokensAt(rates: TokenRates, { counts }: TextTraits): number {
  return rates.reduce((sum, rate, trait) => sum + rate * (counts[trait] ?? 0), 0);
}

function templateOf({ around, eachMessage }: { around: number; eachMessage: number }, messages: number): number {
  return around + eachMessage * messages;
}

function sumOf<Item>(items: readonly Item[], valueOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + valueOf(item), 0);
}
