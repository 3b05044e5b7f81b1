import { groupDigits } from "../text/groupDigits.ts";

/** For instance `1 request` or `1,200 requests`. */
export function countOf(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? "" : "s"}`;
}
