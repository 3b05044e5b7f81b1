export type Percentiles = Partial<Record<"p50" | "p75" | "p90" | "p99", number>>;

/** Which providers may serve a request, in OpenRouter's terms. Source: OpenRouter `ProviderPreferences`. */
export interface ProviderPreferences {
  /** Slugs, tried in this order; switches load balancing and sticky routing off. */
  readonly order?: readonly string[];
  readonly only?: readonly string[];
  readonly ignore?: readonly string[];
  readonly allowFallbacks?: boolean;
  readonly requireParameters?: boolean;
  readonly dataCollection?: "allow" | "deny";
  /** Zero data retention only. */
  readonly zdr?: boolean;
  readonly sort?: "price" | "throughput" | "latency" | "exacto";
  readonly quantizations?: readonly string[];
  /** Tokens per second; soft. */
  readonly preferredMinThroughput?: number | Percentiles;
  /** Seconds, unlike the catalog's telemetry; soft. */
  readonly preferredMaxLatency?: number | Percentiles;
}
