import { isNegative, parseDecimal } from "../money/decimal.ts";
import type { UsdPrice } from "./modelPrices.ts";

const MILLION_DECIMALS = 6;

/**
 * The price of one token where a million of them cost so many US dollars, as price lists and people have it. Exact to the
 * last decimal. Negative or no number at all: `undefined`.
 */
export function pricePerMillion(usdPerMillion: number): UsdPrice | undefined {
  const price = parseDecimal(String(usdPerMillion));
  if (price === undefined || isNegative(price)) return undefined;
  return { coefficient: price.coefficient, scale: price.scale + MILLION_DECIMALS };
}
