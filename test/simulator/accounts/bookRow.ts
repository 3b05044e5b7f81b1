/** One request as the books hold it. Money in nano-dollars, time in epoch milliseconds. */
export interface BookRow {
  readonly generationId: string;
  readonly atMs: number;
  readonly modelAsked: string;
  /** Null when no model was reached. */
  readonly modelServed: string | null;
  readonly provider: string | null;
  /** HTTP status of the answer. */
  readonly status: number;
  readonly isStreamed: boolean;
  readonly isCancelled: boolean;
  readonly isByok: boolean;
  readonly finishReason: "stop" | "length" | "tool_calls" | "content_filter" | "error" | null;
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly cacheWriteTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  /** Charged to the account; under BYOK only the fee. */
  readonly costNanoUsd: number;
  /** List price of the inference itself. */
  readonly upstreamCostNanoUsd: number;
  readonly cacheDiscountNanoUsd: number;
  readonly latencyMs: number;
  readonly generationMs: number;
  readonly router: string | null;
  readonly sessionId: string | null;
  readonly user: string | null;
  readonly httpReferer: string | null;
  readonly userAgent: string | null;
}
