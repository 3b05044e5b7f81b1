import { model } from "./model.ts";
import type { ModelFacts } from "./model.ts";
import type { CatalogEntry, ReasoningRow } from "./modelRow.ts";
import { freeTwin, latestAlias } from "./variants.ts";

const MANDATORY: ReasoningRow = {
  mandatory: true,
  default_enabled: true,
  supported_efforts: ["high", "medium", "low", "minimal"],
  default_effort: "medium",
};

const flash = gemini({
  id: "google/gemini-3.7-flash",
  name: "Google: Gemini 3.7 Flash",
  released: "2026-08-13",
  usdPerMillion: {
    prompt: "0.375",
    completion: "1.875",
    reasoning: "1.875",
    cacheRead: "0.0375",
    cacheWrite: "0.0208333333333333",
  },
  context: 1_048_576,
  maxOutput: 65_536,
  reasoning: MANDATORY,
  benchmarks: [56, 76.1, 45.1],
});

const gemma = model({
  id: "google/gemma-4-31b-it",
  name: "Google: Gemma 4 31B",
  released: "2026-04-02",
  usdPerMillion: { prompt: "0.1", completion: "0.34", cacheRead: "0.1" },
  context: 262_144,
  maxOutput: 262_144,
  input: ["text", "image", "video"],
  tokenizer: "Gemma",
  reasoning: { mandatory: false },
  benchmarks: [29.7, 43.4, 14.4],
  providers: [{ provider: "deepinfra", tag: "deepinfra/fp8", quantization: "fp8" }, "novita", "together"],
});

/** Gemini and Gemma models; Gemini's cache-write price has 22 decimals per token. */
export const GOOGLE_MODELS: readonly CatalogEntry[] = [
  flash,
  gemini({
    id: "google/gemini-3.6-flash",
    name: "Google: Gemini 3.6 Flash",
    released: "2026-07-21",
    usdPerMillion: {
      prompt: "0.75",
      completion: "3.75",
      reasoning: "3.75",
      cacheRead: "0.075",
      cacheWrite: "0.0416666666666667",
    },
    context: 1_048_576,
    maxOutput: 65_536,
    reasoning: MANDATORY,
    benchmarks: [51.6, 69.2, 40.5],
  }),
  gemini({
    id: "google/gemini-3.5-flash-lite",
    name: "Google: Gemini 3.5 Flash Lite",
    released: "2026-07-21",
    usdPerMillion: {
      prompt: "0.3",
      completion: "2.5",
      reasoning: "2.5",
      cacheRead: "0.03",
      cacheWrite: "0.0833333333333333",
    },
    context: 1_048_576,
    maxOutput: 65_536,
    reasoning: MANDATORY,
    benchmarks: [37.4, 49.3, 27.2],
  }),
  gemini({
    id: "google/gemini-3.1-pro-preview",
    name: "Google: Gemini 3.1 Pro Preview",
    released: "2026-02-19",
    usdPerMillion: { prompt: "2", completion: "12", reasoning: "12", cacheRead: "0.2", cacheWrite: "0.375" },
    overrides: [
      {
        min_prompt_tokens: 200_000,
        prompt: "0.000004",
        completion: "0.000018",
        internal_reasoning: "0.000018",
        input_cache_read: "0.0000004",
      },
    ],
    context: 1_048_576,
    maxOutput: 65_536,
    reasoning: MANDATORY,
    benchmarks: [47.7, 68.8, 23],
  }),
  gemma,
  freeTwin(gemma, { offer: { provider: "google-ai-studio" }, maxOutput: 32_768 }),
  latestAlias("~google/gemini-flash-latest", "Google Gemini Flash Latest", flash),
];

function gemini(facts: Omit<ModelFacts, "providers" | "tokenizer" | "input">): CatalogEntry {
  return model({
    ...facts,
    input: ["text", "image", "video", "file", "audio"],
    tokenizer: "Gemini",
    extraPrices: { web_search: "0.014" },
    providers: [{ provider: "google-vertex", tag: "google-vertex/global" }, "google-ai-studio"],
  });
}
