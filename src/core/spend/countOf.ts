import { groupDigits } from "../text/groupDigits.ts";

/** For instance `1 request` or `1,200 requests`. */
export function countOf(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Fractions of answers come from partly accepted ones. */
export function tenths(count: number): number {
  return Math.round(count * 10) / 10;
}
