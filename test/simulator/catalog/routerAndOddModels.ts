import { model } from "./model.ts";
import type { CatalogEntry, ModelRow, Offer } from "./modelRow.ts";

const ROUTER_INPUT = ["text", "image"] as const;

/** Rows that need care: routers, null lengths, zero prices that are not the free tier, an expired and an odd price. */
export const ROUTER_AND_ODD_MODELS: readonly CatalogEntry[] = [
  router("openrouter/auto", "Auto Router", "-1"),
  router("openrouter/pareto-code", "Pareto Code Router", "-1"),
  router("openrouter/free", "Free Models Router", "0"),
  model({
    id: "stealth/ox-alpha",
    name: "Ox Alpha",
    released: "2026-08-04",
    usdPerMillion: { prompt: "0", completion: "0" },
    context: 1_048_576,
    maxOutput: 131_072,
    input: ["text", "image", "video"],
    reasoning: { mandatory: true, supported_efforts: ["max", "high", "low"] },
    expires: "2098-12-31",
    description: "A cloaked model on trial: its price is zero and its id has no free suffix.",
    providers: ["stealth"],
  }),
  model({
    id: "openai/gpt-3.5-turbo-0613",
    name: "OpenAI: GPT-3.5 Turbo (older v0613)",
    released: "2024-01-25",
    usdPerMillion: { prompt: "1", completion: "2" },
    context: 4_095,
    maxOutput: 4_096,
    tokenizer: "GPT",
    expires: "2026-09-30",
    providers: ["azure"],
  }),
  withoutLengths(
    model({
      id: "google/gemma-3n-e4b-it",
      name: "Google: Gemma 3n 4B",
      released: "2025-05-20",
      usdPerMillion: { prompt: "0.06", completion: "0.12" },
      context: null,
      maxOutput: null,
      benchmarks: [null, 3.2, null],
      defaults: null,
      tools: "unsupported",
      providers: [{ provider: "together", contextLength: 32_768 }],
    }),
  ),
];

function router(id: string, name: string, price: "-1" | "0"): CatalogEntry {
  const { row } = model({
    id,
    name,
    released: "2026-02-01",
    usdPerMillion: { prompt: "0", completion: "0" },
    context: price === "0" ? 200_000 : 2_000_000,
    maxOutput: null,
    input: ROUTER_INPUT,
    tokenizer: "Router",
    providers: [],
  });
  const routed: ModelRow = {
    ...row,
    canonical_slug: id,
    pricing: { prompt: price, completion: price },
    top_provider: { context_length: null, max_completion_tokens: null, is_moderated: false },
    links: { details: `/api/v1/models/${id}/endpoints` },
  };
  return { row: routed, offers: [] satisfies readonly Offer[] };
}

function withoutLengths({ row, offers }: CatalogEntry): CatalogEntry {
  return { row: { ...row, top_provider: { ...row.top_provider, context_length: null } }, offers };
}
