import type { PolicySet } from "../../../src/core/routing/routePolicy.ts";
import { DEFAULT_POLICY } from "../../../src/core/routing/routePolicy.ts";

const AUTHORS = ["acme", "borealis", "cobalt", "delta", "ember", "fjord", "gale", "harbor", "iris", "juniper"] as const;
const DENIED = 110;
const ALLOWED = 60;
const TASK_RULES = 30;

/** How many rules `SYNTHETIC_POLICIES` has: patterns, and rules for tasks. */
export const SYNTHETIC_RULES = DENIED + ALLOWED + TASK_RULES;

/** Rules as a careful company may set them: many patterns, and prices, floors, answer lengths and a pin for some tasks. */
export const SYNTHETIC_POLICIES: PolicySet = {
  base: {
    ...DEFAULT_POLICY,
    deny: Array.from({ length: DENIED }, (_value, number) => `${authorOf(number)}/*-${number * 4 + 1}-preview*`),
    allow: [Array.from({ length: ALLOWED }, (_value, number) => `${authorOf(number)}/*${number % 10}*`)],
  },
  tasks: {
    fix: { ...ceilings(9), qualityFloor: 0.85, maxCompletionTokens: 8_192 },
    refactor: { ...ceilings(8), qualityFloor: 0.8, maxCompletionTokens: 8_192 },
    test: { ...ceilings(6), qualityFloor: 0.75, maxCompletionTokens: 8_192 },
    document: { ...ceilings(3), qualityFloor: 0.6 },
    review: { ...ceilings(20), qualityFloor: 0.95 },
    explain: { ...ceilings(4), qualityFloor: 0.7 },
    edit: { ...ceilings(6), qualityFloor: 0.75 },
    plan: { ...ceilings(30), qualityFloor: 0.95 },
    title: { pin: "acme/model-10" },
  },
};

/** A model list in OpenRouter's form, the same every time: the dearer a model, the better it mostly is. */
export function syntheticModelList(rows: number): string {
  return JSON.stringify({ data: Array.from({ length: rows }, (_value, number) => row(number)) });
}

function row(number: number): object {
  const promptUsdPerMillion = 0.03 * 1.014 ** number;
  const quality = 15 + number / 9 + ((number * 37) % 23) - 11;
  return {
    id: `${authorOf(number)}/model-${number}${number % 12 === 0 ? ":free" : ""}`,
    canonical_slug: `${authorOf(number)}/model-${number}-20260801`,
    name: `${authorOf(number)}: Model ${number}`,
    created: 1_780_000_000 - number * 86_400,
    description: "A model for code, tools and long documents, with thinking that can be turned off. ".repeat(4),
    context_length: number % 5 === 0 ? 32_768 : 262_144,
    architecture: {
      modality: "text->text",
      input_modalities: ["text"],
      output_modalities: ["text"],
      tokenizer: "Other",
    },
    pricing: {
      prompt: (promptUsdPerMillion / 1e6).toFixed(12),
      completion: ((promptUsdPerMillion * 4) / 1e6).toFixed(12),
      input_cache_read: (promptUsdPerMillion / 1e7).toFixed(12),
      ...(number % 10 === 0 ? { overrides: [{ min_prompt_tokens: 200_000, prompt: "0.00001" }] } : {}),
    },
    top_provider: { context_length: 262_144, max_completion_tokens: 65_536, is_moderated: false },
    per_request_limits: null,
    supported_parameters: ["max_tokens", "temperature", "top_p", "tools", "tool_choice", "reasoning", "stop", "seed"],
    ...(number % 2 === 0
      ? { benchmarks: { artificial_analysis: { coding_index: quality, intelligence_index: quality } } }
      : {}),
  };
}

function ceilings(usdPerMillion: number): Pick<PolicySet["base"], "maxPromptPrice" | "maxCompletionPrice"> {
  return {
    maxPromptPrice: { coefficient: BigInt(usdPerMillion), scale: 6 },
    maxCompletionPrice: { coefficient: BigInt(usdPerMillion * 5), scale: 6 },
  };
}

function authorOf(number: number): string {
  return AUTHORS[number % AUTHORS.length] ?? "acme";
}
