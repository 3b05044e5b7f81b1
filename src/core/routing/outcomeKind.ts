import type { OutcomeCounts } from "./successOdds.ts";

/**
 * What the person did with an answer. `undone`: accepted and then taken back; `regenerated`: asked again of the same model;
 * `climbed`: a stronger model was asked instead; `copied`: taken along without a word on whether it was right.
 */
export const OUTCOME_KINDS = [
  "accepted",
  "partly-accepted",
  "rejected",
  "undone",
  "regenerated",
  "copied",
  "climbed",
] as const;

export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

export function isOutcomeKind(value: string): value is OutcomeKind {
  return OUTCOME_KINDS.some((kind) => kind === value);
}

/** How one outcome counts. A copy speaks for the answer, but half as loud: nobody knows what became of it. */
export function countsOf(kind: OutcomeKind): OutcomeCounts {
  switch (kind) {
    case "accepted":
      return { accepted: 1, rejected: 0 };
    case "partly-accepted":
      return { accepted: 0.5, rejected: 0.5 };
    case "copied":
      return { accepted: 0.5, rejected: 0 };
    case "rejected":
    case "undone":
    case "regenerated":
    case "climbed":
      return { accepted: 0, rejected: 1 };
  }
}
