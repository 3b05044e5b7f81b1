import { type BrowsedModel, browsedModel } from "../../src/core/catalog/browsedModel.ts";
import type { ModelOrder } from "../../src/core/catalog/sortModels.ts";
import { narrowModels } from "../../src/extension/features/modelBrowser/narrowModels.ts";
import { createModelSearch } from "../../src/extension/features/modelBrowser/searchModels.ts";
import { readCatalog } from "../../src/gateway/readCatalog.ts";
import type { BenchReport } from "./benchReport.ts";
import { median, percentile } from "./percentile.ts";

const MODELS = 500;
const WARM_UP_ROUNDS = 3;
const ROUNDS = 20;
const KEY_MS = 2;

const AUTHORS = [
  "anthropic",
  "openai",
  "google",
  "deepseek",
  "qwen",
  "mistralai",
  "meta-llama",
  "x-ai",
  "z-ai",
  "nvidia",
];
const FAMILIES = ["Claude Sonnet", "GPT", "Gemini Flash", "DeepSeek V", "Qwen Coder", "Mistral Large", "Llama", "Grok"];
const VARIANTS = ["", " Mini", " Pro", " Instruct", " Preview", " 70B Instruct", " Thinking"];
/** Typed key by key: right, sloppy, misspelt and unknown names, with filters and without. */
const TYPED = [
  "claude sonnet 5",
  "sonet",
  "gpt5 mini",
  "sonnett",
  "deepsek v3 instrct",
  "gemini tools <$5 >200k images @google",
  "free reasoning",
  "meta-llama/llama-12-70b-instruct",
  "zzqqxxww",
];
const ORDERS: readonly ModelOrder[] = ["match", "value", "price"];

/** What the model browser does at every key, without what the editor needs to draw the list. */
export async function measureSearch(): Promise<BenchReport> {
  const models = syntheticModels();
  const rounds = Array.from({ length: WARM_UP_ROUNDS + ROUNDS }, (_, round) => timeKeys(models, round));
  const keysMs = rounds.slice(WARM_UP_ROUNDS).flat();
  return {
    figures: [
      { what: `Model search, one key, ${MODELS} models, p50`, value: median(keysMs), unit: "ms" },
      { what: "… p99", value: percentile(keysMs, 0.99), unit: "ms", below: KEY_MS },
      { what: "… slowest", value: Math.max(...keysMs), unit: "ms" },
    ],
    notes: [
      `Model search: ${keysMs.length} keys of ${TYPED.length} texts typed letter by letter, in ${ORDERS.length} orders, each round with a new index; reading what is typed, searching, filtering and sorting.`,
    ],
  };
}

function timeKeys(models: readonly BrowsedModel[], round: number): number[] {
  const search = createModelSearch(models);
  const order = ORDERS[round % ORDERS.length] ?? "match";
  const favourites = new Set(models.slice(0, 5).map(({ model }) => model.id));
  return TYPED.flatMap((text) =>
    Array.from({ length: text.length }, (_, last) => {
      const startedMs = performance.now();
      narrowModels(search, { typed: text.slice(0, last + 1), order, favourites });
      return performance.now() - startedMs;
    }),
  );
}

function syntheticModels(): readonly BrowsedModel[] {
  const data = Array.from({ length: MODELS }, (_, index) => syntheticRow(index));
  return readCatalog({ data }, 0).models.map((model) => browsedModel(model, 0));
}

function syntheticRow(index: number): unknown {
  const name = `${pick(FAMILIES, index)} ${Math.floor(index / 40) + 1}.${index % 7}${pick(VARIANTS, Math.floor(index / 8))}`;
  return {
    id: `${pick(AUTHORS, index)}/${name.toLowerCase().replaceAll(" ", "-")}-${index}`,
    name,
    context_length: 8192 * ((index % 128) + 1),
    created: 1_700_000_000 + index * 1000,
    architecture: { input_modalities: index % 2 === 0 ? ["text", "image"] : ["text"], output_modalities: ["text"] },
    pricing: {
      prompt: `0.${String(index % 50).padStart(7, "0")}`,
      completion: `0.${String(index % 90).padStart(6, "0")}`,
    },
    supported_parameters: index % 3 === 0 ? ["tools"] : ["tools", "reasoning"],
    benchmarks: { artificial_analysis: index % 4 === 0 ? {} : { coding_index: (index % 80) + 1 } },
  };
}

function pick(texts: readonly string[], index: number): string {
  return texts[index % texts.length] ?? "";
}
