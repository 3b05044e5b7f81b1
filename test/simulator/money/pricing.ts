/** Weekday names as `utc_days` of a price override spells them. */
export type UtcDay = "sunday" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday";

/** Price keys an override may replace, in USD per token as decimal strings. */
interface TokenPrices {
  readonly prompt?: string;
  readonly completion?: string;
  readonly input_cache_read?: string;
  readonly input_cache_write?: string;
  readonly input_cache_write_1h?: string;
  readonly internal_reasoning?: string;
}

/** A conditional price: all conditions given must hold, and later entries win per key. */
export interface PriceOverride extends TokenPrices {
  /** Holds when the prompt has strictly more tokens. */
  readonly min_prompt_tokens?: number;
  /** Clock number HHMM, start of a half-open window that may wrap midnight. */
  readonly utc_start?: number;
  readonly utc_end?: number;
  readonly utc_days?: readonly UtcDay[];
}

/** `pricing` of a catalogue row or endpoint: USD per token as decimal strings unless noted. */
export interface Pricing extends TokenPrices {
  readonly prompt: string;
  readonly completion: string;
  readonly image?: string;
  readonly audio?: string;
  readonly image_output?: string;
  readonly audio_output?: string;
  /** Per search. */
  readonly web_search?: string;
  /** Per request. */
  readonly request?: string;
  /** Already contained in the prices; endpoints only. */
  readonly discount?: number;
  readonly overrides?: readonly PriceOverride[];
}
