import type { Pricing } from "../money/pricing.ts";
import type { ProviderSlug } from "./providers.ts";

/** Input and output kinds of `architecture`. */
export type Modality = "text" | "image" | "file" | "audio" | "video" | "embeddings";

type ReasoningEffort = "max" | "xhigh" | "high" | "medium" | "low" | "minimal" | "none";

/** `reasoning` of a catalogue row; absent on models that do not reason. */
export interface ReasoningRow {
  readonly mandatory: boolean;
  readonly default_enabled?: boolean;
  readonly supported_efforts?: readonly ReasoningEffort[] | null;
  readonly default_effort?: ReasoningEffort;
}

/** One row of `GET /models`, in the wire's own field names. */
export interface ModelRow {
  readonly id: string;
  readonly canonical_slug: string;
  readonly alias_target?: { readonly name: string; readonly slug: string };
  readonly hugging_face_id: string | null;
  readonly name: string;
  readonly created: number;
  readonly description: string;
  readonly context_length: number | null;
  readonly architecture: {
    readonly modality: string;
    readonly input_modalities: readonly Modality[];
    readonly output_modalities: readonly Modality[];
    readonly tokenizer: string;
    readonly instruct_type: string | null;
  };
  readonly pricing: Pricing;
  readonly top_provider: {
    readonly context_length: number | null;
    readonly max_completion_tokens: number | null;
    readonly is_moderated: boolean;
  };
  readonly per_request_limits: null;
  readonly supported_parameters: readonly string[];
  readonly default_parameters: Readonly<Record<string, number | null>> | null;
  readonly supported_voices: readonly string[] | null;
  readonly knowledge_cutoff: string | null;
  readonly expiration_date: string | null;
  readonly links: { readonly details: string };
  readonly reasoning?: ReasoningRow;
  readonly benchmarks?: {
    readonly design_arena: readonly [];
    readonly artificial_analysis: {
      readonly intelligence_index: number | null;
      readonly coding_index: number | null;
      readonly agentic_index: number | null;
    };
  };
}

/** One provider serving a model, with what differs from the model's row. */
export interface Offer {
  readonly provider: ProviderSlug;
  /** Slug with variant, such as "deepinfra/fp8"; the provider's slug when absent. */
  readonly tag?: string;
  readonly promptUsdPerMillion?: string;
  readonly completionUsdPerMillion?: string;
  readonly cacheReadUsdPerMillion?: string;
  readonly discount?: number;
  readonly contextLength?: number;
  readonly maxCompletionTokens?: number;
  readonly maxPromptTokens?: number;
  readonly quantization?: string;
}

/** A catalogue row with the providers behind it; the first one serves by default. */
export interface CatalogEntry {
  readonly row: ModelRow;
  readonly offers: readonly Offer[];
}
