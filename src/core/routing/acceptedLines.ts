import type { OutcomeKind } from "./outcomeKind.ts";

/**
 * How much of a proposed edit the person took: changed lines, those removed and those added, counted alike. `proposed` is at
 * least 1. Where it is not known there is none of this: unknown is neither nothing nor all.
 */
export interface AcceptedLines {
  readonly accepted: number;
  readonly proposed: number;
}

/** `undefined` for an edit that changes no line, as one that only renames a file. */
export function acceptedLines(accepted: number, proposed: number): AcceptedLines | undefined {
  return proposed < 1 ? undefined : { accepted: Math.min(Math.max(0, accepted), proposed), proposed };
}

/** An outcome with how much of the edit was accepted, where that is known. */
export interface CountedOutcome {
  readonly kind: OutcomeKind;
  readonly lines: AcceptedLines | undefined;
}
