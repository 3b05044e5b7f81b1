import { decimalToText } from "./decimal.ts";
import type { NanoUsd } from "./nanoUsd.ts";

/** For reading at a glance: cents from one dollar on, else the first two digits that matter (`$0.0012`). */
export function formatUsd(amount: NanoUsd): string {
  const dollars = Math.abs(amount) / 1e9;
  const sign = amount < 0 ? "-" : "";
  if (amount === 0) return "$0.00";
  if (dollars >= 0.995) return `${sign}$${dollars.toFixed(2)}`;
  const leadingZeros = Math.max(0, Math.ceil(-Math.log10(dollars)) - 1);
  const decimals = Math.min(9, Math.max(2, leadingZeros + 2));
  return `${sign}$${dollars.toFixed(decimals)}`;
}

/** Every nano-dollar, for receipts and reports (`$0.001234567`). */
export function formatExactUsd(amount: NanoUsd): string {
  const text = decimalToText({ coefficient: BigInt(Math.abs(amount)), scale: 9 });
  const [whole = "0", fraction = ""] = text.split(".");
  return `${amount < 0 ? "-" : ""}$${whole}.${fraction.padEnd(2, "0")}`;
}
