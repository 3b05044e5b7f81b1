import { model } from "./model.ts";
import type { ModelFacts } from "./model.ts";
import type { CatalogEntry, ReasoningRow } from "./modelRow.ts";
import { batchTwin, freeTwin, latestAlias } from "./variants.ts";

const SWITCHABLE: ReasoningRow = {
  mandatory: false,
  default_enabled: true,
  supported_efforts: ["max", "xhigh", "high", "medium", "low", "none"],
  default_effort: "medium",
};
const MANDATORY: ReasoningRow = {
  mandatory: true,
  supported_efforts: ["high", "medium", "low"],
  default_effort: "medium",
};
const ALL_NULL_DEFAULTS = { temperature: null, top_p: null, frequency_penalty: null, presence_penalty: null };

const sol = gpt({
  id: "openai/gpt-5.6-sol",
  name: "OpenAI: GPT-5.6 Sol",
  released: "2026-07-09",
  usdPerMillion: { prompt: "2.5", completion: "15", cacheRead: "0.25", cacheWrite: "3.125" },
  overrides: [
    {
      min_prompt_tokens: 272_000,
      prompt: "0.000005",
      completion: "0.0000225",
      input_cache_read: "0.0000005",
      input_cache_write: "0.00000625",
    },
  ],
  context: 1_050_000,
  maxOutput: 128_000,
  reasoning: SWITCHABLE,
  benchmarks: [60.9, 77.4, 57.8],
  knowledgeCutoff: "2026-02-16",
  defaults: ALL_NULL_DEFAULTS,
});

const luna = gpt({
  id: "openai/gpt-5.6-luna",
  name: "OpenAI: GPT-5.6 Luna",
  released: "2026-07-09",
  usdPerMillion: { prompt: "0.2", completion: "1.2", cacheRead: "0.02", cacheWrite: "0.25" },
  context: 1_050_000,
  maxOutput: 128_000,
  reasoning: SWITCHABLE,
  benchmarks: [52.3, 71.4, 46.9],
  knowledgeCutoff: "2026-02-16",
});

const openWeights = model({
  id: "openai/gpt-oss-20b",
  name: "OpenAI: gpt-oss-20b",
  released: "2025-08-05",
  usdPerMillion: { prompt: "0.03", completion: "0.13", cacheRead: "0.03" },
  context: 131_072,
  maxOutput: 131_072,
  tokenizer: "GPT",
  reasoning: MANDATORY,
  benchmarks: [15.2, 20.7, 3.1],
  providers: [
    "deepinfra",
    {
      provider: "groq",
      promptUsdPerMillion: "0.075",
      completionUsdPerMillion: "0.3",
      cacheReadUsdPerMillion: "0.0375",
    },
    { provider: "together", promptUsdPerMillion: "0.05", completionUsdPerMillion: "0.2" },
  ],
});

/** GPT models: flagship, small, mandatory reasoning, open weights with a free twin, and one without benchmarks. */
export const OPENAI_MODELS: readonly CatalogEntry[] = [
  sol,
  batchTwin(sol),
  luna,
  gpt({
    id: "openai/gpt-5.6-terra",
    name: "OpenAI: GPT-5.6 Terra",
    released: "2026-07-09",
    usdPerMillion: { prompt: "2", completion: "12", cacheRead: "0.2", cacheWrite: "2.5" },
    context: 1_050_000,
    maxOutput: 128_000,
    reasoning: SWITCHABLE,
    benchmarks: [56.6, 76.7, 50.2],
  }),
  gpt({
    id: "openai/gpt-5.4-mini",
    name: "OpenAI: GPT-5.4 Mini",
    released: "2026-03-17",
    usdPerMillion: { prompt: "0.75", completion: "4.5", cacheRead: "0.075" },
    context: 400_000,
    maxOutput: 128_000,
    reasoning: SWITCHABLE,
    benchmarks: [40.9, 56.1, 31.5],
  }),
  gpt({
    id: "openai/gpt-5-mini",
    name: "OpenAI: GPT-5 Mini",
    released: "2025-08-07",
    usdPerMillion: { prompt: "0.25", completion: "2", cacheRead: "0.025" },
    context: 400_000,
    maxOutput: 128_000,
    reasoning: MANDATORY,
    benchmarks: [25.8, 15.6, 19.6],
  }),
  gpt({
    id: "openai/gpt-4o-mini",
    name: "OpenAI: GPT-4o-mini",
    released: "2024-07-18",
    usdPerMillion: { prompt: "0.15", completion: "0.6", cacheRead: "0.075" },
    context: 128_000,
    maxOutput: 16_384,
    benchmarks: [null, 11.4, 1],
  }),
  gpt({
    id: "openai/o1-pro",
    name: "OpenAI: o1-pro",
    released: "2025-03-19",
    usdPerMillion: { prompt: "150", completion: "600" },
    context: 200_000,
    maxOutput: 100_000,
    reasoning: { mandatory: false, default_enabled: true },
    tools: "unsupported",
  }),
  openWeights,
  freeTwin(openWeights, { offer: { provider: "novita" }, maxOutput: 32_768 }),
  latestAlias("~openai/gpt-latest", "OpenAI GPT Latest", sol),
];

function gpt(facts: Omit<ModelFacts, "providers" | "tokenizer" | "input" | "moderation">): CatalogEntry {
  return model({
    ...facts,
    input: ["text", "image", "file"],
    tokenizer: "GPT",
    moderation: "moderated",
    extraPrices: { web_search: "0.01" },
    providers: ["openai", "azure"],
  });
}
