import type { OutcomeCounts } from "./successOdds.ts";

/**
 * What the person did with an answer. `undone`: accepted and then taken back; `regenerated`: asked again of the same model;
 * `climbed`: a stronger model was asked instead; `copied`: taken along without a word on whether it was right; `outranked`: of
 * several answers that were read side by side, another was chosen.
 */
export const OUTCOME_KINDS = [
  "accepted",
  "partly-accepted",
  "rejected",
  "undone",
  "regenerated",
  "copied",
  "climbed",
  "outranked",
] as const;

export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

export function isOutcomeKind(value: string): value is OutcomeKind {
  return OUTCOME_KINDS.some((kind) => kind === value);
}

/**
 * How much an outcome says. A weaker one never takes the place of a stronger one; of equally strong ones the last counts, as
 * in a fix that is accepted, undone and redone.
 */
function strengthOf(kind: OutcomeKind): number {
  switch (kind) {
    case "copied":
      return 1;
    case "regenerated":
      return 2;
    case "accepted":
    case "partly-accepted":
    case "rejected":
    case "undone":
    case "climbed":
    case "outranked":
      return 3;
  }
}

/** The outcomes whose place this one does not take. */
export function strongerKinds(kind: OutcomeKind): readonly OutcomeKind[] {
  return OUTCOME_KINDS.filter((other) => strengthOf(other) > strengthOf(kind));
}

/**
 * How one outcome counts. A copy speaks for the answer, but half as loud: nobody knows what became of it. Asking the same
 * again speaks half as loud against it: some only want another one to choose from. So does choosing another of several answers:
 * the one that was not chosen may have done as well.
 */
export function countsOf(kind: OutcomeKind): OutcomeCounts {
  switch (kind) {
    case "accepted":
      return { accepted: 1, rejected: 0 };
    case "partly-accepted":
      return { accepted: 0.5, rejected: 0.5 };
    case "copied":
      return { accepted: 0.5, rejected: 0 };
    case "regenerated":
    case "outranked":
      return { accepted: 0, rejected: 0.5 };
    case "rejected":
    case "undone":
    case "climbed":
      return { accepted: 0, rejected: 1 };
  }
}
