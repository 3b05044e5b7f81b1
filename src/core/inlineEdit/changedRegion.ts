import { spliceBetween } from "./lineSplice.ts";

/** Whole lines of a text, numbered from 0, and what they become. */
export interface ChangedRegion {
  readonly firstLine: number;
  readonly lines: readonly string[];
  readonly replacement: readonly string[];
}

const LINE_END = /\r\n|\r|\n/u;

/**
 * The smallest region in which two texts differ, with the line above and the one below it, so that what is typed at its borders is
 * on lines that stay. `undefined` when the texts differ in nothing but how their lines end.
 */
export function changedRegion(before: string, after: string): ChangedRegion | undefined {
  const [old, news] = [before.split(LINE_END), after.split(LINE_END)];
  const splice = spliceBetween(old, news);
  if (splice === undefined) return undefined;
  const first = Math.max(0, splice.at - 1);
  const end = Math.min(old.length, splice.at + splice.remove + 1);
  return {
    firstLine: first,
    lines: old.slice(first, end),
    replacement: news.slice(first, end + news.length - old.length),
  };
}
