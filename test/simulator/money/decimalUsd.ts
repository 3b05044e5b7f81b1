/** Decimal places of the scale all prices are held in; the longest price seen in the catalogue has 22. */
const SCALE_DECIMALS = 30;
const SCALE_UNITS_PER_NANO_USD = 10n ** BigInt(SCALE_DECIMALS - 9);
const DECIMAL_PATTERN = /^(-?)(\d+)(?:\.(\d+))?$/;

/** An exact amount of US dollars in units of 1e-30 USD. */
export type ScaledUsd = bigint;

/** Reads a plain decimal string such as "0.0000025" exactly. Throws on anything else. */
export function parseUsd(text: string): ScaledUsd {
  const [, sign, whole, fraction = ""] = DECIMAL_PATTERN.exec(text) ?? [];
  if (whole === undefined || fraction.length > SCALE_DECIMALS) {
    throw new RangeError(`Not a decimal price: ${text}`);
  }
  const units = BigInt(whole + fraction.padEnd(SCALE_DECIMALS, "0"));
  return sign === "-" ? -units : units;
}

/** Writes an exact amount as the shortest plain decimal string. */
export function formatUsd(amount: ScaledUsd): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(SCALE_DECIMALS + 1, "0");
  const whole = digits.slice(0, -SCALE_DECIMALS);
  const fraction = digits.slice(-SCALE_DECIMALS).replace(/0+$/, "");
  return (amount < 0n ? "-" : "") + whole + (fraction === "" ? "" : `.${fraction}`);
}

/** Turns USD per million tokens, as price lists print it, into the per-token string of the wire. */
export function perTokenFromPerMillion(usdPerMillion: string): string {
  return formatUsd(parseUsd(usdPerMillion) / 1_000_000n);
}

/** Rounds an exact, non-negative amount half-up to whole nano-dollars (1e-9 USD). */
export function roundToNanoUsd(amount: ScaledUsd): number {
  return Number((amount + SCALE_UNITS_PER_NANO_USD / 2n) / SCALE_UNITS_PER_NANO_USD);
}

/**
 * The dollar number of an amount in nano-dollars. Division of two exact integers is correctly rounded, so the
 * shortest decimal form of the result has at most nine decimals.
 */
export function usdNumber(nanoUsd: number): number {
  return nanoUsd / 1_000_000_000;
}

/** Whole nano-dollars of a dollar number given by a person, such as a key's limit. */
export function nanoUsdFromUsd(usd: number): number {
  return Math.round(usd * 1_000_000_000);
}
