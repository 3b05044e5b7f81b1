import type { ModelPrices } from "./modelPrices.ts";

/** One provider that serves a model, reduced to what decisions and people need. What the gateway does not say is `undefined`. */
export interface ModelEndpoint {
  /** Display name. */
  readonly provider: string;
  /** What `provider.order`, `only` and `ignore` name it by, for instance `deepinfra/fp8`. */
  readonly tag: string;
  readonly prices: ModelPrices;
  readonly contextTokens: number | undefined;
  readonly maxPromptTokens: number | undefined;
  readonly maxCompletionTokens: number | undefined;
  readonly quantization: string | undefined;
  readonly supportedParameters: readonly string[];
  /** The gateway has taken it out of service for the moment. */
  readonly isDown: boolean;
  /** Of the last half hour, else of the last day. */
  readonly uptimePercent: number | undefined;
  /** Median time to the first token. */
  readonly latencyMs: number | undefined;
  /** Median. */
  readonly tokensPerSecond: number | undefined;
}

/** Who serves one model. */
export interface EndpointList {
  readonly endpoints: readonly ModelEndpoint[];
  /** Rows that made no sense and were left out; where there are any, nobody can say that no endpoint will do. */
  readonly skippedRows: number;
}

/** The tags of the endpoints that keep no data, by model id. A model that is not in it has none. */
export interface ZeroRetentionList {
  readonly tagsByModel: ReadonlyMap<string, readonly string[]>;
  readonly skippedRows: number;
}
