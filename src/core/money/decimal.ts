import { powerOfTen } from "./powerOfTen.ts";

/** An exact decimal number: `coefficient / 10^scale`. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly scale: number;
}

const DECIMAL_PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * Reads a decimal as OpenRouter writes prices (up to 22 decimals) or as JavaScript prints numbers (`1e-7`).
 * Anything else, `NaN` and an empty text included, is `undefined`.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL_PATTERN.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const exponent = Number(exponentText);
  const digits = BigInt(whole + fraction);
  const coefficient = sign === "-" ? -digits : digits;
  const scale = fraction.length - exponent;
  if (scale >= 0) return { coefficient, scale };
  return { coefficient: coefficient * powerOfTen(-scale), scale: 0 };
}

export function addDecimals(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { coefficient: atScale(left, scale) + atScale(right, scale), scale };
}

/** `units` is a whole number, for instance a token count. */
export function multiplyDecimal(value: Decimal, units: number): Decimal {
  return { coefficient: value.coefficient * BigInt(units), scale: value.scale };
}

export function compareDecimals(left: Decimal, right: Decimal): number {
  if (left.scale === right.scale) return compareWhole(left.coefficient, right.coefficient);
  const scale = Math.max(left.scale, right.scale);
  return compareWhole(atScale(left, scale), atScale(right, scale));
}

function compareWhole(left: bigint, right: bigint): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

export function isNegative(value: Decimal): boolean {
  return value.coefficient < 0n;
}

/** Plain notation without exponent or needless zeros, for instance `0.0000025`. */
export function decimalToText(value: Decimal): string {
  const negative = value.coefficient < 0n;
  const digits = (negative ? -value.coefficient : value.coefficient).toString().padStart(value.scale + 1, "0");
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits.slice(digits.length - value.scale).replace(/0+$/, "");
  return `${negative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

function atScale(value: Decimal, scale: number): bigint {
  return value.scale === scale ? value.coefficient : value.coefficient * powerOfTen(scale - value.scale);
}
