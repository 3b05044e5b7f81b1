import { groupDigits } from "../text/groupDigits.ts";
import type { PartUnit } from "./contextItem.ts";

/** What was left out of an item, for the person to see; `undefined` where nothing was. */
export function describeLeftOut(unit: PartUnit, keptParts: number, allParts: number): string | undefined {
  if (keptParts === allParts) return undefined;
  if (keptParts === 0) return "left out: too long for the model's window";
  const left = allParts - keptParts;
  const which = left === 1 ? "last" : `last ${groupDigits(left)}`;
  return `${which} of ${groupDigits(allParts)} ${unit}s left out`;
}

/** Exchanges that were left out, as the beginning of a sentence without its verb; at least one. */
export function nameOldest(exchanges: number): string {
  return exchanges === 1
    ? "the oldest question and its answer"
    : `the ${groupDigits(exchanges)} oldest questions and their answers`;
}
