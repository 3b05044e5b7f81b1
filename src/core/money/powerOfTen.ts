/** Enough for any price: the gateway writes up to 22 decimals. */
const KEPT = 40;
const POWERS: readonly bigint[] = Array.from({ length: KEPT }, (_value, exponent) => 10n ** BigInt(exponent));

/** `10 ** exponent`. Looked up where it is a usual one: raising takes several times as long. */
export function powerOfTen(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}
