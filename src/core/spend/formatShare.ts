import { formatPercent } from "../routing/formatPercent.ts";

/** A part of a whole as whole percent; a small one is `<1%`, for it is not none. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0%";
  return part / whole < 0.005 ? "<1%" : formatPercent(part / whole);
}
