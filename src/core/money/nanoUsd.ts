import { type Decimal, addDecimals, parseDecimal } from "./decimal.ts";
import { powerOfTen } from "./powerOfTen.ts";

declare const nanoUsdBrand: unique symbol;

/** A whole number of nano-US-dollars (1e-9 USD), up to about 9 million dollars either way. The only money type. */
export type NanoUsd = number & { readonly [nanoUsdBrand]: true };

/** `up` never promises too little (reservations); `nearest` is for what was really charged. */
export type Rounding = "up" | "nearest";

const NANO_DECIMALS = 9;

export const ZERO_USD: NanoUsd = toNanoUsd(0);

function isNanoUsd(value: number): value is NanoUsd {
  return Number.isSafeInteger(value);
}

/** Throws `RangeError` when the value is not a safe whole number: such money must never be stored or compared. */
export function toNanoUsd(value: number | bigint): NanoUsd {
  const nano = Number(value);
  if (!isNanoUsd(nano)) throw new RangeError("An amount of money must be a whole number of nano-dollars");
  return nano;
}

export function addUsd(left: NanoUsd, right: NanoUsd): NanoUsd {
  return toNanoUsd(left + right);
}

export function subtractUsd(left: NanoUsd, right: NanoUsd): NanoUsd {
  return toNanoUsd(left - right);
}

export function sumUsd(amounts: Iterable<NanoUsd>): NanoUsd {
  let sum = ZERO_USD;
  for (const amount of amounts) sum = addUsd(sum, amount);
  return sum;
}

export function decimalToNanoUsd(usd: Decimal, rounding: Rounding): NanoUsd {
  if (usd.scale <= NANO_DECIMALS) return toNanoUsd(usd.coefficient * powerOfTen(NANO_DECIMALS - usd.scale));
  const divisor = powerOfTen(usd.scale - NANO_DECIMALS);
  const quotient = usd.coefficient / divisor;
  const remainder = usd.coefficient % divisor;
  if (remainder === 0n) return toNanoUsd(quotient);
  const awayFromZero = usd.coefficient < 0n ? -1n : 1n;
  if (rounding === "up") return toNanoUsd(usd.coefficient < 0n ? quotient : quotient + 1n);
  const isHalfOrMore = 2n * (remainder < 0n ? -remainder : remainder) >= divisor;
  return toNanoUsd(isHalfOrMore ? quotient + awayFromZero : quotient);
}

/**
 * Reads US dollars as a number or text of the gateway, a setting or a person. JavaScript prints a number with the
 * fewest digits that identify it, so a price that came through JSON keeps its exact decimals (up to 15 digits).
 * Not a finite decimal: `undefined`, never 0.
 */
export function parseUsd(value: number | string, rounding: Rounding = "nearest"): NanoUsd | undefined {
  const decimal = parseDecimal(String(value));
  if (decimal === undefined) return undefined;
  const limit = addDecimals(decimal, { coefficient: 0n, scale: NANO_DECIMALS });
  const largest = BigInt(Number.MAX_SAFE_INTEGER) * powerOfTen(limit.scale - NANO_DECIMALS);
  if (limit.coefficient > largest || limit.coefficient < -largest) return undefined;
  return decimalToNanoUsd(decimal, rounding);
}
