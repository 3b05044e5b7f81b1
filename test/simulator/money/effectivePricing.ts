import type { PriceOverride, Pricing, UtcDay } from "./pricing.ts";

const UTC_DAYS: readonly UtcDay[] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** What decides which overrides hold for a request. */
export interface PricingMoment {
  readonly promptTokens: number;
  readonly atMs: number;
}

/** The prices a request pays: the base with every holding override laid over it, for the whole prompt. */
export function effectivePricing(pricing: Pricing, moment: PricingMoment): Pricing {
  const holding = (pricing.overrides ?? []).filter((override) => holds(override, moment));
  return holding.reduce<Pricing>((prices, override) => ({ ...prices, ...pricesOf(override) }), pricing);
}

function holds(override: PriceOverride, moment: PricingMoment): boolean {
  return (
    moment.promptTokens > (override.min_prompt_tokens ?? -1) &&
    isInWindow(override, moment.atMs) &&
    isOnDay(override, moment.atMs)
  );
}

function isInWindow(override: PriceOverride, atMs: number): boolean {
  const { utc_start: start, utc_end: end } = override;
  if (start === undefined || end === undefined) return true;
  const date = new Date(atMs);
  const clock = date.getUTCHours() * 100 + date.getUTCMinutes();
  return start < end ? clock >= start && clock < end : clock >= start || clock < end;
}

function isOnDay(override: PriceOverride, atMs: number): boolean {
  const today = UTC_DAYS[new Date(atMs).getUTCDay()];
  return override.utc_days === undefined || (today !== undefined && override.utc_days.includes(today));
}

function pricesOf(override: PriceOverride): Partial<Pricing> {
  const { min_prompt_tokens: _tokens, utc_start: _start, utc_end: _end, utc_days: _days, ...prices } = override;
  return prices;
}
