import { model } from "./model.ts";
import type { ModelFacts } from "./model.ts";
import type { CatalogEntry, ReasoningRow } from "./modelRow.ts";
import { batchTwin, latestAlias } from "./variants.ts";

const ADAPTIVE: ReasoningRow = {
  mandatory: false,
  default_enabled: true,
  supported_efforts: ["max", "xhigh", "high", "medium", "low"],
  default_effort: "high",
};
const OPTIONAL: ReasoningRow = { mandatory: false };

const opus = claude({
  id: "anthropic/claude-opus-5",
  name: "Claude Opus 5",
  released: "2026-07-23",
  usdPerMillion: { prompt: "5", completion: "25", cacheRead: "0.5", cacheWrite: "6.25", cacheWriteHour: "10" },
  context: 1_000_000,
  maxOutput: 128_000,
  reasoning: ADAPTIVE,
  benchmarks: [63.1, 78, 59.2],
});

const sonnet = claude({
  id: "anthropic/claude-sonnet-5",
  name: "Anthropic: Claude Sonnet 5",
  released: "2026-06-30",
  usdPerMillion: { prompt: "2", completion: "10", cacheRead: "0.2", cacheWrite: "2.5", cacheWriteHour: "4" },
  context: 1_000_000,
  maxOutput: 128_000,
  reasoning: ADAPTIVE,
  benchmarks: [55.3, 71.5, 49.7],
});

const haiku = claude({
  id: "anthropic/claude-haiku-4.5",
  name: "Anthropic: Claude Haiku 4.5",
  released: "2025-10-01",
  usdPerMillion: { prompt: "1", completion: "5", cacheRead: "0.1", cacheWrite: "1.25", cacheWriteHour: "2" },
  context: 200_000,
  maxOutput: 64_000,
  reasoning: OPTIONAL,
  benchmarks: [29.9, 43.9, 16.5],
});

/** Claude models, with a price step by prompt length, two batch twins and two aliases. */
export const ANTHROPIC_MODELS: readonly CatalogEntry[] = [
  opus,
  batchTwin(opus),
  sonnet,
  batchTwin(sonnet),
  haiku,
  claude({
    id: "anthropic/claude-fable-5",
    name: "Anthropic: Claude Fable 5",
    released: "2026-06-09",
    usdPerMillion: { prompt: "10", completion: "50", cacheRead: "1", cacheWrite: "12.5", cacheWriteHour: "20" },
    context: 1_000_000,
    maxOutput: 128_000,
    reasoning: { ...ADAPTIVE, mandatory: true },
    benchmarks: [62.1, 76.5, 56.6],
  }),
  claude({
    id: "anthropic/claude-sonnet-4.5",
    name: "Anthropic: Claude Sonnet 4.5",
    released: "2025-09-29",
    usdPerMillion: { prompt: "3", completion: "15", cacheRead: "0.3", cacheWrite: "3.75", cacheWriteHour: "6" },
    overrides: [
      {
        min_prompt_tokens: 200_000,
        prompt: "0.000006",
        completion: "0.0000225",
        input_cache_read: "0.0000006",
        input_cache_write: "0.0000075",
        input_cache_write_1h: "0.000012",
      },
    ],
    context: 1_000_000,
    maxOutput: 64_000,
    reasoning: OPTIONAL,
    benchmarks: [37.4, 52.1, 26.4],
  }),
  latestAlias("~anthropic/claude-sonnet-latest", "Anthropic Claude Sonnet Latest", sonnet),
  latestAlias("~anthropic/claude-haiku-latest", "Anthropic Claude Haiku Latest", haiku),
];

function claude(facts: Omit<ModelFacts, "providers" | "tokenizer" | "input" | "moderation">): CatalogEntry {
  return model({
    ...facts,
    input: ["text", "image", "file"],
    tokenizer: "Claude",
    moderation: "moderated",
    extraPrices: { web_search: "0.01" },
    providers: ["anthropic", "amazon-bedrock", "google-vertex"],
  });
}
