import type { TokenPrices, UsdPrice } from "../catalog/modelPrices.ts";
import { addDecimals, multiplyDecimal } from "../money/decimal.ts";
import { type NanoUsd, type Rounding, decimalToNanoUsd, toNanoUsd } from "../money/nanoUsd.ts";

/** Whole numbers. */
export interface TokenAmounts {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

const NANO_DECIMALS = 9;
/** Powers of ten that a double holds exactly, also doubled. */
const POWERS: readonly number[] = Array.from({ length: 16 }, (_value, exponent) => 10 ** exponent);

/** What these tokens cost at these prices, exact until the one rounding at the end. */
export function priceTokens(prices: TokenPrices, tokens: TokenAmounts, rounding: Rounding): NanoUsd {
  return priceInDoubles(prices, tokens, rounding) ?? priceInIntegers(prices, tokens, rounding);
}

/** Exact for amounts of any size. */
export function priceInIntegers(prices: TokenPrices, tokens: TokenAmounts, rounding: Rounding): NanoUsd {
  const prompt = multiplyDecimal(prices.promptPerToken, tokens.promptTokens);
  const completion = multiplyDecimal(prices.completionPerToken, tokens.completionTokens);
  return decimalToNanoUsd(addDecimals(addDecimals(prompt, completion), prices.perRequest), rounding);
}

/**
 * The same several times as fast, for amounts of usual size; a whole catalog is priced with every request. All terms are whole
 * and not negative, so when their sum is a safe integer no step before it was rounded. `undefined` where that does not hold.
 */
function priceInDoubles(
  { promptPerToken, completionPerToken, perRequest }: TokenPrices,
  { promptTokens, completionTokens }: TokenAmounts,
  rounding: Rounding,
): NanoUsd | undefined {
  const scale = Math.max(promptPerToken.scale, completionPerToken.scale, perRequest.scale);
  const tokens = inUnits(promptPerToken, promptTokens, scale) + inUnits(completionPerToken, completionTokens, scale);
  const sum = tokens + inUnits(perRequest, 1, scale);
  if (!Number.isSafeInteger(sum)) return undefined;
  const step = POWERS[Math.abs(scale - NANO_DECIMALS)] ?? Number.NaN;
  const nano = scale > NANO_DECIMALS ? roundedQuotient(sum, step, rounding) : sum * step;
  return Number.isSafeInteger(nano) ? toNanoUsd(nano) : undefined;
}

/** As a count of `10^-scale` dollars; not a number where a term is negative or a count is not whole. */
function inUnits({ coefficient, scale: own }: UsdPrice, count: number, scale: number): number {
  const unit = Number(coefficient) * (POWERS[scale - own] ?? Number.NaN);
  return unit >= 0 && count >= 0 && Number.isInteger(count) ? unit * count : Number.NaN;
}

function roundedQuotient(sum: number, divisor: number, rounding: Rounding): number {
  const remainder = sum % divisor;
  const quotient = (sum - remainder) / divisor;
  const isMore = rounding === "up" ? remainder > 0 : 2 * remainder >= divisor;
  return isMore ? quotient + 1 : quotient;
}
