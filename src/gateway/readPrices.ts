import * as z from "zod/mini";
import type { ModelPrices, PriceOverride, TokenPrices, UsdPrice } from "../core/catalog/modelPrices.ts";
import { isNegative, parseDecimal } from "../core/money/decimal.ts";

const price = z.optional(z.union([z.string(), z.number()]));
const pricesSchema = {
  prompt: price,
  completion: price,
  request: price,
  input_cache_read: price,
  input_cache_write: price,
};
const clock = z.catch(z.nullish(z.number()), undefined);

const overrideSchema = z.object({
  ...pricesSchema,
  min_prompt_tokens: clock,
  utc_start: clock,
  utc_end: clock,
  utc_days: z.catch(z.nullish(z.array(z.string())), undefined),
});

/** Decimal texts in US dollars per token. Source: OpenRouter models, `pricing`. */
export const pricingSchema = z.object({ ...pricesSchema, overrides: z.catch(z.array(overrideSchema), []) });

type Pricing = z.infer<typeof pricingSchema>;
type PriceTexts = Pick<Pricing, keyof typeof pricesSchema>;

const UNITS = [
  ["promptPerToken", "prompt"],
  ["completionPerToken", "completion"],
  ["perRequest", "request"],
  ["cacheReadPerToken", "input_cache_read"],
  ["cacheWritePerToken", "input_cache_write"],
] as const;

const ZERO_PRICE: UsdPrice = { coefficient: 0n, scale: 0 };
/** A price above this is a slip of units (per million instead of per token); such a row is left out. */
const DEAREST_CREDIBLE_USD = 0.01;

export const FREE_PRICES: ModelPrices = {
  promptPerToken: ZERO_PRICE,
  completionPerToken: ZERO_PRICE,
  perRequest: ZERO_PRICE,
  overrides: [],
};

/** A router's price depends on whom it asks; its row says -1. */
export function isRouterPrice(pricing: Pricing | undefined): boolean {
  return String(pricing?.prompt) === "-1";
}

/** Without `pricing`, as on a local server, everything is free. `undefined` for prices that make no sense. */
export function readPrices(pricing: Pricing | undefined): ModelPrices | undefined {
  if (pricing === undefined) return FREE_PRICES;
  const base = readBasePrices(pricing);
  if (base === undefined) return undefined;
  const overrides: PriceOverride[] = [];
  for (const override of pricing.overrides) {
    const prices = readGivenPrices(override);
    if (prices === undefined) return undefined;
    overrides.push({
      abovePromptTokens: override.min_prompt_tokens ?? undefined,
      utcFrom: override.utc_start ?? undefined,
      utcTo: override.utc_end ?? undefined,
      utcDays: override.utc_days ?? undefined,
      prices,
    });
  }
  return { ...base, overrides };
}

/** A base without prompt or completion price is no price at all. */
function readBasePrices(source: PriceTexts): TokenPrices | undefined {
  const given = readGivenPrices(source);
  const { promptPerToken, completionPerToken, perRequest = ZERO_PRICE } = given ?? {};
  if (promptPerToken === undefined || completionPerToken === undefined) return undefined;
  return { ...given, promptPerToken, completionPerToken, perRequest };
}

/** The prices that are there; `undefined` when one of them makes no sense. */
function readGivenPrices(source: PriceTexts): Partial<TokenPrices> | undefined {
  const given: { -readonly [Unit in keyof TokenPrices]?: TokenPrices[Unit] } = {};
  for (const [unit, name] of UNITS) {
    const value = source[name];
    if (value === undefined) continue;
    const price = readPrice(value);
    if (price === undefined) return undefined;
    given[unit] = price;
  }
  return given;
}

/** `undefined` when it is negative, absurd or no number. */
function readPrice(value: string | number): UsdPrice | undefined {
  const decimal = parseDecimal(String(value));
  if (decimal === undefined || isNegative(decimal)) return undefined;
  return Number(value) > DEAREST_CREDIBLE_USD ? undefined : decimal;
}
