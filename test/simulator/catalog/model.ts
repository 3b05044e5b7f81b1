import { perTokenFromPerMillion } from "../money/decimalUsd.ts";
import type { PriceOverride, Pricing } from "../money/pricing.ts";
import type { CatalogEntry, Modality, ModelRow, Offer, ReasoningRow } from "./modelRow.ts";
import type { ProviderSlug } from "./providers.ts";

/** Prices in USD per million tokens, as price lists print them. */
interface PricesPerMillion {
  readonly prompt: string;
  readonly completion: string;
  readonly cacheRead?: string;
  readonly cacheWrite?: string;
  readonly cacheWriteHour?: string;
  readonly reasoning?: string;
}

/** Indexes of Artificial Analysis: intelligence, coding, agentic. */
type Benchmarks = readonly [number | null, number | null, number | null];

/** What has to be said about a model; everything else of its row follows from it. */
export interface ModelFacts {
  readonly id: string;
  readonly name: string;
  /** `YYYY-MM-DD`; dates the permaslug and `created`. */
  readonly released: string;
  readonly usdPerMillion: PricesPerMillion;
  readonly overrides?: readonly PriceOverride[];
  readonly context: number | null;
  /** Differs from `context` on some rows. */
  readonly providerContext?: number;
  readonly maxOutput: number | null;
  readonly providers: readonly (ProviderSlug | Offer)[];
  readonly input?: readonly Modality[];
  readonly output?: readonly Modality[];
  readonly tokenizer?: string;
  readonly tools?: "unsupported";
  readonly moderation?: "moderated";
  readonly reasoning?: ReasoningRow;
  readonly benchmarks?: Benchmarks;
  readonly defaults?: Readonly<Record<string, number | null>> | null;
  readonly knowledgeCutoff?: string;
  readonly expires?: string;
  readonly description?: string;
  readonly extraPrices?: Partial<Pricing>;
}

/** Builds a catalogue row with its providers from a few facts. */
export function model(facts: ModelFacts): CatalogEntry {
  const offers = facts.providers.map((offer) => (typeof offer === "string" ? { provider: offer } : offer));
  return { row: rowOf(facts), offers };
}

function rowOf(facts: ModelFacts): ModelRow {
  const slug = `${facts.id.replace(/:.*$/, "")}-${facts.released.replaceAll("-", "")}`;
  return {
    id: facts.id,
    canonical_slug: slug,
    hugging_face_id: null,
    name: facts.name,
    created: Date.parse(`${facts.released}T12:00:00Z`) / 1000,
    description: facts.description ?? `${facts.name} answers questions and writes code.`,
    context_length: facts.context,
    architecture: architectureOf(facts),
    pricing: pricingOf(facts),
    top_provider: {
      context_length: facts.providerContext ?? facts.context,
      max_completion_tokens: facts.maxOutput,
      is_moderated: facts.moderation === "moderated",
    },
    per_request_limits: null,
    supported_parameters: parametersOf(facts),
    default_parameters: facts.defaults === undefined ? {} : facts.defaults,
    supported_voices: null,
    knowledge_cutoff: facts.knowledgeCutoff ?? null,
    expiration_date: facts.expires ?? null,
    links: { details: `/api/v1/models/${slug}/endpoints` },
    ...(facts.reasoning && { reasoning: facts.reasoning }),
    ...(facts.benchmarks && { benchmarks: benchmarksOf(facts.benchmarks) }),
  };
}

function architectureOf(facts: ModelFacts): ModelRow["architecture"] {
  const input = facts.input ?? ["text"];
  const output = facts.output ?? ["text"];
  return {
    modality: `${input.join("+")}->${output.join("+")}`,
    input_modalities: input,
    output_modalities: output,
    tokenizer: facts.tokenizer ?? "Other",
    instruct_type: null,
  };
}

function pricingOf({ usdPerMillion: prices, overrides, extraPrices }: ModelFacts): Pricing {
  return {
    prompt: perTokenFromPerMillion(prices.prompt),
    completion: perTokenFromPerMillion(prices.completion),
    ...extraPrices,
    ...(prices.reasoning && { internal_reasoning: perTokenFromPerMillion(prices.reasoning) }),
    ...(prices.cacheRead && { input_cache_read: perTokenFromPerMillion(prices.cacheRead) }),
    ...(prices.cacheWrite && { input_cache_write: perTokenFromPerMillion(prices.cacheWrite) }),
    ...(prices.cacheWriteHour && { input_cache_write_1h: perTokenFromPerMillion(prices.cacheWriteHour) }),
    ...(overrides && { overrides }),
  };
}

function parametersOf(facts: ModelFacts): readonly string[] {
  const reasoning = facts.reasoning ? ["include_reasoning", "reasoning"] : [];
  const effort = facts.reasoning?.supported_efforts ? ["reasoning_effort"] : [];
  const tools = facts.tools === "unsupported" ? [] : ["structured_outputs", "tool_choice", "tools"];
  return [
    "max_tokens",
    "response_format",
    "seed",
    "stop",
    "temperature",
    "top_p",
    ...reasoning,
    ...effort,
    ...tools,
  ].toSorted();
}

function benchmarksOf([intelligence, coding, agentic]: Benchmarks): NonNullable<ModelRow["benchmarks"]> {
  return {
    design_arena: [],
    artificial_analysis: { intelligence_index: intelligence, coding_index: coding, agentic_index: agentic },
  };
}
